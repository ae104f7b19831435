package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.state.StoreException;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an instance does on its own thread goes on, whatever fails, and is reported. */
@Timeout(120)
class OwnThreadTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ManualClock wall = ManualClock.at("2026-03-01T10:00:00Z");
    private final AtomicLong nanos = new AtomicLong();
    private final RecordingStore store = new RecordingStore(Duration.ofHours(1));

    private TouchstoneBuilder builder() {
        return Touchstone.builder().pseudonymKey(PseudonymKey.random()).store(store);
    }

    /** An instance with a thread, which the tests do not need: they do its work at a time of their own. */
    private Engine withPassingClock(RecordingStore kept) {
        TouchstoneBuilder builder = builder().store(kept);
        builder.clock = () -> EngineClock.passing(wall, nanos::get);
        return (Engine) builder.build();
    }

    private void pass(Duration duration) {
        wall.advance(duration);
        nanos.addAndGet(duration.toNanos());
    }

    private static TouchpointEvent search() {
        return TouchpointEvent.builder("search").customer(ADA).build();
    }

    private static void awaitUntil(AtomicInteger count, int expected) {
        await().atMost(PATIENCE).until(() -> count.get() >= expected);
    }

    @Test
    void healthListenerThatRunsOutOfMemoryKeepsNoSnapshotFromBeingSaved() {
        AtomicInteger told = new AtomicInteger();
        try (Touchstone touchstone = builder()
                .healthListener(health -> {
                    told.incrementAndGet();
                    throw new OutOfMemoryError();
                })
                .build()) {
            touchstone.record(search());
            touchstone.pause();
            for (int erasure = 1; erasure <= 2; erasure++) {
                touchstone.erase(ADA);
                awaitUntil(store.saves, erasure);
            }
            assertThat(told).hasValueGreaterThanOrEqualTo(1);
            assertThat(touchstone.health().warnings(Warning.LISTENER_ERROR)).isPositive();
        }
        assertThat(store.saves).hasValue(3);
        assertThat(store.closes).hasValue(1);
    }

    @Test
    void snapshotThatFailsAfterAnErasureIsReportedAndTriedAgainEachMinute() {
        try (Engine engine = withPassingClock(store)) {
            engine.record(search());
            engine.work();
            assertThat(engine.health().problems()).isEmpty();
            store.failure = new OutOfMemoryError();
            engine.erase(ADA);
            await().atMost(PATIENCE).until(() -> engine.health().warnings(Warning.BACKGROUND_ERROR) == 1);
            assertThat(engine.health().problems())
                    .anySatisfy(problem -> assertThat(problem).startsWith("background: "))
                    .anySatisfy(problem -> assertThat(problem).contains("customers who were erased"));
            assertThat(engine.health().degraded()).isTrue();
            assertThat(TimeUnit.NANOSECONDS.toSeconds(engine.work())).isEqualTo(60);
            assertThat(engine.health().warnings(Warning.BACKGROUND_ERROR)).isEqualTo(1);
            store.failure = null;
            pass(Duration.ofMinutes(1));
            engine.work();
            assertThat(store.saves).hasValue(1);
            assertThat(engine.health().problems()).noneMatch(problem -> problem.contains("store"));
        }
    }

    @Test
    void oneFailingTaskKeepsNoOtherFromBeingDone() {
        AtomicInteger evictions = new AtomicInteger();
        TouchstoneBuilder builder = builder().retention(Duration.ofMinutes(1)).customerListener(change -> {
            if (change instanceof CustomerChange.Evicted) {
                evictions.incrementAndGet();
                throw new OutOfMemoryError();
            }
        });
        builder.clock = () -> EngineClock.passing(wall, nanos::get);
        try (Engine engine = (Engine) builder.build()) {
            engine.record(search());
            pass(Duration.ofHours(2));
            assertThatCode(engine::work).doesNotThrowAnyException();
            assertThat(evictions).hasValue(1);
            assertThat(store.saves).hasValue(1);
        }
    }

    @Test
    void errorOfTheStatusOfTheStoreKeepsNoSnapshotFromBeingSaved() {
        try (Engine engine = withPassingClock(store)) {
            engine.record(search());
            pass(Duration.ofHours(1));
            store.statusFailure = new OutOfMemoryError();
            assertThatCode(engine::work).doesNotThrowAnyException();
            store.statusFailure = null;
            assertThat(store.saves).hasValue(1);
            assertThat(engine.health().warnings(Warning.BACKGROUND_ERROR)).isEqualTo(1);
        }
    }

    @Test
    void errorOfTheClockDoesNotLeaveASweep() {
        AtomicInteger readings = new AtomicInteger(Integer.MIN_VALUE);
        TouchstoneBuilder builder = Touchstone.builder().clock(() -> {
            if (readings.get() >= 0) {
                throw new AssertionError(readings.incrementAndGet());
            }
            return wall.instant();
        });
        try (Engine engine = (Engine) builder.build()) {
            readings.set(0);
            assertThatCode(engine::sweep).doesNotThrowAnyException();
            readings.set(Integer.MIN_VALUE);
            assertThat(engine.health().warnings(Warning.BACKGROUND_ERROR)).isPositive();
        }
    }

    @Test
    void errorOfTheLastSnapshotDoesNotLeaveClose() {
        Touchstone touchstone = builder().build();
        store.failure = new OutOfMemoryError();
        assertThatCode(touchstone::close).doesNotThrowAnyException();
        assertThat(store.closes).hasValue(1);
    }

    @Test
    void closingSavesAlsoIfTheThreadCouldNotBeStarted() {
        TouchstoneBuilder builder = builder();
        builder.threads = instance -> task -> {
            throw new OutOfMemoryError("unable to create native thread");
        };
        try (Touchstone touchstone = builder.build()) {
            assertThatCode(() -> touchstone.record(search())).doesNotThrowAnyException();
            assertThat(touchstone.health().accepted()).isEqualTo(1);
            assertThat(touchstone.health().problems())
                    .anySatisfy(problem -> assertThat(problem).contains("could not be started"));
        }
        assertThat(store.saves).hasValue(1);
        assertThat(store.closes).hasValue(1);
    }

    @Test
    void closedInstanceWritesNoMoreToItsStore() {
        Touchstone touchstone = builder().build();
        touchstone.close();
        assertThat(store.saves).hasValue(1);
        assertThatThrownBy(touchstone::snapshot)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> touchstone.erase(ADA))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
        assertThat(store.saves).hasValue(1);
    }

    @Test
    void receiptPromisesASnapshotAtOnceOnlyWhereAThreadSavesIt() {
        try (Touchstone touchstone = builder().build();
                Touchstone ofTests = builder().clock(wall).build()) {
            assertThat(newest(touchstone.erase(ADA)).explanation()).contains("is written now");
            assertThat(newest(ofTests.erase(ADA)).explanation()).contains("by snapshot() or close()");
        }
    }

    private static ErasureReceipt.Part newest(ErasureReceipt receipt) {
        List<ErasureReceipt.Part> parts = receipt.parts();
        return parts.stream()
                .filter(part -> part.place().equals("newest snapshot"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void instanceWithoutCustomersIsSavedAndAnIntervalBelowAMinuteIsKept() {
        RecordingStore eachSecond = new RecordingStore(Duration.ofSeconds(1));
        try (Touchstone touchstone = builder().store(eachSecond).build()) {
            touchstone.record(TouchpointEvent.builder("search").build());
            awaitUntil(eachSecond.saves, 2);
        }
    }

    @Test
    void pauseEndsWhenTheNextTaskIsDue() {
        RecordingStore each90Seconds = new RecordingStore(Duration.ofSeconds(90));
        try (Engine engine = withPassingClock(each90Seconds)) {
            assertThat(TimeUnit.NANOSECONDS.toSeconds(engine.work())).isEqualTo(60);
            pass(Duration.ofSeconds(60));
            assertThat(TimeUnit.NANOSECONDS.toSeconds(engine.work())).isEqualTo(30);
            pass(Duration.ofSeconds(30));
            assertThat(TimeUnit.NANOSECONDS.toSeconds(engine.work())).isEqualTo(30);
            assertThat(each90Seconds.saves).hasValue(1);
        }
    }

    @Test
    void intervalBelowASecondIsRefused() {
        TouchstoneBuilder builder = builder().store(new RecordingStore(Duration.ofMillis(999)));
        assertThatThrownBy(builder::build)
                .isInstanceOf(StoreException.class)
                .hasMessage("store interval: PT0.999S; it is at least PT1S; return a longer one from Store.interval()");
    }

    @Test
    void clockThatLeapedForAMomentDelaysNoSnapshotAndNoSweep() throws InterruptedException {
        RecordingStore each2Minutes = new RecordingStore(Duration.ofMinutes(2));
        try (Engine engine = withPassingClock(each2Minutes)) {
            engine.record(search());
            wall.advance(Duration.ofHours(2));
            engine.record(search());
            wall.advance(Duration.ofHours(-2));
            for (int minute = 1; minute < 10; minute++) {
                leaveAScopeOpen(engine);
                pass(Duration.ofMinutes(1));
                engine.work();
                assertThat(engine.scopes())
                        .as("of threads that ended, after a sweep")
                        .isZero();
                assertThat(each2Minutes.saves).hasValue(minute / 2);
            }
        }
    }

    private static void leaveAScopeOpen(Engine engine) throws InterruptedException {
        Thread thread = new Thread(() -> engine.scope(engine.begin("left open")));
        thread.start();
        thread.join();
    }
}
