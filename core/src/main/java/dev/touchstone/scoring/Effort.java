package dev.touchstone.scoring;

import java.util.Map;

/** Units of effort by driver. Immutable. */
public final class Effort {

    /** No effort. */
    public static final Effort NONE = new Effort(new double[EffortDriver.values().length]);

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
        units.forEach((driver, number) -> all[driver.ordinal()] = number);
        return checked(all);
    }

    /**
     * Returns an effort. All units are at least 0.
     *
     * @param retry the units of {@link EffortDriver#RETRY}
     * @param excessStep the units of {@link EffortDriver#EXCESS_STEP}
     * @param transfer the units of {@link EffortDriver#TRANSFER}
     * @param channelSwitch the units of {@link EffortDriver#CHANNEL_SWITCH}
     * @param repeatedInformation the units of {@link EffortDriver#REPEATED_INFORMATION}
     * @param repeatContact the units of {@link EffortDriver#REPEAT_CONTACT}
     * @param abandonment the units of {@link EffortDriver#ABANDONMENT}
     * @throws IllegalArgumentException if a number of units is negative or not finite
     */
    public static Effort of(
            double retry,
            double excessStep,
            double transfer,
            double channelSwitch,
            double repeatedInformation,
            double repeatContact,
            double abandonment) {
        double[] units = {retry, excessStep, transfer, channelSwitch, repeatedInformation, repeatContact, abandonment};
        return checked(units);
    }

    private static Effort checked(double[] units) {
        for (int i = 0; i < units.length; i++) {
            if (!(units[i] >= 0 && units[i] < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("effort " + EffortDriver.values()[i] + " is " + units[i]
                        + ": expected a finite number of at least 0");
            }
        }
        return new Effort(units);
    }

    /** Returns the units of one driver. */
    public double units(EffortDriver driver) {
        return units[driver.ordinal()];
    }

    /** Returns the units of all drivers. */
    public double total() {
        return total;
    }

    /** Returns the sum of both efforts, driver by driver. */
    public Effort plus(Effort other) {
        if (other.total == 0) {
            return this;
        }
        double[] sums = units.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.units[i];
        }
        return new Effort(sums);
    }
}
