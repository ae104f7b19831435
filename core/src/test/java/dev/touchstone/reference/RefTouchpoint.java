package dev.touchstone.reference;

/**
 * A declared touchpoint; {@code null} stands for whatever was not declared, an importance of {@code null} for the
 * model's default.
 */
public record RefTouchpoint(
        String name, String channel, String journey, Double targetMs, Double importance, boolean contact) {

    public static RefTouchpoint named(String name) {
        return new RefTouchpoint(name, null, null, null, null, false);
    }

    public RefTouchpoint withChannel(String value) {
        return new RefTouchpoint(name, value, journey, targetMs, importance, contact);
    }

    public RefTouchpoint withJourney(String value) {
        return new RefTouchpoint(name, channel, value, targetMs, importance, contact);
    }

    public RefTouchpoint withTarget(double milliseconds) {
        return new RefTouchpoint(name, channel, journey, milliseconds, importance, contact);
    }

    public RefTouchpoint withImportance(double value) {
        return new RefTouchpoint(name, channel, journey, targetMs, value, contact);
    }

    public RefTouchpoint asContact() {
        return new RefTouchpoint(name, channel, journey, targetMs, importance, true);
    }
}
