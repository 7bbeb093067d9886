package org.trunkline.admin.rest.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.trunkline.admin.rest.HubHealth;
import org.trunkline.admin.rest.HubState;

/** How the hub is, for people, for load balancers and for Prometheus. */
final class HealthRoutes extends JsonRoutes {

    private final HubHealth health;
    private final Supplier<List<String>> starting;
    private final Metrics metrics;

    /**
     * @param starting names of what is not up yet
     */
    HealthRoutes(HubHealth health, Supplier<List<String>> starting, Metrics metrics) {
        this.health = health;
        this.starting = starting;
        this.metrics = metrics;
    }

    @Override
    void routes() {
        rest("/health")
                .get()
                .to("direct:show-health")
                .get("/live")
                .to("direct:show-live")
                .get("/ready")
                .to("direct:show-ready");
        rest("/metrics").get().to("direct:show-metrics");

        from("direct:show-health").routeId("show-health").process(this::state);

        from("direct:show-live").routeId("show-live").process(answer(r -> Map.of("state", "live")));

        from("direct:show-ready").routeId("show-ready").process(this::ready);

        from("direct:show-metrics").routeId("show-metrics").process(this::measure);
    }

    private void state(Exchange exchange) {
        HubState state = health.state();
        reply(exchange, state.state().equals(HubState.DOWN) ? 503 : 200, Optional.of(state));
    }

    /** Open to everybody: says what is missing, nothing of whom we serve. */
    private void ready(Exchange exchange) {
        List<String> missing = missing();
        if (missing.isEmpty()) {
            reply(exchange, 200, Optional.of(Map.of("state", "ready")));
        } else {
            reply(exchange, 503, Optional.of(Map.of("state", "starting", "waiting", missing)));
            exchange.getMessage().setHeader("Retry-After", 1);
        }
    }

    private List<String> missing() {
        List<String> names = new ArrayList<>(starting.get());
        if (!health.storeAnswers()) {
            names.add("store");
        }
        return names;
    }

    private void measure(Exchange exchange) {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, Metrics.CONTENT_TYPE);
        exchange.getMessage().setBody(metrics.text());
    }
}
