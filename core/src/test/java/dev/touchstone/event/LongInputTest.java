package dev.touchstone.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.touchstone.event.internal.TouchpointName;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A text of ten million characters is rejected by its length, and costs no memory in proportion to it. */
class LongInputTest {

    private static final int LENGTH = 10_000_000;
    private static final long FEW_BYTES = 1_000_000;
    // in the decomposed form, which is copied to be normalized
    private static final String LONG = "u\u0308".repeat(LENGTH / 2);

    private static long allocatedBy(Runnable task) {
        task.run(); // classes are loaded
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        task.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void idOfACustomer() {
        assertThat(allocatedBy(() -> assertThat(CustomerId.of(LONG).isValid()).isFalse()))
                .isLessThan(FEW_BYTES);
        assertThat(allocatedBy(
                        () -> assertThat(CustomerId.anonymous(LONG).isBlank()).isFalse()))
                .isLessThan(FEW_BYTES);
    }

    @Test
    void idOfAnEvent() {
        TouchpointEvent event = TouchpointEvent.builder("pay").id(LONG).build();
        assertThat(allocatedBy(() -> assertThat(event.isWellFormed()).isFalse()))
                .isLessThan(FEW_BYTES);
    }

    @Test
    void nameOfAChannel() {
        assertThat(allocatedBy(() -> assertThat(Channel.of(LONG)).isEqualTo(Channel.UNKNOWN)))
                .isLessThan(FEW_BYTES);
    }

    @Test
    void nameOfATouchpoint() {
        for (String name : List.of(LONG, "GET /" + LONG)) {
            assertThat(TouchpointName.isRecordable(name)).isFalse();
        }
        assertThat(allocatedBy(() -> assertThat(Channel.isValid(LONG)).isFalse()))
                .isLessThan(FEW_BYTES);
    }
}
