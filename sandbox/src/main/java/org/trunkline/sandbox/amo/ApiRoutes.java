package org.trunkline.sandbox.amo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trunkline.sandbox.http.Reply;

/** Every method of {@code /api/v4} and the one of {@code /api/v2} that is still in use. */
final class ApiRoutes {
    /** What answers a route. */
    interface Handler {
        Reply handle(ApiCall call) throws ApiFault;
    }

    private record Route(String verb, List<String> pattern, Handler handler) {
        Optional<Match> match(List<String> path) {
            if (path.size() != pattern.size()) {
                return Optional.empty();
            }
            List<String> arguments = new ArrayList<>();
            List<String> name = new ArrayList<>();
            for (int i = 0; i < path.size(); i++) {
                String step = pattern.get(i);
                String given = path.get(i);
                boolean fits =
                        switch (step) {
                            case "{entity}" -> EntityType.of(given).isPresent();
                            case "{id}" -> given.matches("\\d{1,15}");
                            case "{uid}" -> true;
                            default -> step.equals(given);
                        };
                if (!fits) {
                    return Optional.empty();
                }
                if (step.startsWith("{")) {
                    arguments.add(given);
                }
                name.add(step.equals("{entity}") ? given : step);
            }
            return Optional.of(new Match(verb, String.join("/", name), arguments, handler));
        }
    }

    /**
     * A route that fits a path.
     *
     * @param name the path with its ids left out
     */
    record Match(String verb, String name, List<String> arguments, Handler handler) {}

    private final List<Route> routes = new ArrayList<>();

    ApiRoutes() {
        add("POST", "v2/events", Popups::add);
        AccountMethods.add(this);
        Pipelines.add(this);
        Unsorted.add(this);
        ComplexLeads.add(this);
        Calls.add(this);
        Notes.add(this);
        Tasks.add(this);
        Webhooks.add(this);
        EntityMethods.add(this);
    }

    /** Below {@code /api/v4/}; the one that was added first wins. */
    void add(String verb, String pattern, Handler handler) {
        String path = pattern.startsWith("v2/") ? pattern : "v4/" + pattern;
        routes.add(new Route(verb, List.of(path.split("/")), handler));
    }

    /** Routes that fit the path, whatever their verb. */
    List<Match> find(List<String> path) {
        return routes.stream().flatMap(route -> route.match(path).stream()).toList();
    }
}
