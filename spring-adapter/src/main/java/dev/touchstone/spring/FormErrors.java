package dev.touchstone.spring;

import java.util.Map;
import org.springframework.validation.BindingResult;

/** Whether a form is shown again, because its input was refused. */
final class FormErrors {

    private FormErrors() {}

    /** Returns whether a model has the errors of a form. */
    static boolean areIn(Map<String, ?> model) {
        for (Object attribute : model.values()) {
            if (attribute instanceof BindingResult result && result.hasErrors()) {
                return true;
            }
        }
        return false;
    }
}
