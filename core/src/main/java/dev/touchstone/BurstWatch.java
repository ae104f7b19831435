package dev.touchstone;

import dev.touchstone.care.Signal;
import dev.touchstone.care.Signal.Kind;
import dev.touchstone.care.internal.Burst;
import dev.touchstone.event.Mention;
import dev.touchstone.internal.HalfUp;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Detects when the business is mentioned much more often than usual. Thread-safe. */
final class BurstWatch {

    private static final long RECENT_MS = TimeUnit.MINUTES.toMillis(10);

    private final SignalTally tally;
    private final Burst burst = new Burst();

    BurstWatch(SignalTally tally) {
        this.tally = tally;
    }

    /** Adds a mention, unless it is old or about a competitor, and returns the signals to deliver. */
    synchronized List<Signal> add(Mention mention, long nowMs) {
        boolean counts = mention.isOwn() && nowMs - mention.timeMs().orElse(nowMs) < RECENT_MS;
        return counts ? signals(burst.add(nowMs), nowMs) : List.of();
    }

    /** Checks whether a burst is over, and returns the signals to deliver. */
    synchronized List<Signal> look(long nowMs) {
        return signals(burst.look(nowMs), nowMs);
    }

    private List<Signal> signals(@Nullable Boolean begun, long nowMs) {
        if (begun == null) {
            return List.of();
        }
        String reason = burst.recent() + " mentions in 10 minutes, " + HalfUp.format(burst.usualInAnHour())
                + " in an hour are usual";
        Signal.Builder signal = tally.next(Kind.BURST, nowMs, reason);
        return List.of(tally.count(begun ? signal.build() : signal.cleared().build()));
    }

    /** Corrects future timestamps after the clock went back. */
    synchronized void goBack(long toMs) {
        burst.goBack(toMs);
    }
}
