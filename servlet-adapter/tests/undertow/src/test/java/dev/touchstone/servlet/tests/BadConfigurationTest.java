package dev.touchstone.servlet.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that is configured wrongly does not start, and says all that is wrong at once, and where. */
class BadConfigurationTest {

    private final Container container = new UndertowContainer();

    @TempDir
    Path folder;

    private void assertRefused(Site site, String... parts) {
        assertThatThrownBy(() -> container.start(site)).satisfies(thrown -> {
            Throwable told = thrown;
            while (told.getCause() != null
                    && !String.valueOf(told.getMessage()).startsWith("Touchstone cannot start")) {
                told = told.getCause();
            }
            assertThat(told).hasMessageContainingAll(parts);
        });
    }

    @Test
    void everythingIsToldAtOnce() {
        assertRefused(
                Site.in(folder)
                        .catalog("{ \"touchpoints\": [ { \"name\": \"a b\", \"importance\": 11 } ] }")
                        .parameter("touchstone.maximum-series", "many")
                        .parameter("touchstone.retention", "P900D")
                        .parameter("touchstone.name", "not a name")
                        .parameter("touchstone.exclude", "/a*b")
                        .parameter("touchstone.enabled", "yes")
                        .parameter("touchstone.page.enabled", "true")
                        .parameter("touchstone.page.path", "page")
                        .parameter("touchstone.page.links.logs", "ftp://logs.example.com/{touchpoint}")
                        .parameter("touchstone.customer-resolver", "java.lang.String")
                        .parameter("touchstone.consent-resolver", "com.acme.Missing")
                        .parameter("touchstone.sampling-rate", "2")
                        .parameter("touchstone.lifetime", "sometimes")
                        .parameter("touchstone.minimum-group-size", "3")
                        .parameter("touchstone.key-file", "/no/such/key")
                        .parameter("touchstone.former-key-files", "/no/such/key")
                        .parameter("touchstone.snapshot-interval", "1d")
                        .parameter("touchstone.care.enabled", "true")
                        .parameter("touchstone.care.quiet-time", "long")
                        .parameter("touchstone.care.webhook.url", "https://crm.example.com/signals")
                        .parameter("touchstone.care.cases.enabled", "true")
                        .parameter("touchstone.care.cases.path", "cases")
                        .parameter("touchstone.katalog", "x"),
                "touchstone.json#/touchpoints/0/name",
                "touchstone.json#/touchpoints/0/importance",
                "context parameter touchstone.maximum-series: \"many\" is not a whole number",
                "context parameter touchstone.retention",
                "context parameter touchstone.name",
                "context parameter touchstone.exclude: \"/a*b\" is not a URL pattern",
                "context parameter touchstone.enabled: \"yes\" is neither true nor false",
                "context parameter touchstone.page.path",
                "context parameter touchstone.page.links.logs: \"ftp://logs.example.com/{touchpoint}\" is not a link",
                "context parameter touchstone.customer-resolver: \"java.lang.String\" is not a dev.touchstone.CustomerResolver",
                "context parameter touchstone.consent-resolver: \"com.acme.Missing\" cannot be created",
                "context parameter touchstone.sampling-rate: 2.0 is not a sampling rate: it must be more than 0 and at most 1",
                "context parameter touchstone.lifetime: \"sometimes\" is neither true nor false",
                "context parameter touchstone.minimum-group-size",
                "context parameter touchstone.key-file",
                "context parameter touchstone.former-key-files",
                "context parameter touchstone.snapshot-interval",
                "context parameter touchstone.care.quiet-time: \"long\" is not a duration",
                "context parameter touchstone.care.webhook.url: needs a secret; set care.webhook.secret-file",
                "context parameter touchstone.care.cases.path: \"cases\" is not a path",
                "context parameter touchstone.katalog: is not known; did you mean \"touchstone.catalog\"?");
    }

    @Test
    void snapshotsNeedAKey() {
        assertRefused(
                Site.in(folder)
                        .parameter(
                                "touchstone.snapshot-directory",
                                folder.resolve("snapshots").toString()),
                "context parameter touchstone.snapshot-directory: needs a pseudonym key");
    }

    @Test
    void aCatalogHasToBeWhereItIsSaidToBe() {
        assertRefused(
                Site.in(folder).parameter("touchstone.catalog", "/WEB-INF/other.json"),
                "context parameter touchstone.catalog: there is no file to read at \"/WEB-INF/other.json\"");
        assertRefused(
                Site.in(folder).parameter("touchstone.catalog", "file:/no/such/file.json"),
                "context parameter touchstone.catalog",
                "does not exist");
    }
}
