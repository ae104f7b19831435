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
 * Records the variant of each feature flag that OpenFeature evaluates as an attribute of the current interaction,
 * named {@code flag:} and the flag's key. For a flag without variants, a boolean value is recorded; other values are
 * not, because they may be about a customer. OpenFeature never releases its hooks, so this one releases the instance
 * when the application ends. Thread-safe.
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
