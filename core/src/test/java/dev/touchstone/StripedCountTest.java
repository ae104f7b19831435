package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StripedCountTest {

    @Test
    void noAdditionIsLost() throws InterruptedException {
        StripedCount count = new StripedCount();
        List<Thread> threads = IntStream.range(0, 9)
                .mapToObj(i -> new Thread(() -> {
                    for (int j = 0; j < 10_000; j++) {
                        count.increment();
                        count.add(2);
                    }
                }))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(count.sum()).isEqualTo(9 * 10_000 * 3);
    }
}
