package dev.touchstone;

import dev.touchstone.event.TouchpointEvent;
import org.jspecify.annotations.Nullable;

/** Records at one touchpoint, whose name is resolved once. Immutable and thread-safe. */
public final class TouchpointHandle {

    private final Touchstone touchstone;
    private final @Nullable String name;

    TouchpointHandle(Touchstone touchstone, @Nullable String name) {
        this.touchstone = touchstone;
        this.name = name;
    }

    /** Returns the touchpoint's name; blank if there is none. */
    public String name() {
        return name == null ? "" : name;
    }

    /** Starts an event at this touchpoint. */
    public TouchpointEvent.Builder event() {
        return TouchpointEvent.builder(name);
    }

    /** Begins an interaction at this touchpoint; it is recorded when it is closed. */
    public Interaction begin() {
        return touchstone.begin(name);
    }

    /** Calls code as an interaction: a success if it returns, a failure if it throws. */
    public <T extends @Nullable Object, X extends Throwable> T observe(Touchstone.ObservedCall<T, X> call) throws X {
        try (Interaction visit = begin()) {
            boolean returned = false;
            try {
                T result = call.call();
                returned = true;
                return result;
            } finally {
                // no catch: an exception passes through as the same object
                visit.settle(returned);
            }
        }
    }

    /** Runs code as an interaction: a success if it returns, a failure if it throws. */
    public <X extends Throwable> void observe(Touchstone.ObservedAction<X> action) throws X {
        this.<@Nullable Object, X>observe(() -> {
            action.run();
            return null;
        });
    }
}
