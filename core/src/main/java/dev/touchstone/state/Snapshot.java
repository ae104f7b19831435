package dev.touchstone.state;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.EventKey;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.SavedCustomer;
import dev.touchstone.scoring.SavedEvidence;
import dev.touchstone.scoring.SavedSums;
import dev.touchstone.survey.Answers;
import dev.touchstone.survey.Mentions;
import java.util.List;
import java.util.Map;

/**
 * All that an instance has to keep beyond its process, except the customers, who come in {@linkplain Customers blocks}:
 * what a {@link Store} writes and reads. Times are milliseconds since 1970-01-01T00:00:00Z. Immutable.
 *
 * @param sinceMs from when on everything was counted
 * @param takenMs the engine's time when it was taken
 * @param counts what became of what was offered
 * @param eventIds the ids of the last accepted events that had one, the oldest first
 * @param touchpoints the touchpoints that were met
 * @param journeys the journeys that were begun
 * @param mentions what was said in public
 */
public record Snapshot(
        long sinceMs,
        long takenMs,
        Counts counts,
        List<EventKey> eventIds,
        List<Touchpoint> touchpoints,
        List<Journey> journeys,
        Mentions mentions) {

    /** Copies the lists. */
    public Snapshot {
        eventIds = List.copyOf(eventIds);
        touchpoints = List.copyOf(touchpoints);
        journeys = List.copyOf(journeys);
    }

    private static long checkCount(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("a count that was kept is negative");
        }
        return count;
    }

    /**
     * What became of what was offered, apart from what is counted with the customers.
     *
     * @param dropped the events that were dropped, by reason
     * @param warnings what was remarkable
     * @param anonymous the accepted events without a customer
     * @param evicted the accepted events of customers who were evicted or expired
     * @param erased the accepted events of customers who were erased
     */
    public record Counts(
            Map<DropReason, Long> dropped, Map<Warning, Long> warnings, long anonymous, long evicted, long erased) {

        /** Checks and copies. */
        public Counts {
            dropped = Map.copyOf(dropped);
            warnings = Map.copyOf(warnings);
            dropped.values().forEach(Snapshot::checkCount);
            warnings.values().forEach(Snapshot::checkCount);
            checkCount(anonymous);
            checkCount(evicted);
            checkCount(erased);
        }
    }

    /**
     * A guest who turned out to be a customer.
     *
     * @param guest the guest
     * @param customer the customer
     * @param sinceMs since when
     */
    public record Alias(CustomerKey guest, CustomerKey customer, long sinceMs) {}

    /**
     * A touchpoint.
     *
     * @param name its name
     * @param pace what is usual there
     * @param cells its cells by channel
     */
    public record Touchpoint(String name, SavedSums pace, List<Cell> cells) {

        /** Copies the list. */
        public Touchpoint {
            cells = List.copyOf(cells);
        }
    }

    /**
     * A touchpoint in a channel.
     *
     * @param channel the channel
     * @param now the evidence of about the last hour
     * @param baseline the evidence of about the last week
     * @param verdicts how many events exceeded, met and missed what could be expected
     * @param apdex the counts for the Apdex
     * @param answers what customers answered
     * @param group the customers, while they are few
     */
    public record Cell(
            Channel channel,
            SavedEvidence now,
            SavedEvidence baseline,
            List<Long> verdicts,
            ApdexCounts apdex,
            Answers answers,
            Group group) {

        /** Checks and copies. */
        public Cell {
            verdicts = List.copyOf(verdicts);
            verdicts.forEach(Snapshot::checkCount);
        }
    }

    /**
     * Counts against a target.
     *
     * @param targetMs the target in milliseconds; NaN for none
     * @param satisfied events within the target
     * @param tolerating events within four times the target
     * @param frustrated all others
     */
    public record ApdexCounts(double targetMs, long satisfied, long tolerating, long frustrated) {

        /** Checks the counts. */
        public ApdexCounts {
            checkCount(satisfied);
            checkCount(tolerating);
            checkCount(frustrated);
        }
    }

    /**
     * Whether an aggregate is made of a few customers.
     *
     * @param full whether there are enough
     * @param members 64 bits of each customer's key while there are not
     */
    public record Group(boolean full, List<Long> members) {

        /** The number of customers from which on a group is never small: a smaller one lists its members. */
        public static final int ENOUGH = 10;

        /** Checks and copies. */
        public Group {
            members = List.copyOf(members);
            if (members.size() >= ENOUGH) {
                throw new IllegalArgumentException("a group that was kept is larger than a small one");
            }
        }
    }

    /**
     * A journey over all customers. How many are open is told by the customers.
     *
     * @param name the journey
     * @param now the evidence of about the last hour
     * @param baseline the evidence of about the last week
     * @param unknown of how many nobody knows how they ended
     * @param completedSteps how many were completed with how many steps
     * @param abandonedSteps how many were given up after how many steps
     * @param completionMs how long the completed ones took together
     * @param group the customers, while they are few
     */
    public record Journey(
            String name,
            SavedEvidence now,
            SavedEvidence baseline,
            long unknown,
            Map<Integer, Long> completedSteps,
            Map<Integer, Long> abandonedSteps,
            double completionMs,
            Group group) {

        /** Checks and copies. */
        public Journey {
            completedSteps = Map.copyOf(completedSteps);
            abandonedSteps = Map.copyOf(abandonedSteps);
            checkCount(unknown);
            completedSteps.values().forEach(Snapshot::checkCount);
            abandonedSteps.values().forEach(Snapshot::checkCount);
            if (!(completionMs >= 0 && completionMs < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a duration that was kept is none");
            }
        }
    }

    /**
     * A customer.
     *
     * @param key the pseudonym
     * @param events the number of accepted events
     * @param lastSeenMs the engine's time at which the last event arrived
     * @param state what is known of them
     */
    public record Customer(CustomerKey key, long events, long lastSeenMs, SavedCustomer state) {

        /** Checks the count. */
        public Customer {
            checkCount(events);
        }
    }

    /**
     * Some of the customers, those who were seen least lately first.
     *
     * @param erasures how many erasures were known when they were copied
     * @param customers the customers; of several copies of one the last holds
     * @param gone those who were told before and are somebody else now
     * @param aliases the guests who were identified a short while ago
     */
    public record Customers(long erasures, List<Customer> customers, List<CustomerKey> gone, List<Alias> aliases) {

        /** Copies the lists. */
        public Customers {
            checkCount(erasures);
            customers = List.copyOf(customers);
            gone = List.copyOf(gone);
            aliases = List.copyOf(aliases);
        }
    }

    /**
     * Says that a customer was erased.
     *
     * @param number how many erasures there were before
     * @param customer the customer
     * @param atMs the instant: what happened at or before it stays erased
     */
    public record Tombstone(long number, CustomerKey customer, long atMs) {

        /** Checks the number. */
        public Tombstone {
            checkCount(number);
        }
    }
}
