package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.internal.TouchpointName;
import dev.touchstone.http.Routes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/**
 * Finds the touchpoint of a request: the annotation of its controller, else the declared route that matches its
 * path. Otherwise, for controllers and functional endpoints and unless undeclared endpoints are disabled, the
 * touchpoint is named after the method and the pattern of the mapping. Thread-safe.
 */
final class Endpoints {

    private final Routes routes;
    private final ControllerTouchpoints controllers;
    private final Predicate<Object> isFunction;
    private final boolean undeclared;
    private final Map<Class<?>, Boolean> ours = new ConcurrentHashMap<>();
    // cached by pattern and method, so that names are validated once and not for each request
    private final Map<String, String> undeclaredNames = new ConcurrentHashMap<>();

    /**
     * @param isFunction whether a handler is a functional endpoint
     * @param undeclared whether requests to endpoints without a touchpoint are recorded
     */
    Endpoints(
            Touchstone touchstone,
            ControllerTouchpoints controllers,
            Predicate<Object> isFunction,
            boolean undeclared) {
        this.routes = new Routes(touchstone);
        this.controllers = controllers;
        this.isFunction = isFunction;
        this.undeclared = undeclared;
    }

    /**
     * Returns the touchpoint of a request.
     *
     * @param handler the handler
     * @param method the HTTP method
     * @param path the decoded path within the application; read only if no annotation decides
     * @param pattern the pattern of the mapping; null if unknown
     */
    Optional<String> touchpoint(Object handler, String method, Supplier<String> path, @Nullable Object pattern) {
        return touchpoint(handler, method, path, pattern, false);
    }

    /**
     * Returns the touchpoint of a request.
     *
     * @param wrongMethod whether the handler accepts only other methods: then a route of the path matches, whatever
     *     its method
     */
    Optional<String> touchpoint(
            Object handler, String method, Supplier<String> path, @Nullable Object pattern, boolean wrongMethod) {
        if (handler instanceof HandlerMethod controller) {
            Optional<String> annotated = controllers.nameOf(controller);
            return annotated.isPresent()
                    ? annotated
                    : unannotated(controller.getBeanType(), method, path, pattern, wrongMethod);
        }
        return isFunction.test(handler)
                ? unannotated(handler.getClass(), method, path, pattern, wrongMethod)
                : Optional.ofNullable(routes.find(method, path.get())); // a file, a WebSocket
    }

    /** Returns the touchpoint of the matching declared route, or the only touchpoint of the path. */
    Optional<String> routed(String method, String path) {
        String declared = routes.find(method, path);
        return Optional.ofNullable(declared == null ? routes.findOnly(path) : declared);
    }

    private Optional<String> unannotated(
            Class<?> handler, String method, Supplier<String> path, @Nullable Object pattern, boolean wrongMethod) {
        // the Actuator, error pages and resources are not touchpoints
        if (pattern == null || ours.computeIfAbsent(handler, SpringClasses::contain)) {
            return Optional.empty();
        }
        Optional<String> declared =
                wrongMethod ? routed(method, path.get()) : Optional.ofNullable(routes.find(method, path.get()));
        if (declared.isPresent()) {
            return declared;
        }
        return undeclared(method, pattern.toString());
    }

    /** Returns the name of an endpoint without a touchpoint; empty if those are not recorded. */
    Optional<String> undeclared(String method, String pattern) {
        if (!undeclared) {
            return Optional.empty();
        }
        return Optional.of(undeclaredNames.computeIfAbsent(
                Routes.undeclared(method, pattern), name -> TouchpointName.isRecordable(name) ? name : Catalog.OTHER));
    }
}
