package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The application's instance for those who are made before it, or on whom what it is made of may depend: its listeners may
 * be advised, or use an executor whose tasks are decorated. Thread-safe.
 */
final class LateTouchstone implements Supplier<@Nullable Touchstone> {

    private final ObjectProvider<Touchstone> provider;
    private volatile @Nullable Touchstone found;

    LateTouchstone(ObjectProvider<Touchstone> provider) {
        this.provider = provider;
    }

    /** Returns the instance, or null as long as it is not there. */
    @Override
    public @Nullable Touchstone get() {
        Touchstone known = found;
        if (known == null) {
            try {
                known = provider.getIfAvailable();
            } catch (BeansException e) {
                return null; // it is being made; whoever makes it is told if that fails
            }
            found = known;
        }
        return known;
    }
}
