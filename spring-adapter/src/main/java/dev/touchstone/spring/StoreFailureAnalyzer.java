package dev.touchstone.spring;

import dev.touchstone.state.StoreException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Describes without a stack trace why saved state cannot be restored. */
final class StoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StoreException cause) {
        return new FailureAnalysis(
                "Touchstone cannot start: saved state cannot be used:\n\n    " + cause.getMessage(),
                "Correct touchstone.snapshot-directory, touchstone.key-file or touchstone.former-key-files as described."
                        + " Without touchstone.snapshot-directory, nothing is saved over a restart.",
                cause);
    }
}
