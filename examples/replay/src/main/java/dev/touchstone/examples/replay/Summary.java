package dev.touchstone.examples.replay;

import java.io.PrintStream;
import java.util.Locale;

/** What is printed on standard error after the bad lines: how the input was read, and why events were lost. Immutable. */
final class Summary {

    private final String name;
    private final Options options;
    private final Replay.Counts counts;
    private final Mends mends;
    private final EventSource source;

    Summary(String name, Options options, Replay.Counts counts, Mends mends, EventSource source) {
        this.name = name;
        this.options = options;
        this.counts = counts;
        this.mends = mends;
        this.source = source;
    }

    void print(PrintStream err) {
        String forms = mends.summary();
        if (!forms.isEmpty()) {
            err.println(name + ": read in other forms: " + forms);
        }
        String converted = source instanceof ConvertedSource records ? records.summary() : "";
        if (!converted.isEmpty()) {
            err.println(name + ": " + converted);
        }
        if (options.inOrderGiven() && counts.backwards() > 0) {
            err.println(name + ": " + counts.backwards() + " lines have an earlier time than a line before them;"
                    + " without --in-order-given they are sorted by time");
        }
        if (counts.ahead() > 0) {
            err.println(name + ": " + counts.ahead() + " events are dated later than now; they count at the latest time"
                    + " before them");
        }
        if (isMany(counts.duplicates())) {
            err.println(name + ": " + share(counts.duplicates()) + " are duplicates: an event before them has the same"
                    + " \"id\". An id names one event; leave it out if it names an order, a case or a session");
        }
        if (isMany(counts.tooOld())) {
            err.println(name + ": " + share(counts.tooOld()) + " are too old: more than 400 days before the latest time"
                    + " so far. "
                    + (options.inOrderGiven()
                            ? "Leave out --in-order-given to sort them by time"
                            : "The loaded snapshot is from a later time than the file"));
        }
        if (counts.accepted() == 0) {
            err.println(name + ": no event was accepted of " + counts.offered() + " lines");
        }
    }

    private boolean isMany(long events) {
        return 10 * events > counts.offered();
    }

    private String share(long events) {
        return String.format(
                Locale.ROOT, "%d of %d events (%d %%)", events, counts.offered(), 100 * events / counts.offered());
    }
}
