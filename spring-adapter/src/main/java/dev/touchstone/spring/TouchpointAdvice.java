package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Scope;
import dev.touchstone.Touchpoint;
import dev.touchstone.TouchpointHandle;
import dev.touchstone.Touchstone;
import dev.touchstone.event.Outcome;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

/**
 * Records each call of an annotated method as one event, which ends when the returned result ends. Exceptions pass
 * through unchanged. Thread-safe.
 */
final class TouchpointAdvice implements MethodInterceptor {

    private final Supplier<@Nullable Touchstone> instance;
    private final @Nullable ReactiveResults reactive;
    private final Map<AnnotatedMethod, TouchpointHandle> handles = new ConcurrentHashMap<>();

    /**
     * @param instance returns the instance; null until it exists
     * @param reactive wraps reactive results; null without Reactor
     */
    TouchpointAdvice(Supplier<@Nullable Touchstone> instance, @Nullable ReactiveResults reactive) {
        this.instance = instance;
        this.reactive = reactive;
    }

    @Override
    @SuppressWarnings("try") // the scope is used only by closing it
    public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
        Touchstone recorder = instance.get();
        if (recorder == null) {
            return invocation.proceed();
        }
        TouchpointHandle handle = handle(recorder, invocation);
        Interaction visit = handle.begin();
        Object result;
        boolean returned = false;
        // no catch: any exception passes through as the same object
        try (Scope scope = recorder.scope(visit)) {
            result = invocation.proceed();
            returned = true;
        } finally {
            if (!returned) {
                end(visit, Outcome.FAILURE);
            }
        }
        return follow(result, visit, handle, recorder, invocation);
    }

    private TouchpointHandle handle(Touchstone recorder, MethodInvocation invocation) {
        Object target = invocation.getThis();
        Class<?> type = target == null ? invocation.getMethod().getDeclaringClass() : target.getClass();
        return handles.computeIfAbsent(
                new AnnotatedMethod(type, invocation.getMethod()),
                called -> recorder.touchpoint(AnnotatedMethod.of(called.type(), called.method())
                        .annotation()
                        .map(Touchpoint::name)
                        .orElse(null)));
    }

    /** Ends the event when the result ends, and returns the result for the caller. */
    private @Nullable Object follow(
            @Nullable Object result,
            Interaction visit,
            TouchpointHandle handle,
            Touchstone recorder,
            MethodInvocation invocation) {
        if (result instanceof CompletionStage<?> stage) {
            whenComplete(stage, visit);
            return result;
        }
        Object followed = result == null || reactive == null
                ? null
                : reactive.follow(result, invocation.getMethod().getReturnType(), handle, recorder);
        if (followed != null) {
            return followed; // each subscription is an event, and the call itself is none
        }
        end(visit, Outcome.SUCCESS);
        return result;
    }

    private static void whenComplete(CompletionStage<?> stage, Interaction visit) {
        try {
            stage.whenComplete((value, failure) -> end(visit, outcome(failure)));
        } catch (RuntimeException e) {
            end(visit, Outcome.SUCCESS); // a custom stage without completion callbacks counts as returned
        }
    }

    private static Outcome outcome(@Nullable Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause == null) {
            return Outcome.SUCCESS;
        }
        return cause instanceof CancellationException ? Outcome.ABANDONED : Outcome.FAILURE;
    }

    private static void end(Interaction visit, Outcome outcome) {
        visit.settle(outcome);
        visit.close();
    }
}
