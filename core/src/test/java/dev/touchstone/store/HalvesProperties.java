package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Events in two halves with a snapshot between them give exactly the result without the snapshot. */
class HalvesProperties {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");

    @Property(tries = 100)
    void aSnapshotBetweenTwoHalvesChangesNothing(@ForAll long seed, @ForAll @IntRange(max = 60) int first)
            throws IOException {
        Path file = Files.createTempDirectory("touchstone").resolve("half.touchstone");
        try {
            String whole = picture(seed, first, null);
            String halves = picture(seed, first, file);
            assertSame(halves, whole);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        }
    }

    /** Journeys that time out together are added up in no particular order, so the last digit may differ. */
    private static void assertSame(String halves, String whole) {
        assertThat(NUMBER.matcher(halves).replaceAll("#"))
                .isEqualTo(NUMBER.matcher(whole).replaceAll("#"));
        double[] numbers = numbers(halves);
        assertThat(numbers).hasSizeGreaterThan(50).containsExactly(numbers(whole), within(1e-9));
    }

    private static double[] numbers(String picture) {
        return NUMBER.matcher(picture)
                .results()
                .mapToDouble(number -> Double.parseDouble(number.group()))
                .toArray();
    }

    /** Records 60 events, of which the first go to an instance of their own if there is a file to hand them on. */
    private static String picture(long seed, int first, Path file) {
        Random random = new Random(seed);
        boolean lifetime = random.nextBoolean();
        ManualClock clock = ManualClock.at(Trials.START);
        Touchstone touchstone = open(lifetime, clock, SnapshotFile.of(null, file));
        for (int i = 0; i < 60; i++) {
            if (i == first && file != null) {
                touchstone.snapshot();
                touchstone.close();
                touchstone = open(lifetime, clock, SnapshotFile.of(file, null));
            }
            if (random.nextInt(12) == 0) {
                touchstone.identify(CustomerId.anonymous("guest-" + random.nextInt(3)), Trials.customer(0));
            }
            TouchpointEvent event = Trials.event(random, clock);
            if (random.nextInt(5) == 0) {
                event = event.toBuilder()
                        .customer(CustomerId.anonymous("guest-" + random.nextInt(3)))
                        .build();
            }
            touchstone.record(event);
            clock.advance(Duration.ofSeconds(random.nextInt(3_000)));
        }
        try (Touchstone last = touchstone) {
            return Trials.picture(last);
        }
    }

    private static Touchstone open(boolean lifetime, ManualClock clock, SnapshotFile file) {
        var builder = Trials.builder(clock).store(file);
        return (lifetime ? builder.lifetime() : builder).build();
    }
}
