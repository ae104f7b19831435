package dev.touchstone.spring;

import dev.touchstone.state.StoreException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells without a stack trace why what was kept cannot be restored. */
final class StoreFailureAnalyzer extends AbstractFailureAnalyzer<StoreException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StoreException cause) {
        return new FailureAnalysis(
                "Touchstone cannot start with what it is to keep:\n\n    " + cause.getMessage(),
                "Correct touchstone.snapshot-directory, touchstone.key-file or touchstone.former-key-files as it says;"
                        + " without touchstone.snapshot-directory nothing is kept over a restart.",
                cause);
    }
}
