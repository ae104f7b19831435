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
        String law = result.getParams().getParam("law");
        return benchmark(result) + (law == null ? "" : " " + law);
    }

    /** Returns the name of a benchmark without that of its class. */
    static String benchmark(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }

    /** Returns the nanoseconds of one call. */
    static double time(RunResult result) {
        return median(result, fork -> fork.getPrimaryResult().getScore());
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
        return ofKnown(name, Figures::time);
    }

    /** Returns the bytes that one call allocates; NaN if it was not measured. */
    double bytes(String name) {
        return ofKnown(
                name,
                result -> median(result, fork -> {
                    Result<?> bytes = fork.getSecondaryResults().get("gc.alloc.rate.norm");
                    return bytes == null ? Double.NaN : bytes.getScore();
                }));
    }

    private double ofKnown(String name, ToDoubleFunction<RunResult> figure) {
        RunResult result = results.get(name);
        return result == null ? Double.NaN : figure.applyAsDouble(result);
    }

    private static double median(RunResult result, ToDoubleFunction<BenchmarkResult> figure) {
        double[] figures = result.getBenchmarkResults().stream()
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return figures[figures.length / 2];
    }
}
