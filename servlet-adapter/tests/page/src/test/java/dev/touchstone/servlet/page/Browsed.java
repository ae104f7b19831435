package dev.touchstone.servlet.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;

/**
 * Tests that look at the page in a Chromium, if there is one; in CI there has to be. After each, the console has to be empty, and no
 * other host must have been asked.
 */
abstract class Browsed {

    private static final Pattern LOADED = Pattern.compile("as of|Stand");

    /** Makes the page look for news every tenth of a second. */
    static final String IMPATIENT = "const wait = setTimeout;"
            + " window.setTimeout = (then, millis, ...values) => wait(then, Math.min(millis, 100), ...values);";

    static Chromium chromium;

    final List<String> troubles = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    BrowserContext context;

    @BeforeAll
    static void start() {
        Optional<Path> executable = Chromium.executable();
        if (executable.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("there is no Chromium, and in CI the page has to be seen in one");
        }
        Assumptions.assumeTrue(executable.isPresent(), "the page is not looked at: there is no Chromium");
        chromium = new Chromium(executable.get());
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
            chromium = null;
        }
    }

    Page look(String address, Browser.NewContextOptions options) {
        return look(address, options, page -> {});
    }

    /** @param before prepares the page before it is loaded */
    Page look(String address, Browser.NewContextOptions options, Consumer<Page> before) {
        context = chromium.browser().newContext(options);
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                troubles.add(message.text());
            }
        });
        page.onPageError(troubles::add);
        page.onDialog(dialog -> {
            troubles.add("a script ran: " + dialog.message());
            dialog.dismiss();
        });
        page.onRequest(request -> {
            if (!request.url().startsWith("blob:http://127.0.0.1:")) { // made by the page
                requests.add(request.url());
            }
        });
        before.accept(page);
        page.navigate(address);
        PlaywrightAssertions.assertThat(page.locator("#as-of")).containsText(LOADED);
        return page;
    }

    void leave() {
        if (context != null) {
            context.close();
        }
    }

    @AfterEach
    void nothingWentWrongAndNoOtherHostWasAsked() {
        if (context != null) {
            context.close();
            assertThat(troubles).isEmpty();
            assertThat(requests)
                    .isNotEmpty()
                    .allSatisfy(
                            url -> assertThat(URI.create(url).getAuthority()).startsWith("127.0.0.1:"));
        }
    }

    /** Runs axe, which the page itself would not load: the policy does not apply to scripts that the driver runs. */
    static List<String> violations(Page page) {
        return violations(page, "{}");
    }

    /** @param options those of {@code axe.run}, in JavaScript */
    @SuppressWarnings("unchecked")
    static List<String> violations(Page page, String options) {
        page.evaluate(axe());
        return (List<String>)
                page.evaluate(
                        "async () => (await axe.run(" + options + ")).violations"
                                + ".map(found => found.id + ': ' + found.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | '))");
    }

    private static String axe() {
        try (InputStream script = Browsed.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
