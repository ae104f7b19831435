package dev.touchstone;

import dev.touchstone.event.Channel;
import dev.touchstone.prediction.Forecast;
import dev.touchstone.prediction.Forecast.Reliability;
import dev.touchstone.prediction.internal.Chances;
import dev.touchstone.scoring.Interval;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What customers would answer, averaged over all of them and by where their last events were. Not thread-safe. */
final class Outlook {

    /** Without predictions. */
    static final Outlook NONE = new Outlook(Reliability.of(List.of()));

    private final Reliability reliability;
    private final Map<String, Map<Channel, Mean>> cells = new HashMap<>();
    private final Mean all = new Mean();
    private double low;
    private double high;

    Outlook(Reliability reliability) {
        this.reliability = reliability;
    }

    /** Adds a customer whose last event was in a cell. */
    void add(String touchpoint, Channel channel, Chances chances) {
        double satisfied = 1 - chances.bad();
        all.add(satisfied);
        low += 1 - chances.high();
        high += 1 - chances.low();
        cells.computeIfAbsent(touchpoint, name -> new HashMap<>())
                .computeIfAbsent(channel, name -> new Mean())
                .add(satisfied);
    }

    /** Returns what everybody would answer; empty before the first answer, and if nobody did anything lately. */
    Optional<Forecast> forecast() {
        if (all.count == 0 || reliability.quantiles().isEmpty()) {
            return Optional.empty();
        }
        double satisfied = all.value();
        Interval interval =
                new Interval(Math.min(low / all.count, satisfied), Math.min(1, Math.max(high / all.count, satisfied)));
        return Optional.of(Forecast.of(satisfied, interval, all.count, reliability));
    }

    /** Returns what customers would answer whose last event was in a cell. */
    Mean cell(String touchpoint, Channel channel) {
        return cells.getOrDefault(touchpoint, Map.of()).getOrDefault(channel, Mean.NONE);
    }

    /** The mean probability of a satisfied answer of some customers. */
    static final class Mean {

        /** Of no customer. */
        static final Mean NONE = new Mean();

        private double sum;
        private long count;

        private void add(double value) {
            sum += value;
            count++;
        }

        private double value() {
            return Math.min(1, sum / count);
        }

        OptionalDouble satisfied() {
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(value());
        }

        /** Returns it, unless it is of too few customers. */
        Mean withheldBelow(int customers) {
            return count < customers ? NONE : this;
        }
    }
}
