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

/**
 * The predicted answers of customers, averaged over all of them and by the cell of their last event. Not thread-safe.
 */
final class Outlook {

    /** No predictions. */
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

    /**
     * Returns the forecast over all customers; empty before any answer was learned, and if no customer was active
     * recently.
     */
    Optional<Forecast> forecast() {
        if (all.count == 0 || reliability.quantiles().isEmpty()) {
            return Optional.empty();
        }
        double satisfied = all.value();
        Interval interval =
                new Interval(Math.min(low / all.count, satisfied), Math.min(1, Math.max(high / all.count, satisfied)));
        return Optional.of(Forecast.of(satisfied, interval, all.count, reliability));
    }

    /** Returns the mean of the customers whose last event was in a cell. */
    Mean cell(String touchpoint, Channel channel) {
        return cells.getOrDefault(touchpoint, Map.of()).getOrDefault(channel, Mean.NONE);
    }

    /** The mean predicted probability of a satisfied answer over a group of customers. */
    static final class Mean {

        /** The mean over no customer. */
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

        /** Returns this mean; {@link #NONE} if it covers too few customers. */
        Mean withheldBelow(int customers) {
            return count < customers ? NONE : this;
        }
    }
}
