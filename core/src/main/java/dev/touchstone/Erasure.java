package dev.touchstone;

import dev.touchstone.ErasureReceipt.Part;
import dev.touchstone.ErasureReceipt.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Words for what an erasure did. */
final class Erasure {

    private Erasure() {}

    /**
     * Returns a receipt.
     *
     * @param stored whether there is a store
     * @param soon whether snapshots are saved without being asked for
     */
    static ErasureReceipt receipt(Instant at, boolean stored, boolean soon) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(
                "memory", State.DONE, "scores, evidence, context and open journeys are gone, as are aliases' records"));
        if (stored) {
            parts.add(new Part(
                    "tombstone",
                    State.DONE,
                    "kept for 401 days: no snapshot, replay or late event brings back what was before"));
            parts.add(new Part(
                    "newest snapshot",
                    State.PENDING,
                    soon
                            ? "a new one, without the customer, is written now; if that fails, it is tried again each"
                                    + " minute, and health reports it"
                            : "a new one, without the customer, is written by snapshot() or close()"));
            parts.add(new Part(
                    "older snapshots",
                    State.PENDING,
                    soon ? "replaced as new ones are written, within 24 hours" : "replaced as new ones are written"));
        } else {
            parts.add(new Part("tombstone", State.DONE, "kept in memory for as long as this process lives"));
        }
        parts.add(new Part(
                "aggregates",
                State.OUTSIDE,
                "touchpoints, channels and journeys keep their sums, which do not say who added to them"));
        parts.add(new Part(
                "telemetry and logs",
                State.OUTSIDE,
                "what left this process, such as spans to which the pseudonym was added on request"));
        return new ErasureReceipt(at, parts);
    }
}
