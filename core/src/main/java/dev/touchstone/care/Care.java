package dev.touchstone.care;

import dev.touchstone.event.CustomerId;
import dev.touchstone.internal.HalfUp;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
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

    /**
     * Returns what customers spend and cost, by how they fare. Looks at every customer, which takes about a second for a million of
     * them. Empty unless {@link CareSettings#assumedLoss} is set.
     */
    Optional<Value> value();

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
     * What the customers in memory spend and cost in about 365 days, by how they fare. An event counts less the older it is, {@code
     * 1/e} after 365 days, so a customer who spends the same every day has here what they spend in 365 days. Amounts are in the unit
     * of the events. These are sums and no estimates; that customers with a better experience spend more does not say that the
     * experience is why. Immutable.
     */
    final class Value {

        private static final double PERCENT = 100;
        private static final double MOST_PERCENT = 1e9;

        private final List<Group> byExperience;
        private final List<Group> byEffort;
        private final Group unscored;
        private final Group atRisk;
        private final double assumedLoss;

        private Value(
                List<Group> byExperience, List<Group> byEffort, Group unscored, Group atRisk, double assumedLoss) {
            this.byExperience = List.copyOf(byExperience);
            this.byEffort = List.copyOf(byEffort);
            this.unscored = unscored;
            this.atRisk = atRisk;
            this.assumedLoss = assumedLoss;
        }

        /** Returns a value with all its parts, as the methods of the same names return them. */
        public static Value of(
                List<Group> byExperience, List<Group> byEffort, Group unscored, Group atRisk, double assumedLoss) {
            return new Value(byExperience, byEffort, unscored, atRisk, assumedLoss);
        }

        /**
         * Returns the customers with scores in five groups of equal size, to one customer, by experience, the worst first. Customers
         * with the same score are shared out evenly.
         */
        public List<Group> byExperience() {
            return byExperience;
        }

        /** Returns the same customers by effort: 0 to 20, to 40, to 60, to 80, to 100. */
        public List<Group> byEffort() {
            return byEffort;
        }

        /** Returns the customers without scores. */
        public Group unscored() {
            return unscored;
        }

        /** Returns the customers who are at risk; they are in the other groups too. */
        public Group atRisk() {
            return atRisk;
        }

        /** Returns the share of what they spend that customers at risk are assumed to take away, 0 to 1. It is not measured. */
        public double assumedLoss() {
            return assumedLoss;
        }

        /**
         * Returns what customers at risk spend times the {@linkplain #assumedLoss() assumed loss}; 0 if they got back more than they
         * spent, and empty if they are too few.
         */
        public OptionalDouble valueAtRisk() {
            return atRisk.amount().isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Math.max(0, atRisk.amount().getAsDouble() * assumedLoss));
        }

        /**
         * Returns by how many percent a customer of the best fifth spends more than one of the worst; empty if one of these groups
         * is too small, the worst spends nothing, or the difference is absurd.
         */
        public OptionalDouble bestOverWorst() {
            if (byExperience.isEmpty()) {
                return OptionalDouble.empty();
            }
            OptionalDouble worst = byExperience.get(0).amountEach();
            OptionalDouble best = byExperience.get(byExperience.size() - 1).amountEach();
            if (worst.isEmpty() || best.isEmpty() || !(worst.getAsDouble() > 0)) {
                return OptionalDouble.empty();
            }
            double percent = PERCENT * (best.getAsDouble() / worst.getAsDouble() - 1);
            return Math.abs(percent) <= MOST_PERCENT ? OptionalDouble.of(percent) : OptionalDouble.empty();
        }

        @Override
        public String toString() {
            String atStake = valueAtRisk().isEmpty()
                    ? "too few customers at risk"
                    : "value at risk " + HalfUp.format(valueAtRisk().getAsDouble()) + " (" + atRisk.customers()
                            + " customers at risk, assumed loss " + HalfUp.format(assumedLoss) + ")";
            return bestOverWorst().isEmpty()
                    ? atStake
                    : "the fifth of customers with the best experience spends "
                            + (bestOverWorst().getAsDouble() < 0 ? "" : "+")
                            + HalfUp.format(bestOverWorst().getAsDouble(), 0) + " % against the worst, " + atStake;
        }

        /** Some customers, with what they spend and cost in about 365 days. Immutable. */
        public static final class Group {

            private final double low;
            private final double high;
            private final long customers;
            private final double amount;
            private final double cost;

            private Group(double low, double high, long customers, double amount, double cost) {
                this.low = low;
                this.high = high;
                this.customers = customers;
                this.amount = amount;
                this.cost = cost;
            }

            /**
             * Returns a group.
             *
             * @param low the lowest score; NaN if there is none
             * @param high the highest score; NaN if there is none
             * @param customers the number of customers, at least 0
             * @param amount the sum of amounts; NaN if it is withheld
             * @param cost the sum of costs; NaN if it is withheld
             */
            public static Group of(double low, double high, long customers, double amount, double cost) {
                return new Group(low, high, customers, amount, cost);
            }

            /** Returns this without its sums. */
            public Group withheld() {
                return new Group(low, high, customers, Double.NaN, Double.NaN);
            }

            /** Returns the lowest score of the group, 0 to 100; empty if it has no customers or they have none. */
            public OptionalDouble low() {
                return optional(low);
            }

            /** Returns the highest score of the group, 0 to 100; empty if it has no customers or they have none. */
            public OptionalDouble high() {
                return optional(high);
            }

            /** Returns the number of customers. */
            public long customers() {
                return customers;
            }

            /** Returns the sum of what the events were about; empty if so few customers would reveal something about one. */
            public OptionalDouble amount() {
                return optional(amount);
            }

            /** Returns the sum of what serving them cost; empty if so few customers would reveal something about one. */
            public OptionalDouble cost() {
                return optional(cost);
            }

            /** Returns the mean amount of a customer; empty if there are none or the sum is withheld. */
            public OptionalDouble amountEach() {
                return optional(customers == 0 ? Double.NaN : amount / (double) customers);
            }

            /** Returns the mean cost of a customer; empty if there are none or the sum is withheld. */
            public OptionalDouble costEach() {
                return optional(customers == 0 ? Double.NaN : cost / (double) customers);
            }

            private static OptionalDouble optional(double value) {
                return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
            }

            @Override
            public String toString() {
                return customers + " customers" + (Double.isNaN(amount) ? "" : ", amount " + HalfUp.format(amount))
                        + (Double.isNaN(cost) ? "" : ", cost " + HalfUp.format(cost));
            }
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
