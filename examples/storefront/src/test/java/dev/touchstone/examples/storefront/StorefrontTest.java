package dev.touchstone.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.survey.Answers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The shop with visitors in a hurry. */
@ExtendWith(OutputCaptureExtension.class)
class StorefrontTest {

    @Test
    void searchingAndPayingAreTheWeakestSpots(CapturedOutput output) throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (ConfigurableApplicationContext shop = open(0, "--storefront.visitors=8", "--storefront.pause=5ms")) {
            Touchstone touchstone = shop.getBean(Touchstone.class);
            await().atMost(Duration.ofSeconds(60)).until(() -> countOf(touchstone, "confirm") >= 60);
            // visitors are random: at first another touchpoint may come close by chance
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertSearchAndPayAreWorst(touchstone));
            assertThat(touchstone.scoreboard().journeys().get(0).completed()).isPositive();

            String json = read(shop, "/actuator/touchstone");
            assertThat(JsonPath.<List<String>>read(json, "$.touchpoints[?(@.status != 'UNDECLARED')].name"))
                    .containsExactlyInAnyOrder(
                            "home", "search", "product", "cart", "pay", "warehouse.pack", "confirm", "help");
            assertThat(JsonPath.<List<String>>read(json, "$.touchpoints[?(@.status == 'UNDECLARED')].name"))
                    .contains("POST /cart/{id}")
                    .allSatisfy(name -> assertThat(name).doesNotContain("cup"));
            assertThat(JsonPath.<String>read(read(shop, "/actuator/touchstone/pay"), "$.touchpoints[0].owner"))
                    .isEqualTo("payments");
            assertThat(read(shop, "/actuator/health")).contains("UP");
            assertThat(read(shop, "/scores")).contains("<td>search</td>");
        }
        assertThat(output)
                .contains("http://localhost:")
                .contains("curl localhost:")
                .doesNotContain("Exception");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(newThreads(before)).isEmpty());
    }

    private static void assertSearchAndPayAreWorst(Touchstone touchstone) {
        List<Scoreboard.TouchpointScope> worstFirst = touchstone.scoreboard().touchpoints().stream()
                .filter(touchpoint -> touchpoint.status() == Scoreboard.Status.ACTIVE)
                .sorted(Comparator.comparing(StorefrontTest::experience))
                .toList();
        assertThat(worstFirst.subList(0, 2))
                .extracting(touchpoint -> touchpoint.definition().name())
                .containsExactlyInAnyOrder("search", "pay");
        assertThat(experience(worstFirst.get(2)) - experience(worstFirst.get(1)))
                .isGreaterThan(5);
    }

    @Test
    void visitorsWhoLogInBecomeCustomers() {
        try (ConfigurableApplicationContext shop = open(0, "--storefront.visitors=0")) {
            Touchstone touchstone = shop.getBean(Touchstone.class);
            Browser browser = new Browser("http://127.0.0.1:" + port(shop));
            assertThat(get(browser, "/")).isEqualTo(200);
            assertThat(get(browser, "/product/cup")).isEqualTo(200);
            assertThat(touchstone.customer(CustomerId.of("ada")).count()).isZero();
            assertThat(post(browser, "/login?name=ada")).isEqualTo(200);
            await().until(() -> touchstone.customer(CustomerId.of("ada")).count()
                    == 4); // home, product, the log-in itself, and home again
            assertThat(touchstone.health().customers()).isOne();
        }
    }

    @Test
    void whatCustomersAnswerIsCountedAsFarAsItIsAnAnswer() throws IOException {
        try (ConfigurableApplicationContext shop = open(0, "--storefront.visitors=0")) {
            Browser browser = new Browser("http://127.0.0.1:" + port(shop));
            assertThat(post(browser, "/answer?recommend=9&satisfied=&easy=70")).isEqualTo(200);
            Answers answers =
                    shop.getBean(Touchstone.class).scoreboard().indices().overall();
            assertThat(answers.nps().groups().n()).isOne();
            assertThat(answers.csat().groups().n()).isZero();
            assertThat(answers.ces2().groups().n()).isZero();
            assertThat(read(shop, "/actuator/prometheus"))
                    .contains("touchstone_nps_total{touchstone_answer=\"promoter\",touchstone_channel=\"web\"");
        }
    }

    @Test
    void customersAreAskedOnceInAWhileAndTheirAnswersAreLearned() {
        try (ConfigurableApplicationContext shop =
                open(0, "--storefront.visitors=0", "--storefront.failed-payments=0")) {
            Touchstone touchstone = shop.getBean(Touchstone.class);
            Browser browser = new Browser("http://127.0.0.1:" + port(shop));
            assertThat(post(browser, "/login?name=ada")).isEqualTo(200);
            assertThat(browser.isAsked()).isFalse();
            await().until(() -> touchstone.customer(CustomerId.of("ada")).count() > 0);
            assertThat(post(browser, "/pay")).isEqualTo(200);
            assertThat(browser.isAsked()).isTrue();
            assertThat(post(browser, "/answer?satisfied=1")).isEqualTo(200);
            assertThat(post(browser, "/pay")).isEqualTo(200);
            assertThat(browser.isAsked()).as("not again within a week").isFalse();
            Scoreboard scoreboard = touchstone.scoreboard();
            assertThat(scoreboard.indices().responseRates()).containsEntry("csat", 1.0);
            assertThat(scoreboard.predicted().orElseThrow().answers()).isEqualTo(1);
        }
    }

    @Test
    void failedPaymentOpensACaseForPayments() {
        try (ConfigurableApplicationContext shop =
                open(0, "--storefront.visitors=0", "--storefront.failed-payments=1")) {
            Touchstone touchstone = shop.getBean(Touchstone.class);
            Browser browser = new Browser("http://127.0.0.1:" + port(shop));
            assertThat(post(browser, "/login?name=ada")).isEqualTo(200);
            assertThat(post(browser, "/pay")).isEqualTo(502);
            await().until(() -> touchstone.customer(CustomerId.of("ada")).isAtRisk());
            assertThat(touchstone.care().cases().all())
                    .singleElement()
                    .satisfies(file -> assertThat(file.owner()).contains("payments"));
        }
    }

    @Test
    void aTakenPortIsSaidPlainly(CapturedOutput output) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            try (ConfigurableApplicationContext shop = open(taken.getLocalPort(), "--storefront.visitors=1")) {
                assertThat(shop.isActive()).isFalse();
            } catch (RuntimeException e) {
                assertThat(output)
                        .contains("APPLICATION FAILED TO START")
                        .contains("Port " + taken.getLocalPort() + " was already in use")
                        .doesNotContain("\tat ");
                return;
            }
        }
        throw new AssertionError("started on a port that was taken");
    }

    private static ConfigurableApplicationContext open(int port, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--server.port=" + port, "--spring.jmx.enabled=false"));
        all.addAll(List.of(arguments));
        return SpringApplication.run(StorefrontApplication.class, all.toArray(String[]::new));
    }

    private static String port(ConfigurableApplicationContext shop) {
        return String.valueOf(shop.getEnvironment().getProperty("local.server.port"));
    }

    private static String read(ConfigurableApplicationContext shop, String path) throws IOException {
        try (var stream =
                URI.create("http://127.0.0.1:" + port(shop) + path).toURL().openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int get(Browser browser, String path) {
        try {
            return browser.get(path);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int post(Browser browser, String path) {
        try {
            return browser.post(path);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static double experience(Scoreboard.TouchpointScope touchpoint) {
        return touchpoint.scores().baseline().experience().value();
    }

    private static long countOf(Touchstone touchstone, String name) {
        return touchstone.scoreboard().touchpoints().stream()
                .filter(touchpoint -> touchpoint.definition().name().equals(name))
                .mapToLong(touchpoint -> touchpoint.scores().count())
                .sum();
    }

    private static Set<String> newThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .filter(name -> name.startsWith("visitor") || name.startsWith("touchstone") || name.startsWith("http-"))
                .collect(Collectors.toSet());
    }
}
