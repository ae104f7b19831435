package dev.touchstone.spring;

import java.util.List;

/** Invalid properties, with all problems at once. */
final class InvalidPropertiesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InvalidPropertiesException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
