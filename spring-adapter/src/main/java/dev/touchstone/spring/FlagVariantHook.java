package dev.touchstone.spring;

import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.Hook;
import dev.openfeature.sdk.HookContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.touchstone.Interaction;
import dev.touchstone.Touchstone;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Writes the variant of each feature flag that OpenFeature evaluates into the interaction that is going on, as the attribute
 * {@code flag:} and the key of the flag, so that variants can be compared. A flag without variants has the value of a switch, and others
 * have nothing: a text may be about a customer. OpenFeature keeps its hooks for ever, so this one lets go of the instance when the
 * application ends. Thread-safe.
 */
final class FlagVariantHook implements Hook<Object>, InitializingBean, DisposableBean {

    private static final String PREFIX = "flag:";

    private final OpenFeatureAPI flags;
    private volatile @Nullable Touchstone touchstone;

    FlagVariantHook(Touchstone touchstone, OpenFeatureAPI flags) {
        this.touchstone = touchstone;
        this.flags = flags;
    }

    @Override
    public void afterPropertiesSet() {
        flags.addHooks(this);
    }

    @Override
    public void destroy() {
        touchstone = null;
    }

    @Override
    public void after(HookContext<Object> context, FlagEvaluationDetails<Object> details, Map<String, Object> hints) {
        Touchstone known = touchstone;
        Interaction current = known == null ? null : known.current().orElse(null);
        if (current != null) {
            current.attribute(PREFIX + context.getFlagKey(), variant(details));
        }
    }

    private static @Nullable String variant(FlagEvaluationDetails<Object> details) {
        if (details.getVariant() != null) {
            return details.getVariant();
        }
        return details.getValue() instanceof Boolean on ? on.toString() : null;
    }
}
