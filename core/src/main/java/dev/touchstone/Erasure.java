package dev.touchstone;

import dev.touchstone.ErasureReceipt.Part;
import dev.touchstone.ErasureReceipt.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The wording of erasure receipts. */
final class Erasure {

    private Erasure() {}

    /**
     * Returns a receipt.
     *
     * @param stored whether there is a store
     * @param soon whether snapshots are saved automatically
     */
    static ErasureReceipt receipt(Instant at, boolean stored, boolean soon) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(
                "memory",
                State.DONE,
                "scores, evidence, context and open journeys are removed, including the records of aliases"));
        if (stored) {
            parts.add(new Part(
                    "tombstone",
                    State.DONE,
                    "stored for 401 days, so that no snapshot, replay or late event restores earlier data"));
            parts.add(new Part(
                    "newest snapshot",
                    State.PENDING,
                    soon
                            ? "a new one, without the customer, is written now; if that fails, it is retried every"
                                    + " minute, and health reports it"
                            : "a new one, without the customer, is written by snapshot() or close()"));
            parts.add(new Part(
                    "older snapshots",
                    State.PENDING,
                    soon ? "replaced as new ones are written, within 24 hours" : "replaced as new ones are written"));
        } else {
            parts.add(new Part("tombstone", State.DONE, "in memory until this process ends"));
        }
        parts.add(new Part(
                "aggregates",
                State.OUTSIDE,
                "sums of touchpoints, channels and journeys stay; they do not identify customers"));
        parts.add(new Part(
                "telemetry and logs",
                State.OUTSIDE,
                "data that has left this process, such as spans, if adding the pseudonym is enabled"));
        return new ErasureReceipt(at, parts);
    }
}
