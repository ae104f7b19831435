package dev.touchstone.care;

import dev.touchstone.event.CustomerId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to do about customers: recovery cases, and whom to ask for an answer. Thread-safe. It does nothing unless an instance is
 * built with {@link CareSettings}.
 */
public interface Care {

    /** Returns the recovery cases. */
    Cases cases();

    /**
     * Returns whether a customer should be asked a question now. Asking is reported by {@link #asked}; without that, the answer
     * is the same again. The answer to the same question is the same all day.
     *
     * @param question the name of the question, such as {@code csat}
     */
    Advice shouldAsk(@Nullable CustomerId customer, String question);

    /**
     * Counts that a customer was asked a question.
     *
     * @param question the name of the question, such as {@code csat}
     */
    void asked(@Nullable CustomerId customer, String question);

    /** Whether a customer should be asked, and why. */
    enum Advice {
        /** Ask. */
        ASK(true, "nothing stands against it"),
        /** The instance was built without care. */
        OFF(false, "care is off"),
        /** The customer is not known. */
        UNKNOWN(false, "the customer is not known"),
        /** The customer did not agree to be scored. */
        NO_CONSENT(false, "the customer did not agree"),
        /** A recovery case of the customer is open. */
        CASE_OPEN(false, "a recovery case is open"),
        /** The customer was asked something lately. */
        QUIET(false, "the customer was asked lately"),
        /** The customer was asked often enough in a year. */
        OFTEN(false, "the customer was asked often enough this year"),
        /** Others are asked today. */
        NOT_SAMPLED(false, "the customer is not in today's sample");

        private final boolean yes;
        private final String reason;

        Advice(boolean yes, String reason) {
            this.yes = yes;
            this.reason = reason;
        }

        /** Returns whether to ask. */
        public boolean yes() {
            return yes;
        }

        /** Returns why, in words. */
        public String reason() {
            return reason;
        }
    }

    /**
     * The recovery cases of an instance. At most 10,000 are kept; a case that was resolved is kept for 30 days. Thread-safe. A
     * method that changes a case throws {@link NoSuchElementException} if there is none with that id, and {@link
     * IllegalStateException} with what is allowed if the case is not in a status for it.
     */
    interface Cases {

        /** Returns all cases: first those that are not resolved, by the time until which they have to be, then the others. */
        List<RecoveryCase> all();

        /** Returns a case; empty if there is none with that id. */
        Optional<RecoveryCase> find(String id);

        /**
         * Opens a case by hand. Returns the one that is open already, if there is one of the customer at the touchpoint.
         *
         * @param reason why, in words; must not name the customer
         * @throws IllegalArgumentException if the customer's id is blank or malformed, or the touchpoint's name is blank
         * @throws IllegalStateException if care is off or there are too many cases
         */
        RecoveryCase open(CustomerId customer, String touchpoint, String reason);

        /** Says that somebody took it up. Allowed while it is OPEN or REOPENED. */
        RecoveryCase acknowledge(String id);

        /** Says that the customer got an update, which ends a silence. Allowed until it is resolved. */
        RecoveryCase update(String id);

        /**
         * Says how it ended. Allowed until it is resolved. It becomes one assessment of the customer at the touchpoint.
         *
         * @param resolution how; {@link RecoveryCase.Resolution#NONE} is what the deadline sets
         */
        RecoveryCase resolve(String id, RecoveryCase.Resolution resolution);

        /** Says that the customer agreed. Allowed while it is RESOLVED. */
        RecoveryCase confirm(String id);

        /** Says that the customer came back with it. Allowed while it is RESOLVED or CONFIRMED. */
        RecoveryCase reopen(String id);
    }
}
