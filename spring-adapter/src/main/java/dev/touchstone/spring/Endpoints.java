package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.internal.TouchpointName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/**
 * Says at which touchpoint a request is: where its controller is annotated, or else where the catalog has its route, or
 * else, unless that is switched off, at its method and the pattern to which it is mapped. Never at its path, of which
 * there are as many as somebody likes. Thread-safe.
 */
final class Endpoints {

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");
    private static final String OTHER_METHOD = "OTHER";

    private final Touchstone touchstone;
    private final ControllerTouchpoints controllers;
    private final Predicate<Object> isFunction;
    private final boolean undeclared;
    private final Map<Class<?>, Boolean> ours = new ConcurrentHashMap<>();
    private volatile @Nullable Routes routes;

    /**
     * Makes one.
     *
     * @param isFunction whether a handler is one of a functional endpoint
     * @param undeclared whether requests to endpoints that nobody declared are recorded
     */
    Endpoints(
            Touchstone touchstone,
            ControllerTouchpoints controllers,
            Predicate<Object> isFunction,
            boolean undeclared) {
        this.touchstone = touchstone;
        this.controllers = controllers;
        this.isFunction = isFunction;
        this.undeclared = undeclared;
    }

    /**
     * Returns the touchpoint of a request.
     *
     * @param handler what answers it
     * @param method its HTTP method
     * @param pattern the pattern to which it is mapped; null if nobody knows
     */
    Optional<String> touchpoint(Object handler, String method, @Nullable Object pattern) {
        if (handler instanceof HandlerMethod controller) {
            Optional<String> annotated = controllers.nameOf(controller);
            return annotated.isPresent() ? annotated : unannotated(controller.getBeanType(), method, pattern);
        }
        return isFunction.test(handler) ? unannotated(handler.getClass(), method, pattern) : Optional.empty();
    }

    private Optional<String> unannotated(Class<?> handler, String method, @Nullable Object pattern) {
        // the Actuator, error pages, resources: nothing that customers meet the business at
        if (pattern == null || ours.computeIfAbsent(handler, SpringClasses::contain)) {
            return Optional.empty();
        }
        String route = (METHODS.contains(method) ? method : OTHER_METHOD) + " " + pattern;
        String declared = routes().names().get(route);
        if (declared != null) {
            return Optional.of(declared);
        }
        if (!undeclared) {
            return Optional.empty();
        }
        return Optional.of(TouchpointName.isRecordable(route) ? route : Catalog.OTHER);
    }

    private Routes routes() {
        Catalog catalog = touchstone.catalog();
        Routes known = routes;
        if (known == null || known.catalog() != catalog) {
            known = Routes.of(catalog);
            routes = known;
        }
        return known;
    }

    /**
     * The routes of a catalog, under which touchpoints they stand.
     *
     * @param catalog the catalog
     * @param names the names of the touchpoints, by route
     */
    private record Routes(Catalog catalog, Map<String, String> names) {

        static Routes of(Catalog catalog) {
            Map<String, String> names = new ConcurrentHashMap<>();
            for (TouchpointDefinition touchpoint : catalog.touchpoints()) {
                touchpoint.routes().forEach(route -> names.put(route.toString(), touchpoint.name()));
            }
            return new Routes(catalog, names);
        }
    }
}
