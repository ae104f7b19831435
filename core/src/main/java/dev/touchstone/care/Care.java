package dev.touchstone.care;

import dev.touchstone.event.CustomerId;
import dev.touchstone.internal.HalfUp;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Recovery cases, and whether to ask a customer a survey question. Thread-safe. Does nothing unless the instance was
 * built with {@link CareSettings}.
 */
public interface Care {

    /** Returns the recovery cases. */
    Cases cases();

    /**
     * Returns whether to ask a customer a question now. The answer for the same customer and question is the same all
     * day, until {@link #asked} records that the customer was asked.
     *
     * @param question the name of the question, such as {@code csat}
     */
    Advice shouldAsk(@Nullable CustomerId customer, String question);

    /**
     * Records that a customer was asked a question.
     *
     * @param question the name of the question, such as {@code csat}
     */
    void asked(@Nullable CustomerId customer, String question);

    /**
     * Returns what customers spend and cost, grouped by score. Reads every customer, which takes about a second per
     * million customers. Empty unless {@link CareSettings#assumedLoss} is set.
     */
    Optional<Value> value();

    /** Whether to ask a customer, and why. */
    enum Advice {
        /** Ask. */
        ASK(true, "no reason not to ask"),
        /** The instance was built without care. */
        OFF(false, "care is off"),
        /** There is no such customer. */
        UNKNOWN(false, "there is no such customer"),
        /** The customer did not consent to scoring. */
        NO_CONSENT(false, "the customer did not consent"),
        /** A recovery case of the customer is open. */
        CASE_OPEN(false, "a recovery case is open"),
        /** The customer was asked a question recently. */
        QUIET(false, "the customer was asked recently"),
        /** The customer reached the maximum number of questions a year. */
        OFTEN(false, "the customer reached the maximum number of questions a year"),
        /** The customer is not in today's sample. */
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

        /** Returns the reason as text. */
        public String reason() {
            return reason;
        }
    }

    /**
     * What the customers in memory spend and cost in about 365 days, grouped by score. Events decay: an event counts
     * {@code 1/e} after 365 days, so constant daily spending adds up to 365 days of it. Amounts are in the unit of the
     * events. These are sums, not estimates. That customers with a better experience spend more does not mean that the
     * experience is the cause. Immutable.
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

        /** Returns a value made of its parts, as the methods of the same names return them. */
        public static Value of(
                List<Group> byExperience, List<Group> byEffort, Group unscored, Group atRisk, double assumedLoss) {
            return new Value(byExperience, byEffort, unscored, atRisk, assumedLoss);
        }

        /**
         * Returns the customers with scores in five groups by experience, the worst first. Group sizes differ by at
         * most one customer. Customers with the same score are divided evenly between adjacent groups.
         */
        public List<Group> byExperience() {
            return byExperience;
        }

        /** Returns the same customers grouped by effort: 0 to 20, to 40, to 60, to 80, to 100. */
        public List<Group> byEffort() {
            return byEffort;
        }

        /** Returns the customers without scores. */
        public Group unscored() {
            return unscored;
        }

        /** Returns the customers at risk. They are also in the other groups. */
        public Group atRisk() {
            return atRisk;
        }

        /**
         * Returns the assumed share of their spending that customers at risk would take away, 0 to 1. It is not
         * measured.
         */
        public double assumedLoss() {
            return assumedLoss;
        }

        /**
         * Returns the spending of customers at risk times the {@linkplain #assumedLoss() assumed loss}. It is 0 if
         * refunds exceed spending, and empty if the group is too small.
         */
        public OptionalDouble valueAtRisk() {
            return atRisk.amount().isEmpty()
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(Math.max(0, atRisk.amount().getAsDouble() * assumedLoss));
        }

        /**
         * Returns by how many percent a customer of the best fifth outspends one of the worst fifth. Empty if either
         * group is too small, the worst fifth spends nothing, or the difference is implausible.
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

        /** A group of customers, with what they spend and cost in about 365 days. Immutable. */
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

            /** Returns this group without its sums. */
            public Group withheld() {
                return new Group(low, high, customers, Double.NaN, Double.NaN);
            }

            /** Returns the lowest score of the group, 0 to 100; empty if the group has no customers or no scores. */
            public OptionalDouble low() {
                return optional(low);
            }

            /** Returns the highest score of the group, 0 to 100; empty if the group has no customers or no scores. */
            public OptionalDouble high() {
                return optional(high);
            }

            /** Returns the number of customers. */
            public long customers() {
                return customers;
            }

            /** Returns the sum of the event amounts; empty if it is withheld because the group is too small. */
            public OptionalDouble amount() {
                return optional(amount);
            }

            /** Returns the sum of the event costs; empty if it is withheld because the group is too small. */
            public OptionalDouble cost() {
                return optional(cost);
            }

            /** Returns the mean amount per customer; empty if there are no customers or the sum is withheld. */
            public OptionalDouble amountEach() {
                return optional(customers == 0 ? Double.NaN : amount / (double) customers);
            }

            /** Returns the mean cost per customer; empty if there are no customers or the sum is withheld. */
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
     * The recovery cases of an instance: at most 10,000. A resolved case is retained for 30 days. A member of a cluster
     * answers for all instances, and passes changes on to the instance that scores the customer; until that has made
     * them, a fraction of a second later, the former case is returned. Thread-safe. Methods
     * that change a case throw {@link NoSuchElementException} if there is no case with that id. They throw
     * {@link IllegalStateException}, which names the allowed changes, if the status of the case does not permit the
     * change.
     */
    interface Cases {

        /** Returns all cases: first the unresolved ones, by resolution deadline, then the resolved ones. */
        List<RecoveryCase> all();

        /**
         * Returns whether {@link #all} has the cases of all instances of a cluster: false while a part of the cluster
         * does not answer. Always true if the instance is not a member of a cluster.
         */
        default boolean isWhole() {
            return true;
        }

        /** Returns a case; empty if there is none with that id. */
        Optional<RecoveryCase> find(String id);

        /**
         * Opens a case manually. If the customer already has an open case at the touchpoint, returns that case.
         *
         * @param reason why, as text; must not name the customer
         * @throws IllegalArgumentException if the customer id is blank or malformed, or the name of the touchpoint is
         *     blank
         * @throws IllegalStateException if care is off or the maximum number of cases is reached
         */
        RecoveryCase open(CustomerId customer, String touchpoint, String reason);

        /** Acknowledges a case. Allowed while it is OPEN or REOPENED. */
        RecoveryCase acknowledge(String id);

        /** Records an update to the customer, which ends a silence. Allowed until the case is resolved. */
        RecoveryCase update(String id);

        /**
         * Resolves a case. Allowed until it is resolved. The resolution becomes one assessment of the customer at the
         * touchpoint.
         *
         * @param resolution how it was resolved; {@link RecoveryCase.Resolution#NONE} is set when the deadline expires
         */
        RecoveryCase resolve(String id, RecoveryCase.Resolution resolution);

        /** Records that the customer agreed to the resolution. Allowed while the case is RESOLVED. */
        RecoveryCase confirm(String id);

        /** Reopens a case because the customer raised it again. Allowed while it is RESOLVED or CONFIRMED. */
        RecoveryCase reopen(String id);
    }
}
