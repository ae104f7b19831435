package dev.touchstone.spring;

import dev.touchstone.CustomerResolver;
import dev.touchstone.Interaction;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.AsyncHandlerInterceptor;

/**
 * Makes one event of each request to a touchpoint: begun with the first dispatch to one, recorded at the end of the
 * last, however many dispatches lie between. It changes neither request nor response. Thread-safe.
 */
final class TouchpointInterceptor implements AsyncHandlerInterceptor {

    private final ControllerTouchpoints touchpoints;
    private final CustomerResolver<HttpServletRequest> customers;
    private final OutcomeClassifier outcomes;

    TouchpointInterceptor(
            ControllerTouchpoints touchpoints,
            CustomerResolver<HttpServletRequest> customers,
            OutcomeClassifier outcomes) {
        this.touchpoints = touchpoints;
        this.customers = customers;
        this.outcomes = outcomes;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Visit running = Visit.of(request);
        if (running != null) {
            running.dispatched(request);
        } else if (handler instanceof HandlerMethod method && request.getDispatcherType() != DispatcherType.ERROR) {
            begin(request, method);
        }
        return true;
    }

    private void begin(HttpServletRequest request, HandlerMethod method) {
        Interaction interaction = touchpoints.begin(method);
        if (interaction != null) {
            // early: at the end the principal may be gone
            Visit.begin(interaction.presume(customers, request), outcomes, request);
        }
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        Visit visit = Visit.of(request);
        if (visit != null) {
            visit.interaction().presume(customers, request);
            visit.suspend(request, response, true);
        }
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception exception) {
        Visit visit = Visit.of(request);
        if (visit == null || visit.isFinished() || visit.isInside()) {
            return;
        }
        visit.interaction().presume(customers, request);
        if (exception == null && request.isAsyncStarted()) {
            visit.suspend(request, response, false); // by the controller itself
        } else {
            visit.finish(request, response, exception);
        }
    }
}
