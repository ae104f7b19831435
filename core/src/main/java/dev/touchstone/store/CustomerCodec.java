package dev.touchstone.store;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Outcome;
import dev.touchstone.scoring.JourneyRules;
import dev.touchstone.scoring.SavedCustomer;
import dev.touchstone.scoring.SavedEvidence;
import dev.touchstone.scoring.SavedJourney;
import dev.touchstone.scoring.SavedSums;
import dev.touchstone.state.Snapshot.Customer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A customer as bytes. Times are written by how far they are from when the customer was seen last. */
final class CustomerCodec {

    private static final int KNOWN = 1;
    private static final int LIFETIME = 2;
    private static final int LAST_EVENT = 4;
    private static final int LAST_FAILURE = 8;
    private static final int CONTACT = 16;
    private static final int HABIT = 32;
    private static final int JOURNEYS = 64;

    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final int LEAST_JOURNEY_BYTES = 40;

    private CustomerCodec() {}

    static void write(Customer customer, Output output) {
        SavedCustomer state = customer.state();
        long seen = customer.lastSeenMs();
        boolean event = state.lastTouchpoint() != null && state.lastOutcome() != null;
        boolean failure = state.lastFailureMs() != SavedCustomer.NEVER;
        boolean contact = state.contactMs() != SavedCustomer.NEVER;
        output.putByte((state.known() ? KNOWN : 0)
                | (state.lifetime().isPresent() ? LIFETIME : 0)
                | (event ? LAST_EVENT : 0)
                | (failure ? LAST_FAILURE : 0)
                | (contact ? CONTACT : 0)
                | (state.habit().isPresent() ? HABIT : 0)
                | (state.journeys().isEmpty() ? 0 : JOURNEYS));
        output.putCount(customer.events()).putSigned(seen).putCount(state.verdicts());
        Sums.write(state.evidence(), output);
        state.lifetime().ifPresent(evidence -> Sums.write(evidence, output));
        if (state.lastTouchpoint() != null && state.lastOutcome() != null) {
            output.putText(state.lastTouchpoint()).putByte(state.lastOutcome().ordinal());
            output.putSigned(state.lastEventMs() - seen);
            output.putSigned(state.lastTaskMs() - seen);
            output.putSigned(state.lastArrivalMs() - seen);
        }
        if (failure) {
            output.putSigned(state.lastFailureMs() - seen);
        }
        if (contact) {
            output.putSigned(state.contactMs() - seen).putSigned(state.contactTaskMs() - seen);
            output.putText(state.contactChannel().name());
        }
        state.habit().ifPresent(habit -> Sums.write(habit, output));
        if (!state.journeys().isEmpty()) {
            output.putCount(state.journeys().size());
            state.journeys().forEach(journey -> write(journey, seen, output));
        }
    }

    static Customer read(CustomerKey key, Input input) throws CorruptException {
        int flags = input.getByte();
        long events = input.getCount();
        long seen = input.getSigned();
        int verdicts = (int) input.getCount();
        SavedEvidence evidence = Sums.readEvidence(input);
        Optional<SavedEvidence> lifetime =
                is(flags, LIFETIME) ? Optional.of(Sums.readEvidence(input)) : Optional.empty();
        @Nullable String lastTouchpoint = null;
        @Nullable Outcome lastOutcome = null;
        long lastEvent = SavedCustomer.NEVER;
        long lastTask = SavedCustomer.NEVER;
        long lastArrival = SavedCustomer.NEVER;
        if (is(flags, LAST_EVENT)) {
            lastTouchpoint = input.getText();
            lastOutcome = Codes.constant(OUTCOMES, input.getByte());
            lastEvent = seen + input.getSigned();
            lastTask = seen + input.getSigned();
            lastArrival = seen + input.getSigned();
        }
        long lastFailure = is(flags, LAST_FAILURE) ? seen + input.getSigned() : SavedCustomer.NEVER;
        long contact = SavedCustomer.NEVER;
        long contactTask = SavedCustomer.NEVER;
        Channel contactChannel = Channel.UNKNOWN;
        if (is(flags, CONTACT)) {
            contact = seen + input.getSigned();
            contactTask = seen + input.getSigned();
            contactChannel = Codes.readChannel(input);
        }
        Optional<SavedSums> habit = is(flags, HABIT) ? Optional.of(Sums.read(input)) : Optional.empty();
        List<SavedJourney> journeys = new ArrayList<>();
        if (is(flags, JOURNEYS)) {
            int size = input.getSize(LEAST_JOURNEY_BYTES);
            for (int i = 0; i < size; i++) {
                journeys.add(readJourney(seen, input));
            }
        }
        input.end();
        return new Customer(
                key,
                events,
                seen,
                new SavedCustomer(
                        evidence,
                        lifetime,
                        is(flags, KNOWN),
                        lastTouchpoint,
                        lastOutcome,
                        lastEvent,
                        lastTask,
                        lastArrival,
                        lastFailure,
                        contact,
                        contactTask,
                        contactChannel,
                        habit,
                        journeys,
                        verdicts));
    }

    private static boolean is(int flags, int flag) {
        return (flags & flag) != 0;
    }

    private static void write(SavedJourney journey, long seen, Output output) {
        output.putText(journey.rules().name());
        output.putInt(journey.rules().steps()).putLong(journey.rules().timeoutMs());
        output.putSigned(journey.openedMs() - seen);
        output.putSigned(journey.lastEventMs() - seen);
        output.putSigned(journey.lastArrivalMs() - seen);
        output.putByte(journey.lastOutcome().ordinal());
        output.putDouble(journey.lastImportance());
        output.putText(journey.lastChannel().name());
        output.putInt(journey.steps());
        Sums.write(journey.sum(), output);
        Sums.write(journey.worst(), output);
        Sums.write(journey.last(), output);
        output.putDouble(journey.worstQuality());
        Sums.write(journey.effort(), output);
    }

    private static SavedJourney readJourney(long seen, Input input) throws CorruptException {
        JourneyRules rules = new JourneyRules(input.getText(), input.getInt(), input.getLong());
        return new SavedJourney(
                rules,
                seen + input.getSigned(),
                seen + input.getSigned(),
                seen + input.getSigned(),
                Codes.constant(OUTCOMES, input.getByte()),
                input.getDouble(),
                Codes.readChannel(input),
                input.getInt(),
                Sums.read(input),
                Sums.read(input),
                Sums.read(input),
                input.getDouble(),
                Sums.read(input));
    }
}
