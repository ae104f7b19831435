package dev.touchstone.scoring;

/** A cause of customer effort. */
public enum EffortDriver {
    RETRY("retry", ModelConstant.RETRY_UNITS),
    EXCESS_STEP("excessStep", ModelConstant.EXCESS_STEP_UNITS),
    TRANSFER("transfer", ModelConstant.TRANSFER_UNITS),
    CHANNEL_SWITCH("channelSwitch", ModelConstant.CHANNEL_SWITCH_UNITS),
    REPEATED_INFORMATION("repeatedInformation", ModelConstant.REPEATED_INFORMATION_UNITS),
    REPEAT_CONTACT("repeatContact", ModelConstant.REPEAT_CONTACT_UNITS),
    ABANDONMENT("abandonment", ModelConstant.ABANDONMENT_UNITS);

    private final String key;
    private final ModelConstant units;

    EffortDriver(String key, ModelConstant units) {
        this.key = key;
        this.units = units;
    }

    /** Returns the name used in explanations. */
    public String key() {
        return key;
    }

    /** Returns the constant with the units of one occurrence. */
    public ModelConstant units() {
        return units;
    }
}
