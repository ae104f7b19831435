package dev.touchstone.scoring;

import dev.touchstone.fields.Fields;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Units of effort by what caused them. Immutable. */
public final class Effort {

    /** No effort at all. */
    public static final Effort NONE = new Effort(new double[EffortDriver.values().length]);

    private static final List<String> NAMES =
            Stream.of(EffortDriver.values()).map(EffortDriver::key).toList();

    private final double[] units;
    private final double total;

    private Effort(double[] units) {
        this.units = units;
        double sum = 0;
        for (double each : units) {
            sum += each;
        }
        this.total = sum;
    }

    /**
     * Returns an effort, for unit tests of code that takes assessments.
     *
     * @param units the units of effort by driver, each at least 0; a missing driver has 0
     * @throws IllegalArgumentException if a number of units is negative or not finite
     */
    public static Effort of(Map<EffortDriver, Double> units) {
        double[] all = new double[EffortDriver.values().length];
        units.forEach((driver, number) -> {
            if (!(number >= 0 && Double.isFinite(number))) {
                throw new IllegalArgumentException(
                        "effort " + driver + " is " + number + ": expected a finite number of at least 0");
            }
            all[driver.ordinal()] = number;
        });
        return new Effort(all);
    }

    /** Lists the fields under one name. */
    Effort fields(String name, Fields fields) {
        double[] read = fields.numbers(name, NAMES, units);
        return read == units ? this : new Effort(read);
    }

    /** Returns the units of one driver. */
    public double units(EffortDriver driver) {
        return units[driver.ordinal()];
    }

    /** Returns the units of all drivers. */
    public double total() {
        return total;
    }

    /** Returns both efforts together. */
    Effort plus(Effort other) {
        if (other.total == 0) {
            return this;
        }
        double[] sums = units.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.units[i];
        }
        return new Effort(sums);
    }

    /** Turns counts of what happened into units, by the sizes that a model gives them. */
    static final class Sizes {

        private final double[] sizes = new double[EffortDriver.values().length];

        Sizes(ScoreModel model) {
            for (EffortDriver driver : EffortDriver.values()) {
                sizes[driver.ordinal()] = model.get(driver.units());
            }
        }

        Effort of(
                double retries,
                double excessSteps,
                double transfers,
                double channelSwitches,
                double repeatedInformation,
                double repeatContacts,
                double abandonments) {
            if (retries
                            + excessSteps
                            + transfers
                            + channelSwitches
                            + repeatedInformation
                            + repeatContacts
                            + abandonments
                    == 0) {
                return NONE;
            }
            double[] units = {
                retries, excessSteps, transfers, channelSwitches, repeatedInformation, repeatContacts, abandonments
            };
            for (int i = 0; i < units.length; i++) {
                units[i] *= sizes[i];
            }
            return new Effort(units);
        }

        Effort ofAbandonment() {
            return of(0, 0, 0, 0, 0, 0, 1);
        }
    }
}
