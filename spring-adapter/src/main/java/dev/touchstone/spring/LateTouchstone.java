package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.beans.factory.ObjectProvider;

/**
 * The application's instance, for beans that are created earlier or on which the instance may depend: its listeners
 * may be advised, or use an executor with decorated tasks. Thread-safe.
 */
final class LateTouchstone implements Supplier<@Nullable Touchstone> {

    private final ObjectProvider<Touchstone> provider;
    private volatile @Nullable Touchstone found;

    LateTouchstone(ObjectProvider<Touchstone> provider) {
        this.provider = provider;
    }

    /** Returns the instance; null until it exists. */
    @Override
    public @Nullable Touchstone get() {
        Touchstone known = found;
        if (known == null) {
            try {
                known = provider.getIfAvailable();
            } catch (BeansException e) {
                return null; // the instance is being created; a failure is reported there
            }
            found = known;
        }
        return known;
    }
}
