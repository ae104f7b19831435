package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Touchstone;
import dev.touchstone.event.Channel;
import dev.touchstone.telemetry.CustomerBaggage;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.AsyncHandlerInterceptor;

/**
 * Adds the customer of a request to the thread's baggage while the controller runs, for calls to other services.
 * Thread-safe.
 */
final class BaggageInterceptor implements AsyncHandlerInterceptor {

    private static final String SCOPE = BaggageInterceptor.class.getName();

    private final Touchstone touchstone;
    private final CustomerBaggage baggage;
    private final ThreadBaggage thread;

    BaggageInterceptor(Touchstone touchstone, CustomerBaggage baggage, ThreadBaggage thread) {
        this.touchstone = touchstone;
        this.baggage = baggage;
        this.thread = thread;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Interaction interaction = touchstone.current().orElse(null);
        if (interaction != null && request.getAttribute(SCOPE) == null) {
            interaction.customer().ifPresent(customer -> {
                Channel channel = interaction.channel().orElse(Channel.UNKNOWN);
                request.setAttribute(SCOPE, thread.carry(CustomerBaggage.ENTRY, baggage.entry(customer, channel)));
            });
        }
        return true;
    }

    @Override
    public void afterConcurrentHandlingStarted(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        leaveThread(request);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception exception) {
        leaveThread(request);
    }

    private static void leaveThread(HttpServletRequest request) {
        if (request.getAttribute(SCOPE) instanceof Runnable end) {
            request.removeAttribute(SCOPE);
            end.run();
        }
    }
}
