package dev.touchstone.servlet.page;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts a Chromium before the first class that needs one, and ends it, with the {@link ReadOnlyShop}s, after the last. Without an
 * executable the classes are skipped; in CI they fail.
 */
final class OneChromium implements BeforeAllCallback {

    // more than a page takes to load on a machine that is busy with other things
    private static final double MOST_MS = 30_000;

    private static final ExtensionContext.Namespace SHARED = ExtensionContext.Namespace.create(OneChromium.class);

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<Path> executable = Chromium.executable();
        if (executable.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("there is no Chromium, and in CI the page has to be seen in one");
        }
        Assumptions.assumeTrue(executable.isPresent(), "the page is not looked at: there is no Chromium");
        PlaywrightAssertions.setDefaultAssertionTimeout(MOST_MS);
        ExtensionContext.Store store = context.getRoot().getStore(SHARED);
        store.getOrComputeIfAbsent("shops", key -> (AutoCloseable) ReadOnlyShop::closeAll, AutoCloseable.class);
        Browsed.chromium =
                store.getOrComputeIfAbsent("chromium", key -> new Chromium(executable.get()), Chromium.class);
    }
}
