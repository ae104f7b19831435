package dev.touchstone.reference;

/** Where effort units come from. */
public enum RefUnit {
    RETRY("retry"),
    EXCESS_STEP("excessStep"),
    TRANSFER("transfer"),
    CHANNEL_SWITCH("channelSwitch"),
    REPEATED_INFORMATION("repeatedInformation"),
    REPEAT_CONTACT("repeatContact"),
    ABANDONMENT("abandonment");

    public final String title;

    RefUnit(String title) {
        this.title = title;
    }
}
