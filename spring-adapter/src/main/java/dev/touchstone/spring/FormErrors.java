package dev.touchstone.spring;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.validation.BindingResult;

/** Detects a form that is shown again because its input was refused. */
final class FormErrors {

    private FormErrors() {}

    /** Returns whether a model contains errors of a form. */
    static boolean areIn(@Nullable Map<String, ?> model) {
        return areIn(model, null);
    }

    /**
     * Returns whether a model contains errors of a form.
     *
     * @param known the attributes whose errors are ignored
     */
    static boolean areIn(@Nullable Map<String, ?> model, @Nullable Map<String, ?> known) {
        if (model != null) {
            for (Map.Entry<String, ?> attribute : model.entrySet()) {
                if (attribute.getValue() instanceof BindingResult result
                        && result.hasErrors()
                        && (known == null || known.get(attribute.getKey()) != result)) {
                    return true;
                }
            }
        }
        return false;
    }
}
