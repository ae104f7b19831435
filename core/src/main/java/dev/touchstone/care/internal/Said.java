package dev.touchstone.care.internal;

/**
 * One condition of a customer, and when a signal about it was last delivered. A signal is due when the condition
 * differs from the last delivery, but at most once per direction within the quiet time. Mutable and not thread-safe.
 */
final class Said implements Cloneable {

    static final long NEVER = Long.MIN_VALUE / 2;

    boolean so;
    boolean delivered;
    long raisedMs = NEVER;
    long clearedMs = NEVER;
    String reason = "";

    Said copy() {
        try {
            return (Said) clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    void set(boolean nowSo, String why) {
        so = nowSo;
        reason = why;
    }

    /** Returns whether a signal is due now, and marks it as delivered. */
    boolean deliver(long nowMs) {
        if (so == delivered || nowMs - (so ? raisedMs : clearedMs) < Standing.QUIET_MS) {
            return false;
        }
        delivered = so;
        if (so) {
            raisedMs = nowMs;
        } else {
            clearedMs = nowMs;
        }
        return true;
    }

    /** Returns when a signal is due; {@link Long#MAX_VALUE} if none is. */
    long deliveryMs() {
        return so == delivered ? Long.MAX_VALUE : (so ? raisedMs : clearedMs) + Standing.QUIET_MS;
    }

    /** Returns when the quiet time ends. */
    long quietUntilMs() {
        return Math.max(raisedMs, clearedMs) + Standing.QUIET_MS;
    }

    /** Adds the deliveries about a guest. */
    void addDeliveries(Said guest) {
        delivered |= guest.delivered;
        raisedMs = Math.max(raisedMs, guest.raisedMs);
        clearedMs = Math.max(clearedMs, guest.clearedMs);
    }

    void goBack(long toMs) {
        raisedMs = Math.min(raisedMs, toMs);
        clearedMs = Math.min(clearedMs, toMs);
    }

    /** Returns whether the condition is cleared, its end was delivered, and the quiet time is over. */
    boolean isOver(long nowMs) {
        return !so && !delivered && nowMs >= quietUntilMs();
    }
}
