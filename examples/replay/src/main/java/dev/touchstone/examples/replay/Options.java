package dev.touchstone.examples.replay;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.catalog.internal.NearestName;
import dev.touchstone.history.History.Resolution;
import dev.touchstone.settings.InstanceSettings;
import dev.touchstone.settings.InstanceSettings.Setting;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the command line says.
 *
 * @param file the file of events; empty for standard input
 * @param catalog the file of the catalog
 * @param at the time at which the scores are read; empty for the clock after the last event
 * @param customers whether customers are shown
 * @param format how it is printed
 * @param strict whether bad lines are held against the run
 * @param saved where what is known is kept at the end
 * @param loaded what it begins with
 * @param inOrderGiven whether the order of the file is kept
 * @param zone the zone of local times
 * @param inputFormat the format of the input; empty if its first bytes decide
 * @param columns the columns of a table
 * @param lifetime whether scores do not decay
 * @param every the length of the periods that are shown; empty if none are
 * @param settings the settings of the instance that are given, as text
 * @param help whether nothing is wanted but the usage
 */
record Options(
        Optional<String> file,
        Optional<Path> catalog,
        Optional<Instant> at,
        boolean customers,
        Format format,
        boolean strict,
        Optional<Path> saved,
        Optional<Path> loaded,
        boolean inOrderGiven,
        Optional<ZoneId> zone,
        Optional<InputFormat> inputFormat,
        Optional<ColumnMap> columns,
        boolean lifetime,
        Optional<Resolution> every,
        Map<Setting<?>, String> settings,
        boolean help) {

    static final String USAGE = """
        usage: java -jar replay.jar [events.jsonl[.gz] | -] [options]
          --catalog FILE         what is declared: touchpoints, journeys, model
          --at TIME              when to read the scores, such as 2026-03-02T00:00:00Z;
                                 later events are left out (default: after the last event)
          --customers            show customers too, under the ids of the file
          --every PERIOD         print one row a touchpoint and period instead: PT1H, P1D, P7D or P1M
          --lifetime             do not let scores decay: every event of the file counts the same
          --format text|json     how to print (default: text)
          --strict               end with status 3 if any line was bad
          --save-snapshot FILE   save the state after the last event, to continue later
          --load-snapshot FILE   continue from a saved state
          --help                 print this
        the input:
          --format-in FORMAT     jsonl, json, csv, combined, w3c or otlp-json
                                 (default: decided by the first lines)
          --map FIELD=COLUMN,... columns of a CSV file, such as
                                 touchpoint=activity,customer=case_id,time=timestamp
          --zone ZONE            zone of times without one, such as Europe/Berlin
          --in-order-given       keep the order of the file instead of sorting it by time
        settings of the instance, as in an application:
          --maximum-customers N  maximum number of customers (default: no limit)
          --maximum-series N     maximum number of series (default: 1000)
          --retention DURATION   how long after the last event a customer expires (default: 180d)
          --active-for DURATION  how long after the last event a customer is evicted last (default: 30m)
          --prediction BOOLEAN   whether answers are predicted from those before (default: false)
          --sampling-rate SHARE  share of the customers whose events are recorded (default: 1)
          --minimum-group-size N customers below which a group is small, 5 to 10 or 0 (default: 10)
          --key-file FILE        secret for pseudonyms (default: TOUCHSTONE_PSEUDONYM_KEY)
          --former-key-files F,F secrets that were in use before
        exit status:
          0  done
          2  it cannot be run this way, or the input cannot be read
          3  with --strict: a line was bad
          4  no event was accepted
        """;

    private static final Set<String> SWITCHES =
            Set.of("--customers", "--lifetime", "--in-order-given", "--strict", "--help");
    /**
     * All but those of a process that outlives its input, and the one that is a switch here. Of care none: with no team at
     * work every recovery case would count as not resolved.
     */
    static final List<Setting<?>> SETTINGS = InstanceSettings.all().stream()
            .filter(setting -> !Set.of(
                            InstanceSettings.NAME,
                            InstanceSettings.LIFETIME,
                            InstanceSettings.SNAPSHOT_DIRECTORY,
                            InstanceSettings.SNAPSHOT_INTERVAL)
                    .contains(setting))
            .filter(setting -> !setting.name().startsWith("care."))
            .toList();

    private static final Set<String> WITH_VALUE = Stream.concat(
                    Stream.of(
                            "--catalog",
                            "--at",
                            "--format",
                            "--format-in",
                            "--map",
                            "--zone",
                            "--every",
                            "--save-snapshot",
                            "--load-snapshot"),
                    SETTINGS.stream().map(Options::option))
            .collect(Collectors.toUnmodifiableSet());

    /** @throws UsageException if it makes no sense */
    static Options parse(List<String> args) {
        Map<String, String> values = new HashMap<>();
        Deque<String> rest = new ArrayDeque<>(args);
        while (!rest.isEmpty()) {
            String arg = rest.remove();
            String name = arg.equals("-h") ? "--help" : arg;
            String value = "";
            if (!isOption(arg)) {
                name = "file";
                value = arg;
            } else if (arg.startsWith("--") && arg.contains("=")) {
                name = arg.substring(0, arg.indexOf('='));
                value = arg.substring(arg.indexOf('=') + 1);
                check(name, true);
            } else if (check(name, false)) {
                value = rest.isEmpty() || rest.element().startsWith("--") ? "" : rest.remove();
            }
            if (WITH_VALUE.contains(name) && value.isEmpty()) {
                throw new UsageException(name + " needs a value");
            }
            if (values.putIfAbsent(name, value) != null) {
                throw new UsageException(
                        name.equals("file") ? "one file at a time, not also " + value : name + " is given twice");
            }
        }
        Map<Setting<?>, String> settings = new LinkedHashMap<>();
        for (Setting<?> setting : SETTINGS) {
            if (values.containsKey(option(setting))) {
                settings.put(setting, values.get(option(setting)));
            }
        }
        Options options = new Options(
                Optional.ofNullable(values.get("file")).filter(file -> !file.equals("-")),
                value(values, "--catalog", "is not a file name", Path::of),
                value(values, "--at", "is not a time such as 2026-03-02T00:00:00Z", Options::time),
                values.containsKey("--customers"),
                value(values, "--format", "is neither text nor json", Format::of)
                        .orElse(Format.TEXT),
                values.containsKey("--strict"),
                value(values, "--save-snapshot", "is not a file name", Path::of),
                value(values, "--load-snapshot", "is not a file name", Path::of),
                values.containsKey("--in-order-given"),
                value(values, "--zone", "is not a zone such as Europe/Berlin or +01:00", ZoneId::of),
                value(
                        values,
                        "--format-in",
                        "is none of " + String.join(", ", InputFormat.names()),
                        name -> InputFormat.named(name).orElseThrow(IllegalArgumentException::new)),
                value(values, "--map", "is not field=column", ColumnMap::parse),
                values.containsKey("--lifetime"),
                value(values, "--every", "is none of PT1H, P1D, P7D and P1M", Resolution::of),
                settings,
                values.containsKey("--help"));
        if (options.columns.isPresent() && !options.inputFormat.equals(Optional.of(InputFormat.CSV))) {
            throw new UsageException("--map names the columns of a table; add --format-in csv");
        }
        if (options.every.isPresent() && options.customers) {
            throw new UsageException("--customers shows scores at one time; leave out --every");
        }
        options.applyTo(Touchstone.builder()); // to reject invalid values before the input is read
        return options;
    }

    private static String option(Setting<?> setting) {
        return "--" + setting.name();
    }

    /**
     * Applies the settings of the instance.
     *
     * @throws UsageException with every setting that has an invalid value
     */
    void applyTo(TouchstoneBuilder builder) {
        List<String> problems = new ArrayList<>();
        InstanceSettings instance =
                new InstanceSettings(builder, (setting, message) -> problems.add("--" + setting + ": " + message));
        settings.forEach(instance::parse);
        if (!problems.isEmpty()) {
            throw new UsageException(String.join("\nreplay: ", problems));
        }
    }

    /** Returns the key file; empty if none is given. */
    Optional<Path> keyFile() {
        return Optional.ofNullable(settings.get(InstanceSettings.KEY_FILE)).map(Path::of);
    }

    private static boolean isOption(String arg) {
        return arg.startsWith("-") && !arg.equals("-");
    }

    /** Returns whether the option, which must be a known one, has a value. */
    private static boolean check(String name, boolean valueGiven) {
        boolean withValue = WITH_VALUE.contains(name);
        if (withValue || (SWITCHES.contains(name) && !valueGiven)) {
            return withValue;
        }
        if (SWITCHES.contains(name)) {
            throw new UsageException(name + " has no value");
        }
        Set<String> known = new TreeSet<>(SWITCHES);
        known.addAll(WITH_VALUE);
        throw new UsageException("there is no option " + name + NearestName.hint(name, known));
    }

    private static <T> Optional<T> value(
            Map<String, String> values, String name, String complaint, Function<String, T> parser) {
        String value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.apply(value));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new UsageException(name + ": \"" + value + "\" " + complaint);
        }
    }

    private static Instant time(String text) {
        Instant time = Instant.parse(text.toUpperCase(Locale.ROOT));
        if (time.isBefore(Instant.parse("0000-01-01T00:00:00Z"))
                || time.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) {
            throw new DateTimeException("no year of four digits");
        }
        return time;
    }
}
