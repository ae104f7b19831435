package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Touchstone;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/** Propagates the current interaction by Micrometer's context propagation, until the application ends. Thread-safe. */
final class InteractionAccessor implements ThreadLocalAccessor<Interaction>, InitializingBean, DisposableBean {

    private final Touchstone touchstone;
    private final ContextRegistry registry;
    private final String key;

    InteractionAccessor(Touchstone touchstone, ContextRegistry registry) {
        this.touchstone = touchstone;
        this.registry = registry;
        this.key = ReactorContext.keyOf(touchstone);
    }

    @Override
    public void afterPropertiesSet() {
        registry.registerThreadLocalAccessor(this);
    }

    @Override
    public void destroy() {
        registry.removeThreadLocalAccessor(key);
    }

    @Override
    public Object key() {
        return key;
    }

    @Override
    public @Nullable Interaction getValue() {
        return touchstone.current().orElse(null);
    }

    // the caller restores the previous value itself

    @Override
    public void setValue(Interaction interaction) {
        touchstone.scope(interaction);
    }

    @Override
    public void setValue() {
        touchstone.scope(null);
    }
}
