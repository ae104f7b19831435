package dev.touchstone.servlet.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The system's Chromium: one process for all classes, which begins when it is first looked at and ends with the JVM. */
final class Chromium implements AutoCloseable {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));

    private final Playwright playwright;
    private final Browser browser;
    private @Nullable Page window;

    Chromium(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox")));
    }

    static Optional<Path> executable() {
        return PLACES.stream().filter(Files::isExecutable).findFirst();
    }

    /** Returns a window that stays open: making one takes as long as loading the page in it. */
    Page window() {
        Page opened = window;
        if (opened == null) {
            opened = browser.newContext().newPage();
            window = opened;
        }
        return opened;
    }

    /** Leaves what the window shows, and what was emulated in it. */
    void clearWindow() {
        window().navigate("about:blank");
        window().emulateMedia(new Page.EmulateMediaOptions()
                .setMedia(null)
                .setColorScheme(null)
                .setContrast(null)
                .setForcedColors(null));
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
