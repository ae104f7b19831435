package dev.touchstone.care.internal;

/**
 * One thing that signals say of a customer or do not, what was delivered of it last and when. It is to be delivered when what
 * was delivered last is not so any more, but each way at most once in the quiet time. Mutable and not thread-safe.
 */
final class Said implements Cloneable {

    static final long NEVER = Long.MIN_VALUE / 2;

    boolean so;
    boolean told;
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

    /** Returns whether it has to be delivered now; it is delivered then. */
    boolean deliver(long nowMs) {
        if (so == told || nowMs - (so ? raisedMs : clearedMs) < Standing.QUIET_MS) {
            return false;
        }
        told = so;
        if (so) {
            raisedMs = nowMs;
        } else {
            clearedMs = nowMs;
        }
        return true;
    }

    /** Returns from when on it has to be delivered; {@link Long#MAX_VALUE} if nothing has to be. */
    long deliveryMs() {
        return so == told ? Long.MAX_VALUE : (so ? raisedMs : clearedMs) + Standing.QUIET_MS;
    }

    /** Returns from when on nothing is deferred. */
    long quietUntilMs() {
        return Math.max(raisedMs, clearedMs) + Standing.QUIET_MS;
    }

    /** Takes over what was delivered about a guest. */
    void addDeliveries(Said guest) {
        told |= guest.told;
        raisedMs = Math.max(raisedMs, guest.raisedMs);
        clearedMs = Math.max(clearedMs, guest.clearedMs);
    }

    void goBack(long toMs) {
        raisedMs = Math.min(raisedMs, toMs);
        clearedMs = Math.min(clearedMs, toMs);
    }

    /** Returns whether it is not so, was delivered, and so long ago that nothing is deferred. */
    boolean isOver(long nowMs) {
        return !so && !told && nowMs >= quietUntilMs();
    }
}
