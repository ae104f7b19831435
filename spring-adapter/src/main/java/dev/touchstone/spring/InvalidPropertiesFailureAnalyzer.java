package dev.touchstone.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with properties instead of where it was found. */
final class InvalidPropertiesFailureAnalyzer extends AbstractFailureAnalyzer<InvalidPropertiesException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, InvalidPropertiesException cause) {
        return new FailureAnalysis(
                "Touchstone cannot start with these properties:\n\n    "
                        + String.valueOf(cause.getMessage()).replace("\n", "\n    "),
                "Correct them, or remove them to get their defaults.",
                cause);
    }
}
