package dev.touchstone.spring;

import java.util.List;

/** Properties cannot be used. Tells all that is wrong with them at once. */
final class InvalidPropertiesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidPropertiesException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
