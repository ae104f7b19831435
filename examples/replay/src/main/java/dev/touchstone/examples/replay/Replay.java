package dev.touchstone.examples.replay;

import dev.touchstone.RecordingException;
import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.EventJson;
import dev.touchstone.json.ScoreboardJson.LabelledCustomer;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.store.SnapshotFile;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records the events of lines, each at its own time, and reads the scores at the end. Used once. */
final class Replay {

    /** More than any file has: no customer is evicted unless a maximum is given. */
    private static final long CUSTOMERS = 1L << 40;

    private final Catalog catalog;
    private final Options options;
    private final boolean customersShown;
    private final ReplayClock clock;
    private final BadLines badLines;
    private final PseudonymKey secret;
    private final SnapshotFile snapshot;
    private final boolean loads;
    private final boolean saves;
    private final Customers customers;
    private final Optional<PeriodRows> rows;
    private final EventLines reader;
    private final Mends mends;
    private final Counts counts = new Counts();
    private long latestMs = Long.MIN_VALUE;
    /** What was rejected before there was a time at which to begin. */
    private final Map<DropReason, Long> early = new EnumMap<>(DropReason.class);

    private @Nullable Touchstone touchstone;

    Replay(Catalog catalog, Options options, ReplayClock clock, BadLines badLines, Mends mends) {
        this.catalog = catalog;
        this.options = options;
        this.customersShown = options.customers();
        this.clock = clock;
        this.badLines = badLines;
        this.secret = Secret.of(options);
        this.snapshot =
                SnapshotFile.of(options.loaded().orElse(null), options.saved().orElse(null));
        this.loads = options.loaded().isPresent();
        this.saves = options.saved().isPresent();
        this.customers = new Customers(customersShown, secret);
        this.rows = options.every().map(PeriodRows::new);
        EventJson all = new EventJson().customers(customers::set);
        this.reader =
                new EventLines(options.at().map(all::until).orElse(all), catalog, new Times(options.zone()), mends);
        this.mends = mends;
    }

    /** Records all lines of a source in its order. */
    Result run(EventSource lines, Progress progress) throws IOException {
        if (loads) {
            // time goes on from there, before the first line too
            started().health().store().savedAt().ifPresent(taken -> clock.moveTo(taken.toEpochMilli()));
        }
        try (ReadAhead ahead = new ReadAhead(lines, this::read)) {
            while (ahead.next()) {
                readPeriods(ahead.line().timeMs());
                replay(ahead.line(), ahead.number());
                progress.line();
            }
        }
        progress.end();
        if (!clock.isStarted()) {
            clock.stop();
        }
        if (saves) {
            started().snapshot(); // before journeys are closed for the reading: the next part may go on with them
        }
        readPeriods(Long.MAX_VALUE);
        clock.stop();
        try (Touchstone ended = started()) {
            readPeriods(Long.MAX_VALUE);
            Scoreboard scoreboard = ended.scoreboard();
            return new Result(
                    scoreboard,
                    customersShown ? Optional.of(customers.worstFirst(ended)) : Optional.empty(),
                    rows,
                    reader.titles(),
                    catalog.model(),
                    counts);
        }
    }

    /** Reads a line on the thread that reads ahead; everything else is done by the thread of {@link #run}. */
    private Line read(EventSource lines) {
        String problem = lines.problem();
        if (problem != null) {
            return Line.bad(DropReason.BAD_EVENT, problem, Line.NO_TIME);
        }
        Line line = reader.read(lines.buffer(), lines.offset(), lines.length());
        Line.Identity identity = line.identity();
        if (identity != null && !isAfterAt(line.timeMs())) {
            customers.name(identity);
        }
        return line;
    }

    /** Reads the periods, if they are wanted, before the clock goes on to a time at which some are gone. */
    private void readPeriods(long timeMs) {
        if (clock.isStarted() && rows.filter(all -> all.isDue(timeMs)).isPresent()) {
            rows.get().read(started().history(), clock.instant());
        }
    }

    private boolean isAfterAt(long timeMs) {
        return options.at().filter(at -> timeMs > at.toEpochMilli()).isPresent();
    }

