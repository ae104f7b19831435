package dev.touchstone.http;

import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.Route;
import dev.touchstone.catalog.TouchpointDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the touchpoint of a request by the routes of the catalog, in the same way for every server: the path
 * decides, not the pattern of a framework's mapping. Follows {@link Touchstone#reload reloads}. Thread-safe.
 */
public final class Routes {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");
    private static final String OTHER_METHOD = "OTHER";

    private final Supplier<Catalog> current;
    private volatile @Nullable Table table;

    /** Creates the routes of an instance. */
    public Routes(Touchstone touchstone) {
        this(touchstone::catalog);
    }

    /**
     * Creates the routes of a catalog that may be replaced.
     *
     * @param current returns the catalog in force
     */
    public Routes(Supplier<Catalog> current) {
        this.current = current;
    }

    /**
     * Returns the touchpoint of the most specific declared route that matches; null if no route matches. A HEAD
     * request without its own route is matched as a GET request.
     *
     * @param method the HTTP method, in upper case
     * @param path the decoded path within the application; without a leading slash, no route matches
     */
    public @Nullable String find(String method, String path) {
        return table().find(method, path);
    }

    /**
     * Returns the touchpoint of the routes that match a path with any method; null if there is none, or more than
     * one. Used if the method is not allowed.
     *
     * @param path the decoded path within the application; without a leading slash, no route matches
     */
    public @Nullable String findOnly(String path) {
        return table().findOnly(path);
    }

    private Table table() {
        Catalog catalog = current.get();
        Table known = table;
        if (known == null || known.catalog != catalog) {
            known = new Table(catalog);
            table = known;
        }
        return known;
    }

    /**
     * Returns the touchpoint name of a request without a declared route: its method and a pattern. A pattern bounds
     * the number of names; a path would not.
     *
     * @param method the HTTP method; methods that HTTP does not define become {@code OTHER}
     * @param pattern the pattern of the mapping
     */
    public static String undeclared(String method, String pattern) {
        return (METHODS.contains(method) ? method : OTHER_METHOD) + " "
                + (pattern.startsWith("/") ? pattern : "/" + pattern);
    }

    /** The routes of one catalog. Immutable. */
    private static final class Table {

        private final Catalog catalog;
        private final Map<String, ByMethod> methods = new HashMap<>();

        Table(Catalog catalog) {
            this.catalog = catalog;
            for (TouchpointDefinition touchpoint : catalog.touchpoints()) {
                for (Route route : touchpoint.routes()) {
                    methods.computeIfAbsent(route.method(), method -> new ByMethod())
                            .add(route.template(), touchpoint.name());
                }
            }
            methods.values().forEach(ByMethod::sort);
        }

        @Nullable
        String find(String method, String path) {
            ByMethod routes = methods.get(method);
            String found = routes == null ? null : routes.find(path);
            return found == null && method.equals("HEAD") ? find("GET", path) : found;
        }

        @Nullable
        String findOnly(String path) {
            Set<String> found = new HashSet<>();
            for (ByMethod routes : methods.values()) {
                String touchpoint = routes.find(path);
                if (touchpoint != null) {
                    found.add(touchpoint);
                }
            }
            return found.size() == 1 ? found.iterator().next() : null;
        }
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
            if (literal != null
                    || templates.isEmpty()
                    || !path.startsWith("/")) { // it may be empty: the path of the context alone
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
