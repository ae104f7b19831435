package dev.touchstone.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What one run measured, by the names of the benchmarks: of each the median of its forks. Immutable. */
final class Figures {

    private final Map<String, RunResult> results = new LinkedHashMap<>();

    Figures(Collection<RunResult> measured) {
        measured.forEach(result -> results.put(name(result), result));
    }

    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        String law = result.getParams().getParam("law");
        return benchmark.substring(benchmark.lastIndexOf('.') + 1) + (law == null ? "" : " " + law);
    }

    Collection<String> names() {
        return results.keySet();
    }

    boolean has(String... names) {
        for (String name : names) {
            if (!results.containsKey(name)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the nanoseconds of one call; NaN if it was not measured. */
    double time(String name) {
        return median(name, fork -> fork.getPrimaryResult().getScore());
    }

    /** Returns the bytes that one call allocates; NaN if it was not measured. */
    double bytes(String name) {
        return median(name, fork -> {
            Result<?> bytes = fork.getSecondaryResults().get("gc.alloc.rate.norm");
            return bytes == null ? Double.NaN : bytes.getScore();
        });
    }

    private double median(String name, ToDoubleFunction<BenchmarkResult> figure) {
        RunResult result = results.get(name);
        if (result == null) {
            return Double.NaN;
        }
        double[] figures = result.getBenchmarkResults().stream()
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return figures[figures.length / 2];
    }
}
