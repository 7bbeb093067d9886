package org.trunkline.pbx.t2.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.runtime.VendorApi;

/** Requests to t2, which wants the bare token. Names no token and no query in a text. */
record Rest(VendorApi api) {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /** t2 answers 401 or 403 to a token that is expired or used up. */
    static boolean unauthorised(int status) {
        return status == 401 || status == 403;
    }

    /** What a request came to. */
    record Reply(int status, byte[] body) {

        boolean unauthorised() {
            return Rest.unauthorised(status);
        }

        /**
         * @throws Fault.Retryable if it is no JSON or no success
         */
        JsonNode json(String path) {
            if (status / 100 != 2) {
                throw new Fault.Retryable(path + " answered " + status, Duration.ZERO);
            }
            try {
                return Json.MAPPER.readTree(body);
            } catch (IOException e) {
                throw new Fault.Retryable(path + " answered no JSON", e);
            }
        }
    }

    /**
     * @param address with its query
     * @throws Fault.Retryable if no whole reply came
     */
    Reply ask(String method, URI address, String token) {
        VendorApi.Reply reply =
                api.ask(
                        new VendorApi.Question(
                                method,
                                address,
                                headers(token),
                                Optional.empty(),
                                Optional.empty(),
                                LONGEST,
                                MOST_BYTES));
        return new Reply(reply.status(), reply.body());
    }

    /** A recording, into a file. */
    VendorApi.Reply recording(URI address, String token, Path file) {
        return api.recording(address, headers(token), file);
    }

    private static Map<String, String> headers(String token) {
        return Map.of("Authorization", token, "Accept", "application/json");
    }
}
