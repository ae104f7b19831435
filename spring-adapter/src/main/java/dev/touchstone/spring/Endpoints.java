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
 * Finds the touchpoint of a request: the annotation of its controller, else the declared route that matches its path,
 * whatever handles it, else, for controllers and functions and unless that is switched off, its method and the pattern to
 * which it is mapped. Thread-safe.
 */
final class Endpoints {

    private final Routes routes;
    private final ControllerTouchpoints controllers;
    private final Predicate<Object> isFunction;
    private final boolean undeclared;
    private final Map<Class<?>, Boolean> ours = new ConcurrentHashMap<>();
    // for each pattern and method, so that no request has a name looked through character by character
    private final Map<String, String> undeclaredNames = new ConcurrentHashMap<>();

    /**
     * Creates one.
     *
     * @param isFunction whether a handler is one of a functional endpoint
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
     * @param handler the object that answers it
     * @param method its HTTP method
     * @param path its decoded path within the application; read only if no annotation decides
     * @param pattern the pattern to which it is mapped; null if unknown
     */
    Optional<String> touchpoint(Object handler, String method, Supplier<String> path, @Nullable Object pattern) {
        return touchpoint(handler, method, path, pattern, false);
    }

    /**
     * Returns the touchpoint of a request.
     *
     * @param wrongMethod whether the handler answers other methods: then a route of the path counts, whatever its method
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

    /** Returns the touchpoint of the declared route that matches, or the only one of the path. */
    Optional<String> routed(String method, String path) {
        String declared = routes.find(method, path);
        return Optional.ofNullable(declared == null ? routes.findOnly(path) : declared);
    }

    private Optional<String> unannotated(
            Class<?> handler, String method, Supplier<String> path, @Nullable Object pattern, boolean wrongMethod) {
        // customers do not meet the business at the Actuator, at error pages or at resources
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
