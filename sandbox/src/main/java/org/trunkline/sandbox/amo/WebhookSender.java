package org.trunkline.sandbox.amo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Posts what is due in the accounts' queues; an answer counts for two seconds. */
final class WebhookSender implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int LOOK_MILLIS = 20;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build();
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "sandbox-webhooks");
                        thread.setDaemon(true);
                        return thread;
                    });

    WebhookSender(Supplier<Collection<AmoPortal>> portals) {
        ticker.scheduleWithFixedDelay(
                () -> portals.get().forEach(this::sendDue),
                LOOK_MILLIS,
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    private void sendDue(AmoPortal portal) {
        for (WebhookQueue.Delivery delivery : portal.hooks().due()) {
            post(delivery).thenAccept(status -> portal.hooks().answered(delivery, status));
        }
    }

    /** The status of the answer; 0 when there is none in time. */
    CompletableFuture<Integer> post(WebhookQueue.Delivery delivery) {
        URI address;
        try {
            address = URI.create(delivery.url());
        } catch (IllegalArgumentException notAnAddress) {
            return CompletableFuture.completedFuture(0);
        }
        HttpRequest request =
                HttpRequest.newBuilder(address)
                        .timeout(LIMIT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("User-Agent", "amoCRM-Webhooks/3.0")
                        .POST(HttpRequest.BodyPublishers.ofString(delivery.body()))
                        .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                .handle((answer, fault) -> fault == null ? answer.statusCode() : 0);
    }

    /** A plain GET, as the vendor calls hooks of the integration itself; 0 without an answer. */
    int get(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            // Nobody is told at the vendor either: 0 is all that is left of it.
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
