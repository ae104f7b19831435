package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Scope;
import dev.touchstone.TouchpointHandle;
import dev.touchstone.Touchstone;
import dev.touchstone.event.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Lazy results: each subscription is an event, from its start to its first terminal signal or its cancellation.
 * Thread-safe.
 */
final class ReactiveResults {

    private final ReactiveAdapterRegistry adapters = ReactiveAdapterRegistry.getSharedInstance();

    /**
     * Returns a recorded result to return instead of the given one.
     *
     * @param declared the declared return type of the method
     * @return null for results of an unknown kind, or if the declared type cannot be created
     */
    @Nullable
    Object follow(Object result, Class<?> declared, TouchpointHandle handle, Touchstone touchstone) {
        Interaction outer = touchstone.current().orElse(null);
        Object followed = null;
        if (result instanceof Mono<?> mono) {
            followed = follow(mono, outer, handle, touchstone);
        } else if (result instanceof Flux<?> flux) {
            followed = follow(flux, outer, handle, touchstone);
        } else {
            ReactiveAdapter adapter = adapters.getAdapter(declared, result);
            if (adapter != null && !adapter.isNoValue()) {
                Publisher<?> publisher = adapter.toPublisher(result);
                followed = adapter.fromPublisher(
                        adapter.isMultiValue()
                                ? follow(Flux.from(publisher), outer, handle, touchstone)
                                : follow(Mono.from(publisher), outer, handle, touchstone));
            }
        }
        return declared.isInstance(followed) ? followed : null;
    }

    private static <T> Mono<T> follow(
            Mono<T> mono, @Nullable Interaction outer, TouchpointHandle handle, Touchstone touchstone) {
        return Mono.deferContextual(context -> {
            Interaction visit = begin(context, outer, handle, touchstone);
            return mono.doOnSuccess(value -> end(visit, Outcome.SUCCESS))
                    .doOnError(failure -> end(visit, Outcome.FAILURE))
                    .doOnCancel(() -> end(visit, Outcome.ABANDONED))
                    .contextWrite(inner -> inner.put(ReactorContext.keyOf(touchstone), visit));
        });
    }

    private static <T> Flux<T> follow(
            Flux<T> flux, @Nullable Interaction outer, TouchpointHandle handle, Touchstone touchstone) {
        return Flux.deferContextual(context -> {
            Interaction visit = begin(context, outer, handle, touchstone);
            FluxStream stream = new FluxStream(visit);
            return flux.doOnNext(element -> stream.next())
                    .doOnComplete(() -> stream.end(Outcome.SUCCESS))
                    .doOnError(failure -> stream.end(Outcome.FAILURE))
                    .doOnCancel(stream::cancel)
                    .contextWrite((Context inner) -> inner.put(ReactorContext.keyOf(touchstone), visit));
        });
    }

    /**
     * A subscription to several elements. If it continues after the first element, the caller has the answer at that
     * element.
     */
    private static final class FluxStream {

        private final Interaction visit;
        private volatile @Nullable Duration first;
        private volatile boolean goesOn;

        FluxStream(Interaction visit) {
            this.visit = visit;
        }

        void next() {
            if (first == null) {
                first = visit.elapsed();
            } else {
                goesOn = true;
            }
        }

        void end(Outcome outcome) {
            Duration untilFirst = goesOn ? first : null;
            if (untilFirst != null) {
                visit.duration(untilFirst);
            }
            ReactiveResults.end(visit, outcome);
        }

        /** A caller that cancels after the first element has the answer. */
        void cancel() {
            goesOn = true;
            end(first == null ? Outcome.ABANDONED : Outcome.SUCCESS);
        }
    }

    @SuppressWarnings("try") // the scope is used only by closing it
    private static Interaction begin(
            ContextView context, @Nullable Interaction outer, TouchpointHandle handle, Touchstone touchstone) {
        Interaction inContext = context.getOrDefault(ReactorContext.keyOf(touchstone), outer);
        try (Scope scope = touchstone.scope(inContext)) {
            return handle.begin();
        }
    }

    private static void end(Interaction visit, Outcome outcome) {
        visit.settle(outcome);
        visit.close();
    }
}
