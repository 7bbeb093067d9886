package org.trunkline.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.trunkline.model.CallRouting.Route;
import org.trunkline.model.DocumentReader;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.store.Companies;

/**
 * {@code GET /pbx/{kind}/{company}/{account}/{secret}/route?caller=&line=}: whom a call should ring
 * and under which name, or 204. The bundle attaches the prefix {@code /pbx/{kind}}. A caller waits
 * meanwhile: while the store hangs, the PBX is told so within {@link InTime#LIMIT}.
 */
public final class RouteQuestionRoutes extends WebhookRoutes {

    /**
     * How a question is asked and answered.
     *
     * @param caller query parameter of the number that calls
     * @param line query parameter of the company's number
     * @param answer JSON; empty: 204
     * @param otherwise what is told while nobody can know the answer; empty: 503
     */
    public record Shape(
            String caller,
            String line,
            Function<Route, Optional<Map<String, Object>>> answer,
            Optional<Map<String, Object>> otherwise) {

        private boolean of(Message message) {
            return message.getHeader(caller) != null;
        }
    }

    private static final Shape OURS =
            new Shape("caller", "line", RouteQuestionRoutes::answer, Optional.empty());

    private final RouteQuestions questions;
    private final InTime inTime = new InTime("route-question");
    private final List<Shape> shapes;

    /**
     * @param more shapes of the vendor's own
     */
    public RouteQuestionRoutes(Companies companies, RouteQuestions questions, Shape... more) {
        super(companies, questions.kind());
        this.questions = questions;
        this.shapes = Stream.concat(Stream.of(OURS), Stream.of(more)).toList();
    }

    @Override
    protected void routes() {
        String kind = DocumentReader.spelled(questions.kind());
        rest("/pbx/" + kind).get("/{company}/{account}/{secret}/route").to("direct:route-question");

        from("direct:route-question").routeId("route-question").process(this::ask).id("ask");
    }

    private void ask(Exchange exchange) {
        Message message = exchange.getMessage();
        Optional<Shape> shape = shapes.stream().filter(s -> s.of(message)).findFirst();
        RouteQuestions.Question question =
                new RouteQuestions.Question(
                        path(exchange, "company"),
                        path(exchange, "account"),
                        path(exchange, "secret"),
                        shape.map(s -> path(exchange, s.caller())).orElse(""),
                        shape.map(s -> path(exchange, s.line())).orElse(""));
        RouteQuestions.Answer answer;
        try {
            answer = inTime.ask(() -> questions.ask(question));
        } catch (Fault.Retryable e) {
            Map<String, Object> otherwise = shape.flatMap(Shape::otherwise).orElseThrow(() -> e);
            log.warn("{}: {}", question, e.getMessage());
            tell(message, Optional.of(otherwise));
            return;
        }
        if (answer instanceof RouteQuestions.Told told) {
            // Only now: a stranger learns nothing of what is wrong.
            tell(
                    message,
                    shape.orElseThrow(RouteQuestionRoutes::nobodyCalls)
                            .answer()
                            .apply(told.route()));
        } else {
            throw answer instanceof RouteQuestions.Unknown ? unknown() : stranger();
        }
    }

    private static Refused nobodyCalls() {
        return malformed("caller is missing: give the number that calls, empty if it is hidden");
    }

    private static Optional<Map<String, Object>> answer(Route route) {
        Map<String, Object> told = new LinkedHashMap<>();
        route.employee().ifPresent(employee -> told.put("employee", employee.id()));
        route.employee().ifPresent(employee -> told.put("extension", employee.extension()));
        route.name().ifPresent(name -> told.put("name", name));
        route.employee().ifPresent(e -> told.put("timeoutSeconds", route.attempt().toSeconds()));
        return Optional.of(told).filter(answer -> !answer.isEmpty());
    }

    private static void tell(Message message, Optional<Map<String, Object>> told) {
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, told.isPresent() ? 200 : 204);
        message.setBody(null);
        told.ifPresent(
                answer -> {
                    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
                    message.setBody(Json.write(answer));
                });
    }
}
