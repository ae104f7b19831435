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
import dev.touchstone.json.EventJson.ReadEvent;
import dev.touchstone.json.ScoreboardJson.LabelledCustomer;
import dev.touchstone.store.SnapshotFile;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
    private final EventJson reader;
    /** What was rejected before there was a time at which to begin. */
    private final Map<DropReason, Long> early = new EnumMap<>(DropReason.class);

    private @Nullable Touchstone touchstone;

    Replay(Catalog catalog, Options options, ReplayClock clock, BadLines badLines) {
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
        EventJson all = new EventJson().customers(customers::set);
        this.reader = options.at().map(all::until).orElse(all);
    }

    Result run(LineReader lines, Progress progress) throws IOException {
        if (loads) {
            // time goes on from there, before the first line too
            started().health().store().savedAt().ifPresent(taken -> clock.moveTo(taken.toEpochMilli()));
        }
        while (lines.next()) {
            if (!lines.isBlank()) {
                replay(lines);
            }
            progress.line(lines);
        }
        progress.end();
        if (!clock.isStarted()) {
            clock.stop();
        }
        if (saves) {
            started().snapshot(); // before journeys are closed for the reading: the next part may go on with them
        }
        clock.stop();
        try (Touchstone ended = started()) {
            Scoreboard scoreboard = ended.scoreboard();
            return new Result(scoreboard, customersShown ? Optional.of(customers.worstFirst(ended)) : Optional.empty());
        }
    }

    private void replay(LineReader lines) {
        if (lines.isTooLong()) {
            reject(DropReason.BAD_EVENT);
            badLines.add(lines.number(), DropReason.BAD_EVENT, "is longer than " + LineReader.MAX_LENGTH + " bytes");
            return;
        }
        ReadEvent read = reader.read(lines.buffer(), lines.offset(), lines.length());
        TouchpointEvent event = read.event().orElse(null);
        if (event != null) {
            clock.moveTo(read.timeMs().orElseThrow());
            record(event, lines.number());
            return;
        }
        DropReason reason = read.reason().orElse(DropReason.BAD_EVENT);
        if (reason == DropReason.AFTER_AT) {
            reject(reason); // as asked for: nothing is wrong with the line
            return;
        }
        read.timeMs().ifPresent(clock::moveTo);
        reject(reason);
        badLines.add(lines.number(), reason, read.message());
    }

    private void record(TouchpointEvent event, long line) {
        try {
            started().record(event);
            customers.accepted(event);
        } catch (RecordingException e) {
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
     */
    record Result(Scoreboard scoreboard, Optional<List<LabelledCustomer>> customers) {}
}
