package dev.touchstone;

import dev.touchstone.TouchpointState.Declaration;
import dev.touchstone.customers.internal.Tombstones;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Consent;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Mention;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.event.internal.TouchpointName;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an event counts, and where: checks validity, age, consent, sampling and duplicates, then resolves
 * touchpoint, channel and customer. Thread-safe.
 */
final class Admission {

    static final long MAX_AHEAD_MS = Duration.ofMinutes(5).toMillis();
    private static final long MAX_AGE_MS = Duration.ofDays(400).toMillis();

    private final Registry registry;
    private final PseudonymKey pseudonymKey;
    private final Consents consents;
    private final double samplingRate;
    private final Counters counters;
    private final Tombstones tombstones;
    private final EventIds ids;

    Admission(
            Registry registry,
            PseudonymKey pseudonymKey,
            Consents consents,
            double samplingRate,
            Tombstones tombstones,
            EventIds ids,
            Counters counters) {
        this.registry = registry;
        this.pseudonymKey = pseudonymKey;
        this.consents = consents;
        this.samplingRate = samplingRate;
        this.tombstones = tombstones;
        this.ids = ids;
        this.counters = counters;
    }

    /** Admits or drops an event. Consumes the id of an admitted event. */
    Fate admit(TouchpointEvent event, long nowMs) {
        TouchpointState known = registry.known(event.touchpoint());
        DropReason invalid = reasonAgainst(event, known != null, nowMs);
        if (invalid != null) {
            return new Fate.Dropped(invalid);
        }
        Consent consent = consents.of(event);
        if (consent == Consent.NONE) {
            return new Fate.Dropped(DropReason.NO_CONSENT);
        }
        CustomerKey customer = consent == Consent.SCORE ? customer(event) : null;
        if (customer != null && !customer.isWithin(samplingRate)) {
            return new Fate.Dropped(DropReason.SAMPLED_OUT);
        }
        long timeMs = time(event, nowMs);
        if (customer != null && tombstones.cover(customer, timeMs)) {
            return new Fate.Dropped(DropReason.ERASED);
        }
        if (isRepeated(event)) {
            return new Fate.Dropped(DropReason.DUPLICATE);
        }
        TouchpointState touchpoint = known == null ? registry.touchpoint(event.touchpoint()) : known;
        Declaration declaration = touchpoint.declaration();
        Channel channel =
                event.channelOrNull() == null ? declaration.definition().channel() : event.channelOrNull();
        Cell cell = registry.cell(touchpoint, channel);
        warn(event, cell, timeMs);
        return new Admitted(
                event, touchpoint, declaration, channel, cell, customer, timeMs, nowMs, touchpoint.pace(nowMs));
    }

    private @Nullable DropReason reasonAgainst(TouchpointEvent event, boolean known, long nowMs) {
        String touchpoint = event.touchpoint();
        if (touchpoint.isBlank()) {
            return DropReason.BLANK_TOUCHPOINT;
        }
        if (!event.isWellFormed() || !(known || TouchpointName.isRecordable(touchpoint))) {
            return DropReason.BAD_EVENT;
        }
        Feedback feedback = event.feedbackOrNull();
        if (feedback != null && !feedback.isValid()) {
            return DropReason.BAD_FEEDBACK;
        }
        return isTooOld(event, nowMs) ? DropReason.TOO_OLD : null;
    }

    /** Accepts or drops a mention that is not an answer at a touchpoint. Consumes the id of an accepted mention. */
    Fate admit(Mention mention, long nowMs) {
        TouchpointEvent said = mention.answer();
        if (!said.isWellFormed()) {
            return new Fate.Dropped(DropReason.BAD_EVENT);
        }
        if (isTooOld(said, nowMs)) {
            return new Fate.Dropped(DropReason.TOO_OLD);
        }
        return isRepeated(said) ? new Fate.Dropped(DropReason.DUPLICATE) : Fate.Said.ACCEPTED;
    }

    /**
     * Returns whether the id of a well-formed event was seen before, and consumes it. Requiring a well-formed event
     * bounds the length that is hashed.
     */
    boolean isRepeated(TouchpointEvent event) {
        return event.idOrNull() != null && !ids.add(event.idKey(pseudonymKey).orElseThrow());
    }

    private static boolean isTooOld(TouchpointEvent event, long nowMs) {
        return nowMs - event.timeMsOr(nowMs) > MAX_AGE_MS;
    }

    private static long time(TouchpointEvent event, long nowMs) {
        long timeMs = event.timeMsOr(nowMs);
        return timeMs - nowMs > MAX_AHEAD_MS ? nowMs : timeMs;
    }

    private @Nullable CustomerKey customer(TouchpointEvent event) {
        if (event.customerKeyOrNull() != null) {
            return event.customerKeyOrNull();
        }
        CustomerId id = event.customerIdOrNull();
        return id == null || id.isBlank() ? null : key(id);
    }

    /** Returns the pseudonym of a customer. */
    CustomerKey key(CustomerId customer) {
        return customer.key(pseudonymKey);
    }

    private void warn(TouchpointEvent event, Cell cell, long timeMs) {
        if (event.timeMsOr(timeMs) != timeMs) {
            counters.warn(Warning.CLOCK_SKEW);
        }
        if (event.hasWarnings()) {
            event.warnings().forEach(counters::warn);
        }
        CustomerId customer = event.customerIdOrNull();
        if (customer != null && customer.isBlank()) {
            counters.warn(Warning.BLANK_CUSTOMER);
        }
        if (registry.isOther(cell)) {
            counters.warn(Warning.OTHER_TOUCHPOINT);
        }
    }
}
