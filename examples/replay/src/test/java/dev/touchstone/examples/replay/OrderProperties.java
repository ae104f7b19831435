package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class OrderProperties {

    private static final List<String> LINES = Journeys.lines(40);
    private static final Ran IN_ORDER = replay(LINES, 1 << 20, "--in-order-given");

    @Property(tries = 100)
    void anyPermutationGivesTheReportOfTheFileInOrder(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20_000) int chunk) {
        List<String> permuted = new ArrayList<>(LINES);
        Collections.shuffle(permuted, new Random(seed));

        assertThat(replay(permuted, chunk)).isEqualTo(IN_ORDER);
    }

    private static Ran replay(List<String> lines, int chunkBytes, String... options) {
        byte[] text = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        List<String> all = new ArrayList<>(List.of("--customers"));
        all.addAll(List.of(options));
        return Ran.with(new ByteArrayInputStream(text), chunkBytes, all.toArray(String[]::new));
    }
}
