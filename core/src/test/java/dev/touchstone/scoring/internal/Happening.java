package dev.touchstone.scoring.internal;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * What happens next in a history: time goes on by the gap, then an event arrives that may be late.
 *
 * @param customer whose event it is, or null
 * @param durationMs NaN for none
 * @param effort retries, excess steps, transfers and repeated information
 */
record Happening(
        long gapMs,
        long lateMs,
        String touchpoint,
        String customer,
        Channel channel,
        Outcome outcome,
        double durationMs,
        double promiseMs,
        List<Double> effort,
        Feedback feedback) {

    static final List<String> CUSTOMERS = List.of("ada", "bob", "cyd");

    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;

    TouchpointEvent.Builder event(long nowMs) {
        TouchpointEvent.Builder event = TouchpointEvent.builder(touchpoint)
                .channel(channel)
                .outcome(outcome)
                .feedback(feedback)
                .timeMs(nowMs - lateMs)
                .retries(effort.get(0))
                .excessSteps(effort.get(1))
                .transfers(effort.get(2))
                .repeatedInformation(effort.get(3));
        if (customer != null) {
            event.customer(CustomerId.of(customer));
        }
        if (durationMs > 0) {
            event.durationMs(durationMs);
        }
        if (promiseMs > 0) {
            event.promiseMs(promiseMs);
        }
        return event;
    }

    /** Histories of a few customers at some touchpoints, within the time for which customers are kept. */
    static Arbitrary<List<Happening>> histories(String... touchpoints) {
        return Arbitraries.randomValue(random -> random(random, touchpoints))
                .list()
                .ofMaxSize(60);
    }

    private static Happening random(Random random, String... touchpoints) {
        return new Happening(
                gap(random),
                lateness(random),
                pick(random, touchpoints),
                pick(random, "ada", "ada", "bob", "cyd", null),
                pick(random, null, null, Channel.WEB, Channel.APP, Channel.PHONE, Channel.UNKNOWN),
                pick(
                        random,
                        null,
                        Outcome.SUCCESS,
                        Outcome.SUCCESS,
                        Outcome.DEGRADED,
                        Outcome.ABANDONED,
                        Outcome.FAILURE),
                random.nextInt(3) == 0 ? Double.NaN : random.nextDouble(50, 3000),
                random.nextInt(3) != 0 ? Double.NaN : random.nextDouble(50, 3000),
                List.of(count(random), count(random), count(random), count(random)),
                feedback(random));
    }

    private static double count(Random random) {
        return pick(random, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 0.4);
    }

    private static Feedback feedback(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> Feedback.nps(random.nextInt(11));
            case 1 -> Feedback.sentiment(random.nextDouble(-1, 1));
            case 2 -> Feedback.ces2(1 + random.nextInt(7));
            default -> null;
        };
    }

    private static long gap(Random random) {
        return switch (random.nextInt(11)) {
            case 0, 1 -> random.nextLong(MINUTE, 2 * DAY);
            case 2, 3, 4 -> random.nextLong(MINUTE, 45 * MINUTE);
            default -> random.nextLong(1, 2 * MINUTE);
        };
    }

    private static long lateness(Random random) {
        return switch (random.nextInt(16)) {
            case 0 -> random.nextLong(410 * DAY);
            case 1, 2, 3 -> random.nextLong(-6 * MINUTE, 10 * MINUTE);
            default -> 0;
        };
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
