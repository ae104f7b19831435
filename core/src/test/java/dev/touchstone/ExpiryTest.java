package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.ExportJson;
import dev.touchstone.store.SnapshotFile;
import dev.touchstone.test.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A customer without events for the retention has expired, with or without a sweep. */
class ExpiryTest {

    private static final Duration RETENTION = Duration.ofDays(10);
    private static final CustomerId ADA = CustomerId.of("ada");
    private static final CustomerId GUEST = CustomerId.anonymous("g1");

    private final ManualClock clock = ManualClock.at(Instant.parse("2026-03-01T10:00:00Z"));
    private final Touchstone touchstone = builder().build();

    private TouchstoneBuilder builder() {
        return Touchstone.builder().clock(clock).retention(RETENTION).strict();
    }

    @AfterEach
    void close() {
        touchstone.close();
    }

    private void record(CustomerId customer) {
        touchstone.record(TouchpointEvent.builder("pay").customer(customer).build());
    }

    @Test
    void customerIsKnownUntilThen() {
        record(ADA);
        clock.advance(RETENTION.minusMillis(1));
        assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(touchstone.customer(ADA).experience().isPresent()).isFalse();
        assertThat(touchstone.customer(ADA).count()).isZero();
    }

    @Test
    void readingDoesNotProlongIt() {
        record(ADA);
        clock.advance(RETENTION.minusMillis(1));
        assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
        clock.advance(RETENTION.minusMillis(1));
        assertThat(touchstone.customer(ADA).count()).isZero();
    }

    @Test
    void whoComesBackLaterBeginsAnew() {
        record(ADA);
        clock.advance(RETENTION);
        record(ADA);

        assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
        assertThat(touchstone.health().evicted()).isEqualTo(1);
        assertThat(touchstone.health().live()).isEqualTo(1);
        assertThat(touchstone.health().customers()).isEqualTo(1);
    }

    @Test
    void sweepRemovesThem() {
        record(ADA);
        clock.advance(RETENTION);
        touchstone.scoreboard();

        assertThat(touchstone.health().customers()).isZero();
        assertThat(touchstone.health().evicted()).isEqualTo(1);
        assertThat(touchstone.health().live()).isZero();
    }

    @Test
    void guestWhoExpiredBringsNothing() {
        record(GUEST);
        clock.advance(RETENTION);
        record(ADA);
        touchstone.identify(GUEST, ADA);

        assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
        assertThat(touchstone.health().evicted()).isEqualTo(1);
    }

    @Test
    void guestWhoBecomesACustomerWhoExpiredBeginsAnew() {
        record(ADA);
        clock.advance(RETENTION);
        record(GUEST);
        touchstone.identify(GUEST, ADA);

        assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
        assertThat(touchstone.health().evicted()).isEqualTo(1);
        assertThat(touchstone.health().live()).isEqualTo(1);
    }

    @Test
    void neitherASnapshotNorAnExportHasThem(@TempDir Path directory) {
        Path file = directory.resolve("snapshot");
        PseudonymKey key = PseudonymKey.random();
        try (Touchstone kept =
                builder().pseudonymKey(key).store(SnapshotFile.of(null, file)).build()) {
            kept.record(TouchpointEvent.builder("pay").customer(ADA).build());
            clock.advance(RETENTION);
            kept.record(TouchpointEvent.builder("pay")
                    .customer(CustomerId.of("bob"))
                    .build());
            kept.snapshot();

            assertThat(new ExportJson().write(kept.export(ADA)))
                    .contains(kept.key(ADA).toString())
                    .doesNotContain("\"lastTouchpoint\"");
        }
        try (Touchstone restored =
                builder().pseudonymKey(key).store(SnapshotFile.of(file, null)).build()) {
            assertThat(restored.health().customers()).isEqualTo(1);
        }
    }
}
