package dev.touchstone.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.survey.Answers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The shop with visitors in a hurry. */
@ExtendWith(OutputCaptureExtension.class)
class StorefrontTest {

    @Test
    void searchingAndPayingAreTheWeakestSpots(CapturedOutput output) throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (RunningShop shop = RunningShop.open(
                "--storefront.visitors=8",
                "--storefront.pause=5ms",
                "--storefront.slow-searches=0.3",
                "--storefront.failed-payments=0.35",
                "--storefront.bad-days.enabled=false")) {
            Touchstone touchstone = shop.touchstone();
            await().atMost(Duration.ofSeconds(60)).until(() -> countOf(touchstone, "confirm") >= 60);
            // visitors are random: at first another touchpoint may come close by chance
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertSearchAndPayAreWorst(touchstone));
            assertThat(touchstone.scoreboard().journeys().get(0).completed()).isPositive();

            String json = shop.read("/actuator/touchstone");
            assertThat(JsonPath.<List<String>>read(json, "$.touchpoints[?(@.status != 'UNDECLARED')].name"))
                    .containsExactlyInAnyOrder(
                            "home", "search", "product", "cart", "pay", "warehouse.pack", "confirm", "help");
            assertThat(JsonPath.<List<String>>read(json, "$.touchpoints[?(@.status == 'UNDECLARED')].name"))
                    .contains("POST /cart/{id}")
                    .allSatisfy(name -> assertThat(name).doesNotContain("cup"));
            assertThat(JsonPath.<String>read(shop.read("/actuator/touchstone/pay"), "$.touchpoints[0].owner"))
                    .isEqualTo("payments");
            assertThat(shop.read("/actuator/health")).contains("UP");
            assertThat(shop.read("/scores")).contains("<td>search</td>");
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
    void visitorsWhoLogInBecomeCustomers() throws IOException {
        try (RunningShop shop = RunningShop.open("--storefront.visitors=0")) {
            Touchstone touchstone = shop.touchstone();
            Browser browser = shop.browser();
            assertThat(browser.get("/")).isEqualTo(200);
            assertThat(browser.get("/product/cup")).isEqualTo(200);
            assertThat(touchstone.customer(CustomerId.of("ada")).count()).isZero();
            assertThat(browser.post("/login?name=ada")).isEqualTo(200);
            await().until(() -> touchstone.customer(CustomerId.of("ada")).count()
                    == 4); // home, product, the log-in itself, and home again
            assertThat(touchstone.health().customers()).isOne();
        }
    }

    @Test
    void whatCustomersAnswerIsCountedAsFarAsItIsAnAnswer() throws IOException {
        try (RunningShop shop = RunningShop.open("--storefront.visitors=0")) {
            Browser browser = shop.browser();
            assertThat(browser.post("/answer?recommend=9&satisfied=&easy=70")).isEqualTo(200);
            Answers answers = shop.touchstone().scoreboard().indices().overall();
            assertThat(answers.nps().groups().n()).isOne();
            assertThat(answers.csat().groups().n()).isZero();
            assertThat(answers.ces2().groups().n()).isZero();
            assertThat(shop.read("/actuator/prometheus"))
                    .contains("touchstone_nps_total{touchstone_answer=\"promoter\",touchstone_channel=\"web\"");
        }
    }

    @Test
    void customersAreAskedOnceInAWhileAndTheirAnswersAreLearned() throws IOException {
        try (RunningShop shop = RunningShop.open("--storefront.visitors=0", "--storefront.failed-payments=0")) {
            Touchstone touchstone = shop.touchstone();
            Browser browser = shop.browser();
            assertThat(browser.post("/login?name=ada")).isEqualTo(200);
            assertThat(browser.isAsked()).isFalse();
            await().until(() -> touchstone.customer(CustomerId.of("ada")).count() > 0);
            assertThat(browser.post("/pay")).isEqualTo(200);
            assertThat(browser.isAsked()).isTrue();
            assertThat(browser.post("/answer?satisfied=1")).isEqualTo(200);
            assertThat(browser.post("/pay")).isEqualTo(200);
            assertThat(browser.isAsked()).as("not again within a week").isFalse();
            Scoreboard scoreboard = touchstone.scoreboard();
            assertThat(scoreboard.indices().responseRates()).containsEntry("csat", 1.0);
            assertThat(scoreboard.predicted().orElseThrow().answers()).isEqualTo(1);
        }
    }

    @Test
    void failedPaymentOpensACaseForPayments() throws IOException {
        try (RunningShop shop = RunningShop.open("--storefront.visitors=0", "--storefront.failed-payments=1")) {
            Touchstone touchstone = shop.touchstone();
            Browser browser = shop.browser();
            assertThat(browser.post("/login?name=ada")).isEqualTo(200);
            assertThat(browser.post("/pay")).isEqualTo(502);
            await().until(() -> touchstone.customer(CustomerId.of("ada")).isAtRisk());
            assertThat(touchstone.care().cases().all())
                    .singleElement()
                    .satisfies(file -> assertThat(file.owner()).contains("payments"));
        }
    }

    @Test
    void aTakenPortIsSaidPlainly(CapturedOutput output) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> RunningShop.open(taken.getLocalPort(), "--storefront.visitors=1"))
                    .isInstanceOf(RuntimeException.class);
            assertThat(output)
                    .contains("APPLICATION FAILED TO START")
                    .contains("Port " + taken.getLocalPort() + " was already in use")
                    .doesNotContain("\tat ");
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