    private void replay(Line line, long number) {
        countOrder(line.timeMs());
        Line.Identity identity = line.identity();
        if (identity != null) {
            identify(identity, line.timeMs());
            return;
        }
        counts.offered++;
        TouchpointEvent event = line.event();
        if (event != null) {
            counts.ahead += clock.moveTo(line.timeMs()) ? 1 : 0;
            record(event, number);
            return;
        }
        DropReason reason = Objects.requireNonNullElse(line.reason(), DropReason.BAD_EVENT);
        if (reason == DropReason.AFTER_AT) {
            reject(reason); // as asked for: nothing is wrong with the line
            return;
        }
        if (line.timeMs() != Line.NO_TIME) {
            clock.moveTo(line.timeMs());
        }
        reject(reason);
        badLines.add(number, reason, line.message());
    }

    private void countOrder(long timeMs) {
        if (timeMs != Line.NO_TIME) {
            counts.backwards += timeMs < latestMs ? 1 : 0;
            latestMs = Math.max(latestMs, timeMs);
        }
    }

    private void identify(Line.Identity identity, long timeMs) {
        if (isAfterAt(timeMs)) {
            return;
        }
        if (timeMs != Line.NO_TIME) {
            clock.moveTo(timeMs);
        }
        if (clock.isStarted()) { // before the first event there is no guest
            customers.identify(started(), identity);
            mends.add(Mend.IDENTIFIED);
        }
    }

    private void record(TouchpointEvent event, long line) {
        try {
            started().record(event);
            counts.accepted++;
            customers.accepted(event);
        } catch (RecordingException e) {
            counts.duplicates += e.reason() == DropReason.DUPLICATE ? 1 : 0;
            counts.tooOld += e.reason() == DropReason.TOO_OLD ? 1 : 0;
            badLines.add(line, e.reason(), detail(e.reason()));
        } catch (RuntimeException e) {
            // a strict instance throws its own errors too, counted as such; the next line may do better
            badLines.add(
                    line,
                    DropReason.ERROR,
                    "an error inside the library: " + e.getClass().getName());
        }
    }

    private static String detail(DropReason reason) {
        return switch (reason) {
            case TOO_OLD -> "the event is more than 400 days older than the latest time before it";
            case DUPLICATE -> "an event with the same \"id\" came before";
            default -> "the event cannot be used";
        };
    }

    private void reject(DropReason reason) {
        if (clock.isStarted()) {
            started().reject(reason);
        } else {
            early.merge(reason, 1L, Long::sum);
        }
    }

    /** Returns the instance, which begins when the clock does. */
    private Touchstone started() {
        Touchstone started = touchstone;
        if (started == null) {
            TouchstoneBuilder builder =
                    Touchstone.builder().catalog(catalog).clock(clock).strict().maximumCustomers(CUSTOMERS);
            options.applyTo(builder);
            started = builder.pseudonymKey(secret).store(snapshot).build();
            touchstone = started;
            rejectAll(early, started);
        }
        return started;
    }

    private static void rejectAll(Map<DropReason, Long> counts, Touchstone touchstone) {
        counts.forEach((reason, count) -> {
            for (long i = 0; i < count; i++) {
                touchstone.reject(reason);
            }
        });
    }

    /**
     * What came out.
     *
     * @param customers the worst first; empty if they are not to be shown
     * @param rows all periods of each touchpoint; empty if they are not to be shown
     * @param titles the originals of touchpoint names that were folded, by name
     * @param model the model under which everything was scored
     * @param counts what became of the lines
     */
    record Result(
            Scoreboard scoreboard,
            Optional<List<LabelledCustomer>> customers,
            Optional<PeriodRows> rows,
            Map<String, String> titles,
            ScoreModel model,
            Counts counts) {}

    /** What became of the lines of this run; those of a loaded snapshot are not in it. */
    static final class Counts {

        private long offered;
        private long accepted;
        private long duplicates;
        private long tooOld;
        private long backwards;
        private long ahead;

        long offered() {
            return offered;
        }

        long accepted() {
            return accepted;
        }

        long duplicates() {
            return duplicates;
        }

        long tooOld() {
            return tooOld;
        }

        /** Returns how many events are dated later than now. */
        long ahead() {
            return ahead;
        }

        /** Returns how many lines have an earlier time than a line before them. */
        long backwards() {
            return backwards;
        }
    }
}
