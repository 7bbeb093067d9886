package org.trunkline.crm.delivery.internal.requests;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.trunkline.crm.connector.begin.BegunCall;
import org.trunkline.crm.connector.begin.CallbackAttempts;
import org.trunkline.crm.connector.portal.Rejected;
import org.trunkline.model.Company;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.SiteRequest;

/** Takes the requests of a company's site, each once (rule I6). */
final class SiteIntake {

    private static final Set<String> YES = Set.of("true", "1", "yes", "on");
    private static final Set<String> NO = Set.of("false", "0", "no", "off");

    /** A site that got no answer sends the same again; so does a client who clicks twice. */
    private static final Duration SAME = Duration.ofMinutes(2);

    private final CallbackAttempts attempts;
    private final CallbackAttempts.Asking asking;
    private final Clock clock;

    SiteIntake(CallbackAttempts attempts, CallbackAttempts.Asking asking, Clock clock) {
        this.attempts = attempts;
        this.asking = asking;
        this.clock = clock;
    }

    /**
     * Durable when this returns. One at a time, so that of two that are the same one is.
     *
     * @return the hub's id of the first attempt to call back
     * @throws Rejected naming the field and the cure
     * @throws org.trunkline.model.Fault.Retryable if it can't be written
     */
    synchronized String take(Company company, Portal portal, SortedMap<String, String> parameters) {
        SiteRequest request = new SiteRequest(clock.instant(), parameters);
        PhoneNumber client =
                request.text("phone")
                        .flatMap(text -> BegunCall.dialable(text, company.region()))
                        .orElseThrow(
                                () ->
                                        Rejected.malformed(
                                                "phone is missing, or can't be dialled: send it"
                                                        + " as +79161234567"));
        Optional<String> line = request.text("line");
        CallbackAttempts.Place place =
                CallbackAttempts.place(company, portal, line)
                        .orElseThrow(
                                () ->
                                        Rejected.conflict(
                                                "callbacks are switched off: set /callback/enabled"
                                                        + " in the settings of this portal's"
                                                        + " integration"));
        if (!asked(request) && !place.settings().everyRequest()) {
            throw Rejected.conflict(
                    "nothing would be done: send callback=true, or set /callback/everyRequest in"
                            + " the settings");
        }
        String key = key(company, portal, place, client, request);
        return attempts.first(
                company,
                place,
                new CallbackAttempts.Request(
                        key,
                        client,
                        line,
                        request.sentAt(),
                        false,
                        request.attributes(),
                        "request of the site with " + parameters.keySet()),
                number -> asking.owner(company.id(), portal, number));
    }

    private static boolean asked(SiteRequest request) {
        String text = request.text("callback").orElse("false").toLowerCase(Locale.ROOT);
        if (!YES.contains(text) && !NO.contains(text)) {
            throw Rejected.malformed("callback must be true or false");
        }
        return YES.contains(text);
    }

    /**
     * By its id, which two forms may count by themselves from 1, so it is one of this client and
     * form; without one, equal requests of a short time are one.
     */
    private String key(
            Company company,
            Portal portal,
            CallbackAttempts.Place place,
            PhoneNumber client,
            SiteRequest request) {
        Optional<String> id = request.text("id");
        if (id.isPresent()) {
            return BegunCall.key(
                    company.id(),
                    portal.id(),
                    "request",
                    client.value(),
                    request.text("site").orElse(""),
                    request.text("form_id").orElse(""),
                    id.get());
        }
        Instant now = request.sentAt();
        String before = key(company, portal, request, now.minus(SAME));
        return attempts.begunAt(company, place, before)
                        .filter(at -> at.plus(SAME).isAfter(now))
                        .isPresent()
                ? before
                : key(company, portal, request, now);
    }

    private static String key(Company company, Portal portal, SiteRequest request, Instant at) {
        long span = at.getEpochSecond() / SAME.toSeconds();
        return BegunCall.key(
                company.id(), portal.id(), "request/" + span, request.parameters().toString());
    }
}
