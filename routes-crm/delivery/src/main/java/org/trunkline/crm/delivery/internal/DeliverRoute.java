package org.trunkline.crm.delivery.internal;

import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.model.Fault;
import org.trunkline.store.Work;

/**
 * Work becomes what a CRM holds. Whatever goes wrong is written to the row and does not leave the
 * route, unless the store itself can't be written: then the row stays as it was.
 */
public final class DeliverRoute extends RouteBuilder {

    private static final String ITEM = "item";

    private final Delivery delivery;
    private final NextAttempts attempts;
    private final Setbacks setbacks;

    public DeliverRoute(Delivery delivery, NextAttempts attempts, Setbacks setbacks) {
        this.delivery = delivery;
        this.attempts = attempts;
        this.setbacks = setbacks;
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from("work:due")
                .routeId("deliver")
                .setProperty(ITEM, body())
                .doTry()
                .process(step(Work.Item.class, delivery::load))
                .id("load")
                .process(step(Matter.class, delivery::enrich))
                .id("look-up")
                .process(step(Matter.class, delivery::decide))
                .id("decide")
                .process(last(Matter.Decided.class, attempts::begin))
                .id("call-again")
                .process(last(Matter.Decided.class, delivery::bring))
                .id("bring")
                .process(last(Matter.Decided.class, delivery::rest))
                .id("rest")
                .doCatch(Fault.Retryable.class)
                .process(setback(Fault.Retryable.class, setbacks::retryable))
                .id("retry-later")
                .doCatch(Fault.Auth.class)
                .process(setback(Fault.Auth.class, setbacks::unauthorized))
                .id("wait-for-authorisation")
                .doCatch(Fault.Data.class)
                .process(setback(Fault.Data.class, setbacks::data))
                .id("ask-a-person")
                .doCatch(ConnectorAway.class)
                .process(setback(ConnectorAway.class, setbacks::away))
                .id("wait-for-connector")
                .doCatch(Exception.class)
                .process(setback(Exception.class, setbacks::unexpected))
                .id("retry-or-set-aside")
                .end();
    }

    private static <T, R> Processor step(Class<T> in, Function<T, R> step) {
        return exchange ->
                exchange.getMessage().setBody(step.apply(exchange.getMessage().getBody(in)));
    }

    private static <T> Processor last(Class<T> in, java.util.function.Consumer<T> step) {
        return exchange -> step.accept(exchange.getMessage().getBody(in));
    }

    private static <F extends Exception> Processor setback(
            Class<F> fault, BiConsumer<Work.Item, F> setback) {
        return exchange ->
                setback.accept(
                        exchange.getProperty(ITEM, Work.Item.class),
                        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, fault));
    }
}
