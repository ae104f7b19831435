package dev.touchstone.servlet.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchstone;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Consent;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.http.FinishedRequest;
import dev.touchstone.http.OutcomeClassifier;
import dev.touchstone.servlet.GlobalPrivacyControl;
import dev.touchstone.servlet.TouchstoneFilter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application is configured by its context parameters and its catalog file, and has a page if it wants one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class DeploymentContract {

    private static final String SAME_ORIGIN = "Sec-Fetch-Site: same-origin\r\n";

    private final Container container;

    protected DeploymentContract(Container container) {
        this.container = container;
    }

    /** Believes whatever a client says: only for tests. */
    public static final class HeaderResolver implements CustomerResolver<HttpServletRequest> {

        @Override
        public @Nullable CustomerId resolve(HttpServletRequest request) {
            String name = request.getHeader("X-Customer");
            return name == null ? null : CustomerId.of(name);
        }
    }

    private static Site withPage(Path folder) {
        return Site.in(folder)
                .parameter("touchstone.page.enabled", "true")
                .parameter("touchstone.customer-resolver", HeaderResolver.class.getName());
    }

    private static String get(Container.Running shop, String path, String... headers) throws IOException {
        try (Wire wire = new Wire(shop.port())) {
            return wire.exchange("GET " + path + " HTTP/1.1\r\nHost: shop\r\n" + String.join("", headers)
                    + "Connection: close\r\n\r\n");
        }
    }

    private static String post(Container.Running shop, String path, String body, String headers) throws IOException {
        try (Wire wire = new Wire(shop.port())) {
            return wire.exchange("POST " + path + " HTTP/1.1\r\nHost: shop\r\n" + headers
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length()
                    + "\r\nConnection: close\r\n\r\n" + body);
        }
    }

    @Test
    void thePageShowsWhatTheFilterRecordedButNotItself(@TempDir Path folder) throws Exception {
        Container.Running shop = container.start(withPage(folder).parameter("touchstone.name", "shop-7"));
        try {
            for (int customer = 0; customer < 10; customer++) {
                get(shop, "/orders/7", "X-Customer: c" + customer + "\r\n");
            }
            assertThat(get(shop, "/touchstone/")).startsWith("HTTP/1.1 200").contains("<title>Touchstone</title>");
            assertThat(get(shop, "/touchstone")).startsWith("HTTP/1.1 302").contains("/touchstone/");
            await().untilAsserted(() -> assertThat(get(shop, "/touchstone/scoreboard.json"))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"instance\":\"shop-7\"")
                    .contains("\"offered\":10,\"accepted\":10"));
        } finally {
            shop.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/touchstone/", "/touchstone/page.js", "/touchstone/scoreboard.json", "/touchstone/nothing"})
    void everyAnswerOfThePageIsLockedUp(String path, @TempDir Path folder) throws Exception {
        Container.Running shop = container.start(withPage(folder));
        try {
            assertThat(get(shop, path))
                    .contains("Content-Security-Policy: default-src 'none'; script-src 'self'")
                    .contains("frame-ancestors 'none'")
                    .contains("X-Content-Type-Options: nosniff")
                    .contains("no-store");
        } finally {
            shop.stop();
        }
    }

    @Test
    void aCustomerIsFoundByIdAndByPseudonymAndTheIdIsNowhere(@TempDir Path folder) throws Exception {
        Container.Running shop = container.start(withPage(folder));
        try {
            get(shop, "/throw/runtime", "X-Customer: canary-4711\r\n");
            String byId = await().until(
                            () -> post(shop, "/touchstone/customer", "id=canary-4711", SAME_ORIGIN),
                            answer -> answer.contains("\"count\":1"));
            assertThat(byId).startsWith("HTTP/1.1 200").doesNotContain("canary").contains("\"lastEventAt\":\"20");
            String pseudonym = byId.replaceAll("(?s).*\"customer\":\"([0-9a-f]{32})\".*", "$1");
            assertThat(post(shop, "/touchstone/customer", "pseudonym=" + pseudonym, SAME_ORIGIN))
                    .contains("\"customer\":\"" + pseudonym + "\"")
                    .contains("\"count\":1");
            assertThat(get(shop, "/touchstone/scoreboard.json"))
                    .doesNotContain("canary")
                    .doesNotContain(pseudonym);
            assertThat(post(shop, "/touchstone/customer", "id=unknown", SAME_ORIGIN))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"count\":0");
        } finally {
            shop.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/touchstone/customer, 'Sec-Fetch-Site: cross-site', 403",
        "/touchstone/customer, 'Sec-Fetch-Site: none', 403",
        "/touchstone/customer, 'Origin: https://evil.example', 403",
        "/touchstone/customer, 'Origin: null', 403",
        "/touchstone/customer, 'X-Nothing: 1', 403",
        "/touchstone/customer, 'Origin: http://shop', 200",
        "/touchstone/customer, 'Origin: https://shop', 200",
        "/touchstone/customer?id=ada, 'Origin: http://shop', 400",
        "/touchstone/scoreboard.json, 'Origin: http://shop', 404"
    })
    void onlyThePageItselfMayAskForACustomerAndNeverInTheAddress(
            String path, String header, int status, @TempDir Path folder) throws Exception {
        Container.Running shop = container.start(withPage(folder));
        try {
            assertThat(post(shop, path, "id=ada", header + "\r\n")).startsWith("HTTP/1.1 " + status);
        } finally {
            shop.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"id=", "pseudonym=xyz", "pseudonym=%00", "other=1", "id=%F0%28%8C%28%00"})
    void whatIsNoCustomerIsToldApart(String body, @TempDir Path folder) throws Exception {
        Container.Running shop = container.start(withPage(folder));
        try {
            assertThat(post(shop, "/touchstone/customer", body, SAME_ORIGIN)).startsWith("HTTP/1.1 400");
        } finally {
            shop.stop();
        }
    }

    @Test
    void formThatIsLongerThanAnyIdIsRefused(@TempDir Path folder) throws Exception {
        Container.Running shop = container.start(withPage(folder));
        try {
            assertThat(post(shop, "/touchstone/customer", "id=" + "a".repeat(10_000), SAME_ORIGIN))
                    .startsWith("HTTP/1.1 413");
        } finally {
            shop.stop();
        }
    }

    @Test
    void ofTwoFiltersOneRecords(@TempDir Path folder) throws Exception {
        try (Touchstone touchstone = Touchstone.create()) {
            Container.Running shop = container.start(Site.in(folder)
                    .attribute(TouchstoneFilter.TOUCHSTONE, touchstone)
                    .attribute(
                            ShopInitializer.SECOND_FILTER,
                            TouchstoneFilter.of(touchstone).build()));
            try {
                get(shop, "/orders/7");
                get(shop, "/forward");
                get(shop, "/throw/explained");
                get(shop, "/async/again");
                await().untilAsserted(
                                () -> assertThat(touchstone.health().accepted()).isEqualTo(4));
            } finally {
                shop.stop();
            }
            assertThat(touchstone.health().offered()).isEqualTo(4);
        }
    }

    /** Takes the channel from where this shop's applications put it. */
    public static final class ChannelHeader implements ChannelResolver<HttpServletRequest> {

        @Override
        public @Nullable Channel resolve(HttpServletRequest request) {
            String name = request.getHeader("X-Channel");
            return name == null ? null : Channel.of(name);
        }
    }

    /** Fails. */
    public static final class Broken
            implements ConsentResolver<HttpServletRequest>, OutcomeClassifier<HttpServletRequest> {

        @Override
        public Consent resolve(HttpServletRequest request) {
            throw new IllegalStateException("unknown");
        }

        @Override
        public Outcome classify(FinishedRequest<HttpServletRequest> request) {
            throw new IllegalStateException("unknown");
        }
    }

    @Test
    void resolversAreAsked(@TempDir Path folder) throws Exception {
        Container.Running shop = container.start(withPage(folder)
                .parameter("touchstone.channel-resolver", ChannelHeader.class.getName())
                .parameter("touchstone.consent-resolver", GlobalPrivacyControl.class.getName())
                .parameter("touchstone.outcome-classifier", Broken.class.getName()));
        try {
            get(shop, "/status/503", "X-Customer: ada\r\nX-Channel: kiosk\r\n");
            get(shop, "/status/200", "X-Customer: ada\r\nSec-GPC: 1\r\n");
            await().untilAsserted(() -> assertThat(get(shop, "/touchstone/scoreboard.json"))
                    .contains("\"accepted\":2")
                    .contains("\"anonymous\":1,\"live\":1")
                    .contains("\"classifier_error\":2")
                    .contains("\"channel\":\"kiosk\""));
        } finally {
            shop.stop();
        }
    }

    @Test
    void aBrokenConsentResolverMeansNoConsent(@TempDir Path folder) throws Exception {
        Container.Running shop =
                container.start(withPage(folder).parameter("touchstone.consent-resolver", Broken.class.getName()));
        try {
            assertThat(get(shop, "/status/200", "X-Customer: ada\r\n")).startsWith("HTTP/1.1 200");
            await().untilAsserted(() -> assertThat(get(shop, "/touchstone/scoreboard.json"))
                    .contains("\"offered\":1,\"accepted\":0,\"dropped\":{\"no_consent\":1}"));
        } finally {
            shop.stop();
        }
    }

    private static Path keyFile(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("pseudonym.key"), "a secret of 32 characters or more");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        return file;
    }

    @Test
    void customersSurviveARestart(@TempDir Path folder) throws Exception {
        Site site = withPage(folder)
                .parameter("touchstone.key-file", keyFile(folder).toString())
                .parameter(
                        "touchstone.snapshot-directory",
                        folder.resolve("snapshots").toString())
                .parameter("touchstone.snapshot-interval", "1h")
                .parameter("touchstone.retention", "30d")
                .parameter("touchstone.lifetime", "true")
                .parameter("touchstone.sampling-rate", "1")
                .parameter("touchstone.minimum-group-size", "0");
        Container.Running first = container.start(site);
        try {
            get(first, "/orders/7", "X-Customer: ada\r\n");
            await().untilAsserted(() -> assertThat(get(first, "/touchstone/scoreboard.json"))
                    .contains("\"accepted\":1")
                    .doesNotContain("\"small\":true"));
        } finally {
            first.stop();
        }
        Container.Running second = container.start(site);
        try {
            assertThat(post(second, "/touchstone/customer", "id=ada", SAME_ORIGIN))
                    .startsWith("HTTP/1.1 200")
                    .contains("\"count\":1")
                    .contains("\"lifetime");
        } finally {
            second.stop();
        }
    }

    @Test
    void applicationThatIsSwitchedOffNeedsNoKey(@TempDir Path folder) throws Exception {
        Container.Running shop = container.start(Site.in(folder)
                .parameter("touchstone.enabled", "false")
                .parameter("touchstone.key-file", folder.resolve("missing").toString()));
        try {
            assertThat(get(shop, "/status/200")).startsWith("HTTP/1.1 200");
        } finally {
            shop.stop();
        }
    }

    @Test
    void withoutThePageItsPathIsLikeAnyOther(@TempDir Path folder) throws Exception {
        Container.Running shop = container.start(Site.in(folder));
        try {
            // two paths of the same length, so that nothing but the path may differ
            assertThat(get(shop, "/touchstone/scoreboard.json"))
                    .startsWith("HTTP/1.1 404")
                    .isEqualTo(get(shop, "/touchst0ne/scoreboard.json").replace("touchst0ne", "touchstone"));
        } finally {
            shop.stop();
        }
    }

    @Test
    void whatIsExcludedByNameIsNotRecorded(@TempDir Path folder) throws Exception {
        Container.Running shop =
                container.start(withPage(folder).parameter("touchstone.exclude", "/facts, *.do\n/status/*"));
        try {
            get(shop, "/facts");
            get(shop, "/thing.do");
            get(shop, "/status"); // not declared as a route, unlike those below it
            get(shop, "/status/200");
            await().untilAsserted(() ->
                    assertThat(get(shop, "/touchstone/scoreboard.json")).contains("\"offered\":1,"));
        } finally {
            shop.stop();
        }
    }
}
