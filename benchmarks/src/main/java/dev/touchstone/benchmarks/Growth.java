package dev.touchstone.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Measures how the cost of an event grows with the number of customers, beside the same by hand and the bare look-up, and
 * draws it as SVG. The first argument is the file, the second the number of forks, 1 if it is missing.
 */
public final class Growth {

    private static final String[] CUSTOMERS = {"1000", "10000", "100000", "1000000"};

    private Growth() {}

    /** Measures and draws. */
    public static void main(String... arguments) throws RunnerException, IOException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: Growth FILE.svg [FORKS]");
            System.exit(2);
        }
        OptionsBuilder options = new OptionsBuilder();
        options.include("CrowdBenchmark.(byHand|crowd|cache)$")
                .param("law", Crowd.Law.ZIPF.name())
                .param("customers", CUSTOMERS)
                .forks(arguments.length == 2 ? Integer.parseInt(arguments[1]) : 1);
        Map<String, TreeMap<Integer, Double>> times = new LinkedHashMap<>();
        for (RunResult result : new Runner(options.build()).run()) {
            times.computeIfAbsent(Figures.benchmark(result), absent -> new TreeMap<>())
                    .put(Integer.valueOf(result.getParams().getParam("customers")), Figures.time(result));
        }
        System.out.println();
        System.out.println(Report.machine());
        System.out.println();
        System.out.println("| ns | 1,000 customers | 10,000 | 100,000 | 1,000,000 |");
        System.out.println("|---|---:|---:|---:|---:|");
        times.forEach((name, line) -> {
            StringBuilder row = new StringBuilder("| `" + name + "` |");
            line.values().forEach(ns -> row.append(String.format(Locale.ROOT, " %,.0f |", ns)));
            System.out.println(row);
        });
        Files.writeString(Path.of(arguments[0]), new GrowthPicture(times).svg());
    }
}
