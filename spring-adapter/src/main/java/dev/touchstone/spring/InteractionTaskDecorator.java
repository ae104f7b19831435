package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Scope;
import dev.touchstone.Touchstone;
import org.springframework.core.task.TaskDecorator;

/** Lets what a task records happen inside the interaction in which the task was handed over. Thread-safe. */
final class InteractionTaskDecorator implements TaskDecorator {

    private final Touchstone touchstone;

    InteractionTaskDecorator(Touchstone touchstone) {
        this.touchstone = touchstone;
    }

    @Override
    @SuppressWarnings("try") // the scope is there to be closed
    public Runnable decorate(Runnable task) {
        Interaction outer = touchstone.current().orElse(null);
        if (outer == null) {
            return task;
        }
        return () -> {
            try (Scope scope = touchstone.scope(outer)) {
                task.run();
            }
        };
    }
}
