package dev.touchstone.servlet.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that look at the page in a Chromium, if there is one; in CI there has to be. After each, the console has to be empty, and no
 * other host must have been asked.
 */
@ExtendWith(OneChromium.class)
@SuppressWarnings("UnnecessaryLambda") // a listener is removed by the object that was added
abstract class Browsed {

    private static final Pattern LOADED = Pattern.compile("as of|Stand");

    /** Makes the page look for news every tenth of a second. */
    static final String IMPATIENT = "const wait = setTimeout;"
            + " window.setTimeout = (then, millis, ...values) => wait(then, Math.min(millis, 100), ...values);";

    private static final String AXE = axe();

    static Chromium chromium;

    final List<String> troubles = new ArrayList<>();
    final List<String> requests = new ArrayList<>();
    private @Nullable BrowserContext context;

    private final Consumer<ConsoleMessage> noteMessages = message -> {
        if (message.type().equals("error") || message.type().equals("warning")) {
            troubles.add(message.text());
        }
    };
    private final Consumer<String> noteErrors = troubles::add;
    private final Consumer<Dialog> noteDialogs = dialog -> {
        troubles.add("a script ran: " + dialog.message());
        dialog.dismiss();
    };
    private final Consumer<Request> noteRequests = request -> {
        if (!request.url().startsWith("blob:http://127.0.0.1:")) { // made by the page
            requests.add(request.url());
        }
    };

    /** Returns the texts of elements as they are shown. */
    static List<String> texts(Page page, String selector) {
        return read(page, selector, "element => element.innerText");
    }

    /**
     * Reads something of all elements in one step. Between two, news may replace them, and an element that is no longer
     * in the document has lost its line breaks.
     *
     * @param reading a function of JavaScript from an element to a string
     */
    static List<String> read(Page page, String selector, String reading) {
        Object read =
                page.evaluate("selector => [...document.querySelectorAll(selector)].map(" + reading + ")", selector);
        return ((List<?>) read).stream().map(String::valueOf).toList();
    }

    /** Loads a page in the window that tests share, as wide as a laptop's. */
    Page look(String address) {
        return look(address, 1280, 720);
    }

    Page look(String address, int width, int height) {
        leave();
        Page page = chromium.window();
        context = page.context();
        page.setViewportSize(width, height);
        return load(page, address);
    }

    /** Loads a page in a window of its own, for what cannot be changed in one that is open. */
    Page look(String address, Browser.NewContextOptions options) {
        return look(address, options, page -> {});
    }

    /** Looks at a page that asks for news every tenth of a second. */
    Page lookImpatiently(PageSite site) {
        return look(site.address(), new Browser.NewContextOptions(), page -> page.addInitScript(IMPATIENT));
    }

    /** @param before prepares the page before it is loaded */
    Page look(String address, Browser.NewContextOptions options, Consumer<Page> before) {
        leave();
        context = chromium.browser().newContext(options);
        Page page = context.newPage();
        before.accept(page);
        return load(page, address);
    }

    private Page load(Page page, String address) {
        page.onConsoleMessage(noteMessages);
        page.onPageError(noteErrors);
        page.onDialog(noteDialogs);
        page.onRequest(noteRequests);
        page.navigate(address);
        PlaywrightAssertions.assertThat(page.locator("#as-of")).containsText(LOADED);
        return page;
    }

    void leave() {
        if (context == null) {
            return;
        }
        Page window = chromium.window();
        if (context == window.context()) {
            window.offConsoleMessage(noteMessages);
            window.offPageError(noteErrors);
            window.offDialog(noteDialogs);
            window.offRequest(noteRequests);
            chromium.clearWindow();
        } else {
            context.close();
        }
        context = null;
    }

    @AfterEach
    void nothingWentWrongAndNoOtherHostWasAsked() {
        leave();
        assertThat(troubles).isEmpty();
        assertThat(requests)
                .isNotEmpty()
                .allSatisfy(url -> assertThat(URI.create(url).getAuthority()).startsWith("127.0.0.1:"));
    }

    /** Runs axe, which the page itself would not load: the policy does not apply to scripts that the driver runs. */
    static List<String> violations(Page page) {
        return violations(page, "document");
    }

    /** Runs axe on the parts of the page that a test is about. */
    static List<String> violationsIn(Page page, String selector) {
        return violations(page, "[...document.querySelectorAll('" + selector + "')]");
    }

    /** Runs the rules of axe that depend on colors. */
    static List<String> contrastViolations(Page page, String... rules) {
        return violations(
                page, "document", "runOnly: { type: 'rule', values: ['" + String.join("', '", rules) + "'] }");
    }

    @SuppressWarnings("unchecked")
    private static List<String> violations(Page page, String where, String... options) {
        page.evaluate("script => globalThis.axe ?? (0, eval)(script)", AXE);
        return (List<String>)
                page.evaluate(
                        "async () => (await axe.run(" + where + ", { resultTypes: ['violations'], "
                                + String.join(", ", options) + "})).violations"
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
