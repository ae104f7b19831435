package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.state.EngineState;
import dev.touchstone.state.Store;
import dev.touchstone.state.StoreException;
import dev.touchstone.telemetry.TouchstoneTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Closing while what an instance depends on is slow, full or gone. */
@Timeout(60)
class ClosingTest {

    private static final TouchpointEvent EVENT =
            TouchpointEvent.builder("pay").customer(CustomerId.of("ada")).build();

    private final CountDownLatch saving = new CountDownLatch(1);
    private final CountDownLatch disk = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Logger logger = (Logger) LoggerFactory.getLogger(Touchstone.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listenToTheLog() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void leaveTheLog() {
        logger.detachAppender(logged);
    }

    /** Returns what was logged about snapshots: an instance of another test may log something else at the same time. */
    private List<String> loggedOfSnapshots() {
        return logged.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.contains("last snapshot"))
                .toList();
    }

    private TouchstoneBuilder builder(Runnable save) {
        return Touchstone.builder().pseudonymKey(PseudonymKey.random()).store(new TroubledStore(save));
    }

    private void waitForTheDisk() {
        saving.countDown();
        try {
            disk.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void closingDoesNotWaitForADiskThatDoesNotAnswer() throws InterruptedException {
        Touchstone touchstone = builder(this::waitForTheDisk).build();
        touchstone.record(EVENT);
        touchstone.close(); // returns after five seconds, or this test would time out
        assertThat(saving.getCount()).as("the last snapshot was begun").isZero();
        assertThat(released.getCount())
                .as("a store that is at work is not released")
                .isOne();
        assertThat(loggedOfSnapshots())
                .containsExactly("Instance touchstone: the last snapshot was not saved within five seconds; close()"
                        + " returns without it");
        touchstone.record(EVENT);
        assertThat(touchstone.health().accepted()).isEqualTo(1);
        assertThat(touchstone.health().totalDropped()).isEqualTo(1);
        disk.countDown();
        released.await();
    }

    @Test
    void closingWaitsForADiskThatIsSlow() {
        AtomicBoolean saved = new AtomicBoolean();
        Touchstone touchstone = builder(() -> {
                    try {
                        saved.set(!disk.await(300, TimeUnit.MILLISECONDS));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                })
                .build();
        touchstone.record(EVENT);
        touchstone.close();
        assertThat(saved).isTrue();
        assertThat(released.getCount()).isZero();
        assertThat(loggedOfSnapshots()).isEmpty();
    }

    @Test
    void closingWithAFullDiskThrowsNothingAndReleasesTheStore() {
        Touchstone touchstone = builder(() -> {
                    throw new StoreException("No space left on device");
                })
                .clock(() -> Instant.EPOCH.plusSeconds(1_800_000_000))
                .build();
        touchstone.record(EVENT);
        assertThatCode(touchstone::close).doesNotThrowAnyException();
        assertThat(released.getCount()).isZero();
        assertThat(touchstone.health().problems())
                .anyMatch(problem -> problem.contains("the last snapshot was not saved"));
        assertThat(loggedOfSnapshots())
                .containsExactly(
                        "Instance touchstone: last snapshot failed; events since the one before are lost: No space left on device");
    }

    @Test
    void openTelemetryMayBeClosedFirst() {
        InMemoryMetricReader reader = InMemoryMetricReader.create();
        OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
                .setMeterProvider(
                        SdkMeterProvider.builder().registerMetricReader(reader).build())
                .build();
        Touchstone touchstone = Touchstone.builder()
                .listener(TouchstoneTelemetry.spanAttributes())
                .build();
        TouchstoneTelemetry metrics = TouchstoneTelemetry.metrics(touchstone, telemetry);
        touchstone.record(EVENT);
        assertThat(reader.collectAllMetrics()).isNotEmpty();
        telemetry.close();
        touchstone.record(EVENT);
        assertThatCode(metrics::close).doesNotThrowAnyException();
        assertThatCode(touchstone::close).doesNotThrowAnyException();
        assertThat(touchstone.health().accepted()).isEqualTo(2);
    }

    /** A store that stores nothing; saving runs a given action. */
    private final class TroubledStore implements Store {

        private final Runnable save;

        TroubledStore(Runnable save) {
            this.save = save;
        }

        @Override
        public void open(EngineState held) {}

        @Override
        public Optional<Duration> interval() {
            return Optional.of(Duration.ofHours(1));
        }

        @Override
        public void save(EngineState held) {
            save.run();
        }

        @Override
        public void erased(EngineState held, List<EngineState.Tombstone> tombstones) {}

        @Override
        public Store.Status status() {
            return Store.Status.NOTHING_YET;
        }

        @Override
        public void close() {
            released.countDown();
        }
    }
}
