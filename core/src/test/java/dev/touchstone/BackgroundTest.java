package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackgroundTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LONG_PAUSE = TimeUnit.HOURS.toNanos(1);

    private final AtomicInteger rounds = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private final ThreadFactory factory = task -> {
        Thread thread = Background.threadsOf("background-test").newThread(task);
        threads.add(thread);
        return thread;
    };

    private Background background(ToLongFunction<BackgroundTest> work, Runnable onFailure) {
        return new Background(factory, true, LONG_PAUSE, this, work, onFailure);
    }

    private static boolean close(Background background, Runnable last) {
        return background.close(last, PATIENCE, System::nanoTime);
    }

    /** Kills the thread by a failure where the failure of work is handled. */
    private Background dead() throws InterruptedException {
        Background background = background(
                test -> {
                    throw new OutOfMemoryError();
                },
                () -> {
                    throw new IllegalStateException("kills the thread");
                });
        background.start();
        threads.get(0).setUncaughtExceptionHandler((thread, error) -> {});
        background.wake();
        threads.get(0).join(PATIENCE.toMillis());
        assertThat(threads.get(0).isAlive()).isFalse();
        return background;
    }

    @Test
    void threadSurvivesWorkThatRunsOutOfMemory() {
        Background background = background(
                test -> {
                    test.rounds.incrementAndGet();
                    throw new OutOfMemoryError();
                },
                failures::incrementAndGet);
        background.start();
        for (int round = 1; round <= 3; round++) {
            int expected = round;
            background.wake();
            await().atMost(PATIENCE).until(() -> failures.get() >= expected);
        }
        assertThat(rounds).hasValueGreaterThanOrEqualTo(3);
        assertThat(threads)
                .singleElement()
                .satisfies(thread -> assertThat(thread.isAlive()).isTrue());
        AtomicInteger last = new AtomicInteger();
        assertThat(close(background, last::incrementAndGet)).isTrue();
        assertThat(last).hasValue(1);
    }

    @Test
    void closingRunsTheLastTaskItselfIfTheThreadIsDead() throws InterruptedException {
        Background background = dead();
        assertThat(background.isLost()).isTrue();
        List<Thread> ran = new ArrayList<>();
        assertThat(close(background, () -> ran.add(Thread.currentThread()))).isTrue();
        assertThat(ran).containsExactly(Thread.currentThread());
    }

    @Test
    void deadThreadIsReplaced() throws InterruptedException {
        Background background = dead();
        background.ensure();
        assertThat(background.isLost()).isFalse();
        assertThat(threads).hasSize(2);
        close(background, () -> {});
    }

    @Test
    void threadThatCannotBeStartedIsStartedLater() {
        boolean[] exhausted = {true};
        Background background = new Background(
                task -> {
                    if (exhausted[0]) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    return factory.newThread(task);
                },
                true,
                LONG_PAUSE,
                this,
                test -> LONG_PAUSE,
                failures::incrementAndGet);
        background.start();
        background.start();
        assertThat(failures).hasValue(1);
        assertThat(background.isLost()).isTrue();
        exhausted[0] = false;
        background.ensure();
        assertThat(background.isLost()).isFalse();
        assertThat(threads).hasSize(1);
        close(background, () -> {});
    }

    @Test
    void lastTaskRunsOnceOnTheThreadAlsoIfTheCallerIsInterrupted() {
        Background background = background(test -> LONG_PAUSE, failures::incrementAndGet);
        background.start();
        List<Thread> ran = new ArrayList<>();
        Thread.currentThread().interrupt();
        boolean ended = close(background, () -> ran.add(Thread.currentThread()));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ended).isTrue();
        assertThat(ran).containsExactly(threads.get(0));
        assertThat(threads.get(0).isAlive()).isFalse();
    }

    @Test
    void closingFromItsOwnThreadDoesNotWaitForItself() {
        AtomicInteger last = new AtomicInteger();
        Background[] self = new Background[1];
        self[0] = background(
                test -> {
                    close(self[0], last::incrementAndGet);
                    return LONG_PAUSE;
                },
                failures::incrementAndGet);
        self[0].start();
        self[0].wake();
        await().atMost(PATIENCE).until(() -> last.get() == 1);
    }

    @Test
    void workSaysHowLongThePauseIs() {
        Background background = background(
                test -> {
                    test.rounds.incrementAndGet();
                    return 1;
                },
                failures::incrementAndGet);
        background.start();
        background.wake();
        await().atMost(PATIENCE).until(() -> rounds.get() > 3);
        close(background, () -> {});
    }
}
