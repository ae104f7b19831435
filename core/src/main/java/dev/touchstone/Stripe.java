package dev.touchstone;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A part of {@link Stripes}, guarded by its monitor: unlike a lock, a monitor is released even if the stack overflows.
 * The flag {@code busy} is only a hint to other threads. It is cleared without a call, for the same reason, and set
 * without a volatile fence, because the monitor provides the fences.
 */
abstract class Stripe {

    private static final VarHandle BUSY = busy();

    boolean busy;

    // keeps the monitor and the flag, which every event changes, apart from what follows in memory
    @SuppressWarnings("unused")
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

    private static VarHandle busy() {
        try {
            return MethodHandles.lookup().findVarHandle(Stripe.class, "busy", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Marks the stripe as busy. The caller, who holds the monitor, clears the field. */
    final void take() {
        BUSY.setOpaque(this, true);
    }

    final boolean isFree() {
        return !(boolean) BUSY.getOpaque(this);
    }
}
