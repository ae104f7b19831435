package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Touchstone;
import dev.touchstone.event.internal.TouchpointName;
import dev.touchstone.http.OutcomeClassifier;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Makes one event of each request to a touchpoint: begun with the first dispatch to one, recorded at the end of the
 * last, however many dispatches lie between. What is recorded in a dispatch happens inside that event. It changes
 * neither request nor response. Thread-safe.
 */
final class TouchpointInterceptor implements AsyncHandlerInterceptor {

    private final Touchstone touchstone;
    private final Endpoints endpoints;
    private final RequestResolvers<HttpServletRequest> resolvers;
    private final OutcomeClassifier<HttpServletRequest> outcomes;
    private final RequestSpan<HttpServletRequest> span;

    TouchpointInterceptor(
            Touchstone touchstone,
            Endpoints endpoints,
            RequestResolvers<HttpServletRequest> resolvers,
            OutcomeClassifier<HttpServletRequest> outcomes,
            RequestSpan<HttpServletRequest> span) {
        this.touchstone = touchstone;
        this.endpoints = endpoints;
        this.resolvers = resolvers;
        this.outcomes = outcomes;
        this.span = span;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Visit running = Visit.of(request);
        if (running != null) {
            running.dispatched(request);
            if (!running.isDeclared()) {
                touchpoint(request, handler)
                        .filter(TouchpointName::isDeclarable)
                        .ifPresent(running::declare);
            }
        } else if (request.getDispatcherType() != DispatcherType.ERROR && !Visit.isElsewhere(request)) {
            begin(request, handler);
        }
        return true;
    }

    private void begin(HttpServletRequest request, Object handler) {
        touchpoint(request, handler).ifPresent(touchpoint -> {
            Interaction interaction = touchstone.begin(touchpoint);
            // early: at the end the principal may be gone
            resolvers.begin(interaction, request);
            Visit.begin(interaction, TouchpointName.isDeclarable(touchpoint), touchstone, outcomes, span, request);
        });
    }

    private Optional<String> touchpoint(HttpServletRequest request, Object handler) {
        return endpoints.touchpoint(
                handler, request.getMethod(), request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        Visit visit = Visit.of(request);
        if (visit != null) {
            resolvers.presume(visit.interaction(), request);
            visit.suspend(request, response, true);
        }
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception exception) {
        Visit visit = Visit.of(request);
        if (visit == null || visit.isInside()) {
            return;
        }
        visit.leaveThread();
        if (visit.isFinished()) {
            return;
        }
        resolvers.presume(visit.interaction(), request);
        if (exception == null && request.isAsyncStarted()) {
            visit.suspend(request, response, false); // by the controller itself
        } else {
            visit.finish(request, response, exception);
        }
    }
}
