package org.trunkline.crm.bitrix24.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.ProducerTemplate;
import org.apache.hc.client5.http.entity.mime.FileBody;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.trunkline.crm.connector.PortalHttp;
import org.trunkline.crm.connector.Reply;

/** The requests that Bitrix24 takes. */
final class Rest {

    /** Slow networks are expected to carry a recording at no less. */
    private static final int LEAST_BYTES_A_SECOND = 64 * 1024;

    private static final int MIB = 1024 * 1024;

    private final PortalHttp http;
    private final Duration single;
    private final Duration batch;

    /** The vendor cuts its own requests after 60 s. */
    Rest(ProducerTemplate template) {
        this(template, Duration.ofSeconds(20), Duration.ofSeconds(70));
    }

    /**
     * @param single longest time from the first byte sent to the last received
     * @param batch likewise, for batches
     */
    Rest(ProducerTemplate template, Duration single, Duration batch) {
        this.http =
                new PortalHttp(
                        template,
                        "give the portal a valid certificate, or name the file with its private"
                                + " authority's in tls.authorities of etc/org.trunkline.bitrix24.cfg");
        this.single = single;
        this.batch = batch;
    }

    /** One method call. */
    Reply call(URI address, byte[] json) {
        return http.send("POST", address, Map.of(), json, single, MIB);
    }

    /** Several in one. */
    Reply batch(URI address, byte[] json) {
        return http.send("POST", address, Map.of(), json, batch, 8 * MIB);
    }

    /** From an authorisation server. */
    Reply token(URI addressWithQuery) {
        return http.send("GET", addressWithQuery, Map.of(), null, single, MIB);
    }

    /** A file as a form's only field, read from disk while it is sent. */
    Reply upload(URI address, String field, Path file, String name) {
        HttpEntity form =
                MultipartEntityBuilder.create()
                        .addPart(
                                field,
                                new FileBody(
                                        file.toFile(), ContentType.APPLICATION_OCTET_STREAM, name))
                        .build();
        return http.send("POST", address, Map.of(), form, uploadTime(file), MIB);
    }

    private static Duration uploadTime(Path file) {
        try {
            return Duration.ofSeconds(60 + Files.size(file) / LEAST_BYTES_A_SECOND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
