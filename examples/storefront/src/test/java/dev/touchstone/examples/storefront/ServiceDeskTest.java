package dev.touchstone.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.touchstone.Scoreboard.Variant;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.care.RecoveryCase.Status;
import dev.touchstone.event.CustomerId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The employee who works on recovery cases, and what else there is to look at. */
class ServiceDeskTest {

    @Test
    void aCaseIsAcknowledgedAndThenResolved() {
        try (RunningShop shop = RunningShop.open("--storefront.visitors=0")) {
            ServiceDesk desk = shop.bean(ServiceDesk.class);
            desk.work();
            assertThat(shop.touchstone().care().cases().all()).isEmpty();

            for (int i = 0; i < 4; i++) {
                shop.touchstone().care().cases().open(CustomerId.of("customer-" + i), "pay", "failure");
            }
            desk.work();
            assertThat(statuses(shop))
                    .containsExactlyInAnyOrder(Status.ACKNOWLEDGED, Status.OPEN, Status.OPEN, Status.OPEN);
            desk.work();
            assertThat(statuses(shop))
                    .containsExactlyInAnyOrder(Status.CONFIRMED, Status.OPEN, Status.OPEN, Status.OPEN);
            for (int i = 0; i < 6; i++) {
                desk.work();
            }
            assertThat(shop.touchstone().care().cases().all())
                    .extracting(each -> each.resolution().orElseThrow())
                    .containsExactlyInAnyOrder(Resolution.FULL, Resolution.FULL, Resolution.FULL, Resolution.PARTIAL);
        }
    }

    @Test
    void theShopResolvesCasesWhileItHasVisitors() {
        try (RunningShop shop = RunningShop.open(
                "--storefront.pause=5ms",
                "--storefront.failed-payments=1",
                "--storefront.service-desk=50ms",
                "--storefront.bad-days.enabled=false")) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> statuses(shop).contains(Status.CONFIRMED)
                            && statuses(shop).contains(Status.RESOLVED));
        }
    }

    @Test
    void versionsAreComparedAndHistoryIsThere() throws IOException {
        try (RunningShop shop = RunningShop.open(
                "--storefront.pause=5ms", "--storefront.bad-days.every=2s", "--storefront.bad-days.lasting=1s")) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> shop.touchstone().compare("build").variants().stream()
                            .map(Variant::value)
                            .toList()
                            .containsAll(List.of("2.3.0", "2.3.1")));
            assertThat(JsonPath.<List<Object>>read(shop.read("/actuator/touchstonehistory?resolution=hour"), "$.marks"))
                    .isNotEmpty();
        }
    }

    private static List<Status> statuses(RunningShop shop) {
        return shop.touchstone().care().cases().all().stream()
                .map(RecoveryCase::status)
                .toList();
    }
}
