package org.trunkline.crm.delivery.internal.recordings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import org.trunkline.crm.connector.recordings.RecordingFolder;
import org.trunkline.http.FileBody;
import org.trunkline.model.Call;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingPlace;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;

/** Finds what a link opens, in the PBX's folder or behind its API. Thread-safe. */
final class Shelf {

    /** A recording that is not there so long after its call does not come any more. */
    static final Duration PATIENCE = Duration.ofHours(24);

    private static final Duration LATER = Duration.ofSeconds(30);

    private final Companies companies;
    private final Calls calls;
    private final BiFunction<String, PbxAccount, RecordingPlace> places;
    private final RecordingFolder folder;
    private final FetchedRecordings fetched;
    private final Clock clock;

    /**
     * @param places where a company's account keeps its recordings
     */
    Shelf(
            Companies companies,
            Calls calls,
            BiFunction<String, PbxAccount, RecordingPlace> places,
            FetchedRecordings fetched,
            Clock clock) {
        this.companies = companies;
        this.calls = calls;
        this.places = places;
        this.folder = new RecordingFolder(clock);
        this.fetched = fetched;
        this.clock = clock;
    }

    /**
     * A recording to be played.
     *
     * @param version tells it from what may lie there later
     */
    record Found(FileBody body, String version) {}

    /**
     * Opens a recording.
     *
     * @param closed see {@link FileBody#open}; not run if a fault is thrown
     * @throws Fault.Data if it can't be had, and waiting will not help
     * @throws Fault if it is not there yet, or its PBX can't be asked now
     */
    Found open(Seal seal, Runnable closed) {
        Call call =
                calls.find(seal.company(), seal.call())
                        .orElseThrow(() -> gone("the call is not known"));
        Recording recording =
                call.recordings().stream()
                        .filter(one -> Seal.name(one.id()).equals(seal.recording()))
                        .findFirst()
                        .orElseThrow(() -> missing(call, "the PBX has not told of it"));
        RecordingPlace place =
                account(call)
                        .map(account -> places.apply(call.company(), account))
                        .orElseThrow(() -> gone("its PBX is not provisioned any more"));
        try {
            return open(place, seal, call, recording, closed);
        } catch (NoSuchFileException e) {
            throw missing(call, "the recording was removed just now");
        } catch (IOException e) {
            throw new Fault.Retryable("the recording can't be opened: " + e.getMessage(), LATER);
        }
    }

    private Found open(
            RecordingPlace place, Seal seal, Call call, Recording recording, Runnable closed)
            throws IOException {
        if (place instanceof RecordingPlace.Folder in) {
            return read(in.directory(), call, recording, closed);
        }
        if (place instanceof RecordingPlace.Api api) {
            // The PBX gives the same bytes each time.
            return new Found(fetched.open(seal, api, recording, closed), "");
        }
        if (place instanceof RecordingPlace.Away away) {
            throw new Fault.Retryable(away.why(), LATER);
        }
        throw gone(((RecordingPlace.Nowhere) place).why());
    }

    private Found read(String directory, Call call, Recording recording, Runnable closed)
            throws IOException {
        if (folder.look(directory, recording.source())
                instanceof RecordingFolder.State.Whole whole) {
            long changed = Files.getLastModifiedTime(whole.file()).toMillis();
            return new Found(FileBody.open(whole.file(), closed), "-" + changed);
        }
        throw missing(call, "the recording is not whole yet");
    }

    private Optional<PbxAccount> account(Call call) {
        return companies.find(call.company()).flatMap(company -> company.account(call.account()));
    }

    private Fault missing(Call call, String why) {
        Instant over = call.endedAt().orElse(call.startedAt());
        return over.plus(PATIENCE).isBefore(clock.instant())
                ? gone(why + " for a day")
                : new Fault.Retryable(why, LATER);
    }

    private static Fault.Data gone(String why) {
        return new Fault.Data(why, "");
    }
}
