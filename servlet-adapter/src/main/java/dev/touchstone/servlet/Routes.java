package dev.touchstone.servlet;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.Route;
import dev.touchstone.catalog.TouchpointDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The routes of a catalog, to find the touchpoint of a request. Immutable. */
final class Routes {

    private final Catalog catalog;
    private final Map<String, ByMethod> methods = new HashMap<>();

    Routes(Catalog catalog) {
        this.catalog = catalog;
        for (TouchpointDefinition touchpoint : catalog.touchpoints()) {
            for (Route route : touchpoint.routes()) {
                methods.computeIfAbsent(route.method(), method -> new ByMethod())
                        .add(route.template(), touchpoint.name());
            }
        }
        methods.values().forEach(ByMethod::sort);
    }

    /** Returns whether these are the routes of that catalog. */
    boolean areOf(Catalog other) {
        return catalog == other;
    }

    /**
     * Returns the name of the touchpoint with the most specific route that matches; null if none does. A HEAD without a
     * route of its own is a GET, as it is to servlets.
     */
    @Nullable
    String find(String method, String path) {
        ByMethod routes = methods.get(method);
        String found = routes == null ? null : routes.find(path);
        return found == null && method.equals("HEAD") ? find("GET", path) : found;
    }

    private static final class ByMethod {

        private final Map<String, String> literals = new HashMap<>();
        private final Map<Integer, List<Declared>> templates = new HashMap<>();

        void add(String path, String touchpoint) {
            RouteTemplate template = new RouteTemplate(path);
            if (template.isLiteral()) {
                literals.put(path, touchpoint);
            } else {
                templates
                        .computeIfAbsent(template.size(), size -> new ArrayList<>())
                        .add(new Declared(template, touchpoint));
            }
        }

        void sort() {
            templates
                    .values()
                    .forEach(list ->
                            list.sort(Comparator.comparing(Declared::template, RouteTemplate.MOST_SPECIFIC_FIRST)));
        }

        @Nullable
        String find(String path) {
            String literal = literals.get(path);
            if (literal != null || templates.isEmpty()) {
                return literal;
            }
            String[] segments = RouteTemplate.split(path);
            for (Declared declared : templates.getOrDefault(segments.length, List.of())) {
                if (declared.template.matches(segments)) {
                    return declared.touchpoint;
                }
            }
            return null;
        }
    }

    private record Declared(RouteTemplate template, String touchpoint) {}
}
