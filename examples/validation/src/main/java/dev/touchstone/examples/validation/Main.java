package dev.touchstone.examples.validation;

import dev.touchstone.examples.validation.Rows.Row;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replays public records through the library and prints how well the scores rank what customers then said or did. */
public final class Main {

    static final int OK = 0;
    static final int UNUSABLE = 2;

    private final PrintStream out;
    private final PrintStream err;

    Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Runs and ends the process with 0, or 2 if it cannot be run this way or a file is missing or broken. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = new Main(out, err).run(List.of(args));
        out.flush();
        System.exit(status);
    }

    int run(List<String> args) {
        try {
            Options options = Options.parse(args);
            if (options.help()) {
                out.print(Options.USAGE);
                return OK;
            }
            return run(options);
        } catch (UsageException e) {
            err.println("validation: " + e.getMessage());
            err.print(Options.USAGE);
            return UNUSABLE;
        } catch (DataException e) {
            err.println("validation: " + e.getMessage());
            return UNUSABLE;
        }
    }

    private int run(Options options) {
        Map<DataSet, List<Path>> files = new EnumMap<>(DataSet.class);
        List<DataSet> missing = new ArrayList<>();
        for (DataSet data : DataSet.values()) {
            List<Path> found = data.in(options.data());
            if (found.isEmpty()) {
                missing.add(data);
            } else {
                files.put(data, found);
            }
        }
        if (!files.isEmpty()) {
            Report report = report(files);
            out.print(options.json() ? report.json() : report.text());
        }
        if (missing.isEmpty()) {
            return OK;
        }
        explain(options.data(), missing);
        return UNUSABLE;
    }

    private static Report report(Map<DataSet, List<Path>> files) {
        List<Contest> contests = new ArrayList<>();
        rows(files, DataSet.OLIST)
                .ifPresent(rows -> contests.addAll(Olist.of(rows).contests()));
        rows(files, DataSet.TICKETS)
                .ifPresent(rows -> contests.addAll(Tickets.of(rows).contests()));
        rows(files, DataSet.INCIDENTS)
                .ifPresent(rows -> contests.addAll(Incidents.of(rows).contests()));
        return new Report(contests, rows(files, DataSet.HCAHPS).map(Hcahps::of));
    }

    private static Optional<List<Row>> rows(Map<DataSet, List<Path>> files, DataSet data) {
        return Optional.ofNullable(files.get(data)).map(Rows::of);
    }

    private void explain(Path folder, List<DataSet> missing) {
        err.println("validation: not all records are in " + folder + "; name their folder with --data. They are public"
                + " and not part of this project. Missing:");
        for (DataSet data : missing) {
            err.println("  " + data.pattern + ": " + data.source);
        }
    }
}
