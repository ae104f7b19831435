package dev.touchstone.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs benchmarks, with the arguments of JMH, and prints the table of {@code docs/performance.md}: of each the median of
 * its forks, as a multiple of the timer's, and the bytes that it allocates.
 */
public final class Report {

    private static final String REFERENCE = "timer";

    private Report() {}

    /** Runs what the arguments name. */
    public static void main(String... arguments) throws RunnerException, CommandLineOptionException, IOException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(arguments))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        System.out.println();
        System.out.println(machine());
        System.out.println();
        print(results);
    }

    private static void print(Collection<RunResult> results) {
        double reference = results.stream()
                .filter(result -> name(result).equals(REFERENCE))
                .mapToDouble(Report::time)
                .findFirst()
                .orElse(Double.NaN);
        System.out.println("| | ns | x R | B/op |");
        System.out.println("|---|---:|---:|---:|");
        for (RunResult result : results) {
            double time = time(result);
            System.out.printf(
                    Locale.ROOT,
                    "| `%s` | %s | %.2f | %,.0f |%n",
                    name(result),
                    String.format(Locale.ROOT, time < 100 ? "%.1f" : "%,.0f", time),
                    time / reference,
                    median(result, Report::bytes));
        }
    }

    private static String name(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static double time(RunResult result) {
        return median(result, fork -> fork.getPrimaryResult().getScore());
    }

    private static double bytes(BenchmarkResult fork) {
        Result<?> bytes = fork.getSecondaryResults().get("gc.alloc.rate.norm");
        return bytes == null ? Double.NaN : bytes.getScore();
    }

    private static double median(RunResult result, ToDoubleFunction<BenchmarkResult> figure) {
        double[] figures = result.getBenchmarkResults().stream()
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return figures[figures.length / 2];
    }

    /** Returns on what and when this ran. */
    static String machine() throws IOException {
        return "%s, %d processors, %s, JDK %s, %s"
                .formatted(
                        processor(),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("java.vm.version"),
                        LocalDate.now(ZoneOffset.UTC));
    }

    private static String processor() throws IOException {
        Path cpus = Path.of("/proc/cpuinfo");
        String unknown = System.getProperty("os.arch");
        if (!Files.exists(cpus)) {
            return unknown;
        }
        return Files.readAllLines(cpus).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(unknown);
    }
}
