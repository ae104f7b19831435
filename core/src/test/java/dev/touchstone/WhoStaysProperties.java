package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The order of eviction is the documented one, found again by looking at every customer. */
class WhoStaysProperties {

    private static final int CUSTOMERS = 24;
    private static final long HALF_HOUR_MS = Duration.ofMinutes(30).toMillis();
    private static final String[] TOUCHPOINTS = {"home", "home", "cart", "pay"};

    private static final class Visitor {

        final boolean guest;
        long lastMs;
        int events;
        boolean onJourney;

        Visitor(int number) {
            this.guest = isGuest(number);
        }

        void visit(String touchpoint, long nowMs) {
            onJourney = touchpoint.equals("cart") || (touchpoint.equals("home") && onJourney);
            lastMs = nowMs;
            events++;
        }

        void timeOut(long nowMs) {
            onJourney &= nowMs - lastMs <= HALF_HOUR_MS;
        }

        boolean isIdle(long nowMs) {
            return !onJourney && nowMs - lastMs > HALF_HOUR_MS;
        }

        boolean isFleeting() {
            return guest && events == 1 && !onJourney;
        }
    }

    private final Map<Integer, Visitor> held = new TreeMap<>();

    private static boolean isGuest(int number) {
        return number % 2 == 0;
    }

    private static CustomerId id(int number) {
        return isGuest(number) ? CustomerId.anonymous("g" + number) : CustomerId.of("c" + number);
    }

    @Property(tries = 200)
    void theSameCustomersStay(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int maximum) {
        SplittableRandom random = new SplittableRandom(seed);
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        held.clear();
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .maximumCustomers(maximum)
                .catalog(catalog ->
                        catalog.touchpoint("cart", t -> t.journey("purchase")).journey("purchase", j -> j.ends("pay")))
                .build()) {
            for (int i = 0; i < 200; i++) {
                long pause = random.nextInt(4) == 0 ? Duration.ofMinutes(25).toMillis() : 60_000;
                clock.advance(Duration.ofMillis(1 + random.nextLong(pause)));
                long nowMs = clock.millis();
                touchstone.scoreboard(); // journeys time out
                held.values().forEach(visitor -> visitor.timeOut(nowMs));
                int number = random.nextInt(CUSTOMERS);
                String touchpoint = TOUCHPOINTS[random.nextInt(TOUCHPOINTS.length)];
                touchstone.record(
                        TouchpointEvent.builder(touchpoint).customer(id(number)).build());
                held.computeIfAbsent(number, Visitor::new).visit(touchpoint, nowMs);
                evict(maximum, nowMs);
                for (int each = 0; each < CUSTOMERS; each++) {
                    Visitor visitor = held.get(each);
                    assertThat(touchstone.customer(id(each)).count())
                            .as("customer %d after event %d", each, i)
                            .isEqualTo(visitor == null ? 0 : visitor.events);
                }
            }
        }
    }

    private void evict(int maximum, long nowMs) {
        if (held.size() <= maximum) {
            return;
        }
        boolean flood = 2 * held.values().stream().filter(Visitor::isFleeting).count() > maximum + 1;
        int gone = Stream.<Stream<Visitor>>of(
                        held.values().stream().filter(visitor -> visitor.guest && visitor.isIdle(nowMs)),
                        held.values().stream().filter(visitor -> flood && visitor.isFleeting()),
                        held.values().stream().filter(visitor -> !visitor.guest && visitor.isIdle(nowMs)),
                        held.values().stream())
                .flatMap(candidates -> candidates.min(Comparator.comparingLong(visitor -> visitor.lastMs)).stream())
                .findFirst()
                .map(visitor -> held.entrySet().stream()
                        .filter(entry -> entry.getValue() == visitor)
                        .findFirst()
                        .orElseThrow()
                        .getKey())
                .orElseThrow();
        held.remove(gone);
    }
}
