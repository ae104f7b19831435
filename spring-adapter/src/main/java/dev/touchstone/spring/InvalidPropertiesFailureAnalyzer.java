package dev.touchstone.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Describes the problems of properties instead of where the exception was thrown. */
final class InvalidPropertiesFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPropertiesException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertiesException cause) {
        return new FailureAnalysis(
                "Touchstone cannot start: properties are invalid:\n\n    "
                        + String.valueOf(cause.getMessage()).replace("\n", "\n    "),
                "Correct them, or remove them to use the defaults.",
                cause);
    }
}
