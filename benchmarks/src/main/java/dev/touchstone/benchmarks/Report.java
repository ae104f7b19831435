package dev.touchstone.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs benchmarks and prints the tables of {@code docs/performance.md}: of each benchmark the median of its forks, as a
 * multiple of the timer's, and the bytes that it allocates; then each goal that was measured, as met or missed. The arguments
 * are those of JMH; {@code --quick} runs once, in less than five minutes, what the goals need, {@code --full} three times and
 * with everything beside it.
 */
public final class Report {

    private static final String REFERENCE = "timer";
    private static final String QUICK =
            "RecordBenchmark.(timer|timerOnTwo|eventAlone|key|keyOnTwo|rawId|anonymous|anonymousOnTwo|journey|interaction)$";

    private Report() {}

    /** Runs what the arguments name. */
    public static void main(String... arguments) throws RunnerException, CommandLineOptionException, IOException {
        OptionsBuilder options = new OptionsBuilder();
        options.addProfiler(GCProfiler.class);
        if (arguments.length == 1 && arguments[0].equals("--quick")) {
            options.include(QUICK)
                    .include("CrowdBenchmark.(byHand|byHandOnTwo|crowd|crowdOnTwo)$")
                    .include("ReadBenchmark.(customer|scoreboard)$")
                    .param("law", Crowd.Law.ZIPF.name())
                    .forks(1)
                    .warmupIterations(12)
                    .warmupTime(TimeValue.milliseconds(500))
                    .measurementIterations(8)
                    .measurementTime(TimeValue.milliseconds(500));
        } else if (arguments.length == 1 && arguments[0].equals("--full")) {
            options.include("RecordBenchmark|CrowdBenchmark|PeerBenchmark|ReadBenchmark.(customer|scoreboard)$")
                    .forks(3);
        } else {
            options.parent(new CommandLineOptions(arguments));
        }
        Figures figures = new Figures(new Runner(options.build()).run());
        System.out.println();
        System.out.println(machine());
        System.out.println();
        printTimes(figures);
        System.out.println();
        printGoals(figures);
    }

    private static void printTimes(Figures figures) {
        System.out.println("| | ns | x R | B/op |");
        System.out.println("|---|---:|---:|---:|");
        for (String name : figures.names()) {
            double time = figures.time(name);
            System.out.printf(
                    Locale.ROOT,
                    "| `%s` | %s | %.2f | %,.0f |%n",
                    name,
                    String.format(Locale.ROOT, time < 100 ? "%.1f" : "%,.0f", time),
                    time / figures.time(REFERENCE),
                    figures.bytes(name));
        }
    }

    private static void printGoals(Figures figures) {
        System.out.println("| goal | | measured | |");
        System.out.println("|---|---|---:|---|");
        Goal.ALL.stream()
                .filter(goal -> figures.has(goal.needed().toArray(new String[0])))
                .forEach(goal -> System.out.println(goal.row(figures)));
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
