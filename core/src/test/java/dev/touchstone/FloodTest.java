package dev.touchstone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.test.Jvm;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A flood of customers and names stays within the memory of its process: 100,000 customers in 64 MB, or as many as the
 * property {@code touchstone.flood} says, in {@code touchstone.flood.heap}.
 */
class FloodTest {

    private static final int CUSTOMERS = Integer.getInteger("touchstone.flood", 100_000);
    private static final String HEAP = System.getProperty("touchstone.flood.heap", "64m");

    private static Map<String, String> flood(int customers, boolean leaks) throws IOException, InterruptedException {
        List<String> options = List.of("-Xmx" + HEAP, "-XX:+UseSerialGC");
        Process child = Jvm.of(options, FloodHost.class, String.valueOf(customers), String.valueOf(leaks))
                .start();
        try {
            Map<String, String> printed = new String(child.getInputStream().readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.matches("(customers|lost|series|before|ratio) .*"))
                    .collect(Collectors.toMap(line -> line.split(" ", -1)[0], Function.identity()));
            assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return printed;
        } finally {
            child.destroyForcibly();
        }
    }

    private static double ratio(Map<String, String> printed) {
        return Double.parseDouble(printed.get("ratio").substring("ratio ".length()));
    }

    @Test
    @Timeout(7_200)
    void retainedHeapIsWhatItWasBefore() throws IOException, InterruptedException {
        Map<String, String> printed = flood(CUSTOMERS, false);
        assertThat(printed).containsEntry("lost", "lost 00");
        assertThat(Integer.parseInt(printed.get("customers").substring("customers ".length())))
                .isLessThanOrEqualTo(5_050);
        assertThat(Integer.parseInt(printed.get("series").substring("series ".length())))
                .isLessThanOrEqualTo(1_001);
        assertThat(ratio(printed)).as(printed.get("before")).isLessThanOrEqualTo(1.1);
    }

    /** The planted fault: a listener that keeps every key. */
    @Test
    @Timeout(600)
    void aListenerThatKeepsEveryKeyIsNoticed() throws IOException, InterruptedException {
        Map<String, String> printed = flood(30_000, true);
        assertThat(ratio(printed)).isGreaterThan(1.1);
    }
}
