package dev.touchstone.comparison.internal;

import dev.touchstone.internal.Fields;
import dev.touchstone.internal.Saturating;
import dev.touchstone.scoring.Assessment;
import java.util.OptionalDouble;

/** The undecayed sums of the events with one value of an attribute. Not thread-safe. */
public final class VariantSums {

    // the tolerance for the rounding of a sum of qualities, each from 0 to 1
    private static final double ROUNDING = 1e-6;

    private long events;
    private double quality;
    private double qualitySquares;
    private double effortUnits;
    private long failures;
    private long begun;
    private long completed;
    private long predictions;
    private double predicted;

    /** Creates empty sums. */
    public VariantSums() {}

    /** Adds the assessment of an event. */
    public void add(Assessment happened, boolean failed) {
        events++;
        quality += happened.quality();
        qualitySquares += happened.quality() * happened.quality();
        effortUnits += happened.effort().total();
        failures += failed ? 1 : 0;
    }

    /** Adds journeys that were opened or completed by an event. */
    public void addJourneys(int begunOnes, int completedOnes) {
        begun += begunOnes;
        completed += completedOnes;
    }

    /** Adds the predicted probability of a satisfied answer after an event. */
    public void addPredicted(double satisfied) {
        predictions++;
        predicted += satisfied;
    }

    /** Adds other sums. */
    public void addAll(VariantSums other) {
        events = Saturating.add(events, other.events);
        quality += other.quality;
        qualitySquares += other.qualitySquares;
        effortUnits = Saturating.add(effortUnits, other.effortUnits);
        failures = Saturating.add(failures, other.failures);
        begun = Saturating.add(begun, other.begun);
        completed = Saturating.add(completed, other.completed);
        predictions = Saturating.add(predictions, other.predictions);
        predicted += other.predicted;
    }

    /** Returns an independent copy. */
    public VariantSums copy() {
        VariantSums copy = new VariantSums();
        copy.addAll(this);
        return copy;
    }

    /** Returns the number of events. */
    public long events() {
        return events;
    }

    /** Returns the number of events that failed. */
    public long failures() {
        return failures;
    }

    /** Returns the mean quality, from 0 to 1; empty without events. */
    public OptionalDouble quality() {
        return share(quality, events);
    }

    /** Returns the mean units of effort; empty without events. */
    public OptionalDouble effort() {
        return events == 0 ? OptionalDouble.empty() : OptionalDouble.of(effortUnits / (double) events);
    }

    /** Returns the number of opened journeys. */
    public long begun() {
        return begun;
    }

    /** Returns the share of opened journeys that were completed, from 0 to 1; empty if none was opened. */
    public OptionalDouble completion() {
        return share((double) completed, begun);
    }

    /** Returns the mean predicted probability of a satisfied answer, from 0 to 1; empty without predictions. */
    public OptionalDouble predicted() {
        return share(predicted, predictions);
    }

    private static OptionalDouble share(double sum, long count) {
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(Math.min(1, sum / (double) count));
    }

    /** Returns the sum of the squared distances of the qualities from their mean. */
    double squaredDistances() {
        return events == 0 ? 0 : Math.max(0, qualitySquares - quality * quality / (double) events);
    }

    /**
     * Lists the fields.
     *
     * @throws IllegalArgumentException if the sums are not possible
     */
    public VariantSums fields(Fields fields) {
        events = fields.count("events", events);
        quality = fields.number("quality", quality);
        qualitySquares = fields.number("qualitySquares", qualitySquares);
        effortUnits = fields.number("effortUnits", effortUnits);
        failures = fields.count("failures", failures);
        begun = fields.count("begun", begun);
        completed = fields.count("completed", completed);
        predictions = fields.count("predictions", predictions);
        predicted = fields.number("predicted", predicted);
        boolean possible = isShare(quality, events)
                && isShare(qualitySquares, events)
                && qualitySquares <= quality + ROUNDING * (1 + quality)
                && effortUnits >= 0
                && effortUnits < Double.POSITIVE_INFINITY
                && failures <= events
                && predictions <= events
                && isShare(predicted, predictions);
        if (!possible) {
            throw new IllegalArgumentException("variant " + this
                    + ": expected qualities and predictions from 0 to 1 each, and no more than events");
        }
        return this;
    }

    private static boolean isShare(double sum, long count) {
        return sum >= 0 && sum <= (double) count * (1 + ROUNDING) + ROUNDING;
    }

    @Override
    public String toString() {
        return events + " events, quality " + quality + ", predicted " + predicted + " of " + predictions;
    }
}
