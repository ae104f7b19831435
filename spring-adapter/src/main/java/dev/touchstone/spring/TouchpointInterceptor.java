package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Touchstone;
import dev.touchstone.event.internal.TouchpointName;
import dev.touchstone.http.RequestRecording;
import dev.touchstone.http.RequestResolvers;
import dev.touchstone.http.Visitors;
import dev.touchstone.servlet.RequestPath;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * Records each request to a touchpoint as one event, from the first dispatch to its handler to the end of the last
 * dispatch. Events recorded in a dispatch belong to its interaction. Leaves request and response unchanged.
 * Thread-safe.
 */
final class TouchpointInterceptor implements AsyncHandlerInterceptor {

    private final Touchstone touchstone;
    private final Endpoints endpoints;
    private final RequestResolvers<HttpServletRequest> resolvers;
    private final RequestSpan<HttpServletRequest> span;
    private final Visitors visitors;

    TouchpointInterceptor(
            Touchstone touchstone,
            Endpoints endpoints,
            RequestResolvers<HttpServletRequest> resolvers,
            RequestSpan<HttpServletRequest> span,
            Visitors visitors) {
        this.touchstone = touchstone;
        this.endpoints = endpoints;
        this.resolvers = resolvers;
        this.span = span;
        this.visitors = visitors;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        MvcRecording running = MvcRecording.of(request);
        if (running != null) {
            running.enter(request);
            if (!running.isDeclared()) {
                touchpoint(request, handler)
                        .filter(TouchpointName::isDeclarable)
                        .ifPresent(running::declare);
            }
        } else if (request.getDispatcherType() != DispatcherType.ERROR && !isRecordedElsewhere(request)) {
            begin(request, response, handler);
        }
        return true;
    }

    private static boolean isRecordedElsewhere(HttpServletRequest request) {
        return request.getAttribute(RequestRecording.INTERACTION) instanceof Interaction;
    }

    private void begin(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!visitors.isCustomer(request.getMethod(), request.getHeader("User-Agent"))) {
            return;
        }
        touchpoint(request, handler).ifPresent(touchpoint -> {
            MvcRequest begun = MvcRequest.of(request);
            RequestRecording<HttpServletRequest> recording = begun == null
                    ? new RequestRecording<>(touchstone.begin(null), request, resolvers)
                    : begun.recording();
            recording.request(request);
            recording.interaction().touchpoint(touchpoint);
            // customer and consent are resolved now: at the end the principal may be gone
            recording.begin();
            recording.resolveConsent();
            MvcRecording.begin(
                    recording, touchpoint, touchstone, span, request, response, begun != null && begun.isInside());
        });
    }

    private Optional<String> touchpoint(HttpServletRequest request, Object handler) {
        return endpoints.touchpoint(
                handler,
                request.getMethod(),
                () -> RequestPath.of(request),
                request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    }

    @Override
    public void postHandle(
            HttpServletRequest request,
            HttpServletResponse response,
            Object handler,
            @Nullable ModelAndView modelAndView) {
        MvcRecording running = MvcRecording.of(request);
        if (running != null && modelAndView != null && isInputRefused(request, modelAndView)) {
            running.invalidInput();
        }
    }

    /**
     * Detects new errors. After a redirect, flash attributes may pass errors on to the request that shows the form;
     * there they are not new.
     */
    private static boolean isInputRefused(HttpServletRequest request, ModelAndView modelAndView) {
        return FormErrors.areIn(modelAndView.getModel(), RequestContextUtils.getInputFlashMap(request))
                || FormErrors.areIn(RequestContextUtils.getOutputFlashMap(request));
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        MvcRecording running = MvcRecording.of(request);
        if (running != null) {
            running.suspend();
        }
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception exception) {
        MvcRecording running = MvcRecording.of(request);
        if (running != null) {
            running.leave(exception);
        }
    }
}
