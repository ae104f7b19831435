package dev.touchstone;

import dev.touchstone.ErasureReceipt.Part;
import dev.touchstone.ErasureReceipt.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Words for what an erasure did. */
final class Erasure {

    private Erasure() {}

    static ErasureReceipt receipt(Instant at, boolean stored) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(
                "memory", State.DONE, "scores, evidence, context and open journeys are gone, as are aliases' records"));
        if (stored) {
            parts.add(new Part(
                    "tombstone",
                    State.DONE,
                    "kept for 401 days: no snapshot, replay or late event brings back what was before"));
            parts.add(new Part(
                    "newest snapshot", State.PENDING, "a new one, without the customer, is being written now"));
            parts.add(new Part("older snapshots", State.PENDING, "replaced as new ones are written, within 24 hours"));
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
