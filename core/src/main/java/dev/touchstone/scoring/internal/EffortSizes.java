package dev.touchstone.scoring.internal;

import dev.touchstone.internal.Fields;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.ScoreModel;
import java.util.List;
import java.util.stream.Stream;

/** The units of effort that a model assigns to each driver. Immutable and thread-safe. */
final class EffortSizes {

    private static final EffortDriver[] DRIVERS = EffortDriver.values();
    private static final List<String> NAMES =
            Stream.of(DRIVERS).map(EffortDriver::key).toList();

    private final double retry;
    private final double excessStep;
    private final double transfer;
    private final double channelSwitch;
    private final double repeatedInformation;
    private final double repeatContact;
    private final double abandonment;

    EffortSizes(ScoreModel model) {
        this.retry = model.get(EffortDriver.RETRY.units());
        this.excessStep = model.get(EffortDriver.EXCESS_STEP.units());
        this.transfer = model.get(EffortDriver.TRANSFER.units());
        this.channelSwitch = model.get(EffortDriver.CHANNEL_SWITCH.units());
        this.repeatedInformation = model.get(EffortDriver.REPEATED_INFORMATION.units());
        this.repeatContact = model.get(EffortDriver.REPEAT_CONTACT.units());
        this.abandonment = model.get(EffortDriver.ABANDONMENT.units());
    }

    /** Returns the effort for the number of occurrences of each driver. */
    Effort of(
            double retries,
            double excessSteps,
            double transfers,
            double channelSwitches,
            double repeatedInformations,
            double repeatContacts,
            double abandonments) {
        if (retries + excessSteps + transfers + channelSwitches + repeatedInformations + repeatContacts + abandonments
                == 0) {
            return Effort.NONE;
        }
        return Effort.of(
                retries * retry,
                excessSteps * excessStep,
                transfers * transfer,
                channelSwitches * channelSwitch,
                repeatedInformations * repeatedInformation,
                repeatContacts * repeatContact,
                abandonments * abandonment);
    }

    Effort ofAbandonment() {
        return of(0, 0, 0, 0, 0, 0, 1);
    }

    /** Lists the fields of an effort under one name. */
    static Effort fields(String name, Effort effort, Fields fields) {
        double[] units = new double[DRIVERS.length];
        for (EffortDriver driver : DRIVERS) {
            units[driver.ordinal()] = effort.units(driver);
        }
        double[] read = fields.numbers(name, NAMES, units);
        return read == units ? effort : Effort.of(read[0], read[1], read[2], read[3], read[4], read[5], read[6]);
    }
}
