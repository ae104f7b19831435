package dev.touchstone.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What was promised, and how it is measured.
 *
 * @param title the promise, without its number
 * @param limit the number that it names
 * @param atLeast whether more is better
 * @param unit the unit of the number, or an empty string
 * @param needed the benchmarks that it is measured by
 * @param figure returns what was measured
 */
record Goal(
        String title,
        double limit,
        boolean atLeast,
        String unit,
        List<String> needed,
        ToDoubleFunction<Figures> figure) {

    private static final String TIMER = "timer";
    private static final double MILLI = 1e6;

    static final List<Goal> ALL = List.of(
            ofR("P1 known key", "key", 4.5),
            new Goal(
                    "P1 bytes beside the event",
                    0,
                    false,
                    "B",
                    List.of("key", "eventAlone"),
                    figures -> Math.rint(figures.bytes("key") - figures.bytes("eventAlone"))),
            new Goal(
                    "P1 the event",
                    160,
                    false,
                    "B",
                    List.of("eventAlone"),
                    figures -> Math.rint(figures.bytes("eventAlone"))),
            new Goal(
                    "P2 a million customers by Zipf's law",
                    0.8,
                    false,
                    "H",
                    List.of("crowd ZIPF", "byHand ZIPF"),
                    figures -> figures.time("crowd ZIPF") / figures.time("byHand ZIPF")),
            ofR("P3 raw id", "rawId", 9),
            ofR("P3 in an open journey", "journey", 6),
            ofR("P3 anonymous", "anonymous", 3.4),
            ofR("P3 interaction", "interaction", 9),
            ofTwo("P4 two threads at one touchpoint, gain over one", "key", "keyOnTwo", 1.8),
            ofTwo("P4 the same without customers", "anonymous", "anonymousOnTwo", 1.8),
            ofTwo("P4 two threads, a million customers, gain over one", "crowd ZIPF", "crowdOnTwo ZIPF", 1.6),
            ofR("P6 a customer is read", "customer", 3),
            new Goal(
                    "P7 scoreboard of 1,000 cells",
                    2,
                    false,
                    "ms",
                    List.of("scoreboard"),
                    figures -> figures.time("scoreboard") / MILLI));

    private static Goal ofR(String title, String benchmark, double limit) {
        return new Goal(
                title,
                limit,
                false,
                "R",
                List.of(benchmark, TIMER),
                figures -> figures.time(benchmark) / figures.time(TIMER));
    }

    private static Goal ofTwo(String title, String one, String two, double limit) {
        return new Goal(
                title, limit, true, "", List.of(one, two), figures -> 2 * figures.time(one) / figures.time(two));
    }

    /** Returns a row of a table: the promise, what was measured, and whether it was kept. */
    String row(Figures figures) {
        double measured = figure.applyAsDouble(figures);
        boolean met = atLeast ? measured >= limit : measured <= limit;
        return String.format(
                Locale.ROOT,
                "| %s | %s %s %s | %.2f | %s |",
                title,
                atLeast ? "at least" : "at most",
                limit == Math.rint(limit) ? String.valueOf((long) limit) : String.valueOf(limit),
                unit,
                measured,
                met ? "met" : "**missed**");
    }
}
