package org.trunkline.sandbox.bitrix;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** RECORD_URL: the portal downloads once. Here from loopback only, whatever it is told. */
final class RecordDownload {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private RecordDownload() {}

    static byte[] fetch(String url) throws RestFault {
        try {
            URI uri = URI.create(url);
            if (uri.getHost() == null
                    || !InetAddress.getByName(uri.getHost()).isLoopbackAddress()) {
                throw failed(403);
            }
            HttpResponse<byte[]> response =
                    HttpClient.newBuilder()
                            .connectTimeout(LIMIT)
                            .build()
                            .send(
                                    HttpRequest.newBuilder(uri).timeout(LIMIT).build(),
                                    HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != 200) {
                throw failed(response.statusCode());
            }
            return response.body();
        } catch (IOException | IllegalArgumentException e) {
            throw failed(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(0);
        }
    }

    private static RestFault failed(int status) {
        return RestFault.core("Server returns HTTP error code " + status);
    }
}
