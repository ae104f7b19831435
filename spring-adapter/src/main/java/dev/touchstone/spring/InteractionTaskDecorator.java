package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Scope;
import dev.touchstone.Touchstone;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskDecorator;

/** Runs a task inside the interaction in which it was submitted. Thread-safe. */
final class InteractionTaskDecorator implements TaskDecorator {

    private final Supplier<@Nullable Touchstone> instance;

    InteractionTaskDecorator(Supplier<@Nullable Touchstone> instance) {
        this.instance = instance;
    }

    @Override
    @SuppressWarnings("try") // the scope is used only by closing it
    public Runnable decorate(Runnable task) {
        Touchstone touchstone = instance.get();
        Interaction outer = touchstone == null ? null : touchstone.current().orElse(null);
        if (touchstone == null || outer == null) {
            return task;
        }
        return () -> {
            try (Scope scope = touchstone.scope(outer)) {
                task.run();
            }
        };
    }
}
