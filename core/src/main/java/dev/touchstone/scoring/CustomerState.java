package dev.touchstone.scoring;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one customer: the evidence, and as much of the history as judging the next event needs. It is changed
 * by a {@link CustomerFold} only. Mutable and not thread-safe.
 */
public final class CustomerState {

    /** So long ago that no age is near, near enough that subtracting it never overflows. */
    static final long NEVER = Long.MIN_VALUE / 2;

    static final int VERDICT_BITS = 2;
    static final int ONE_VERDICT = (1 << VERDICT_BITS) - 1;

    private static final int MAX_VERDICTS = 10;
    private static final int VERDICT_MASK = (1 << (VERDICT_BITS * MAX_VERDICTS)) - 1;

    private final Evidence evidence;
    private final @Nullable Evidence lifetime;

    boolean known;

    @Nullable
    String lastTouchpoint;

    @Nullable
    Outcome lastOutcome;

    long lastEventMs = NEVER;
    long lastTaskMs = NEVER;
    long lastArrivalMs = NEVER;
    long lastFailureMs = NEVER;

    Contact lastContact = Contact.NONE;

    @Nullable
    Habit habit;

    private List<JourneyProgress> journeys = List.of();
    private int verdicts;

    CustomerState(HalfLife halfLife, boolean lifetime) {
        this.evidence = new Evidence(halfLife);
        this.lifetime = lifetime ? new Evidence(HalfLife.NONE) : null;
    }

    private CustomerState(CustomerState original) {
        this.evidence = original.evidence.copy();
        this.lifetime = original.lifetime == null ? null : original.lifetime.copy();
        this.known = original.known;
        this.lastTouchpoint = original.lastTouchpoint;
        this.lastOutcome = original.lastOutcome;
        this.lastEventMs = original.lastEventMs;
        this.lastTaskMs = original.lastTaskMs;
        this.lastArrivalMs = original.lastArrivalMs;
        this.lastFailureMs = original.lastFailureMs;
        this.lastContact = original.lastContact;
        this.habit = original.habit == null ? null : new Habit(original.habit);
        this.journeys = new ArrayList<>(original.journeys.size());
        original.journeys.forEach(journey -> journeys.add(journey.copy()));
        this.verdicts = original.verdicts;
    }

    /**
     * Makes the state that was kept.
     *
     * @param habitHalfLife the half-life of a habit; null if habits are not kept
     */
    CustomerState(HalfLife halfLife, boolean lifetime, @Nullable HalfLife habitHalfLife, SavedCustomer saved) {
        this.evidence = Evidence.restore(halfLife, saved.evidence());
        this.lifetime = lifetime
                ? saved.lifetime()
                        .map(kept -> Evidence.restore(HalfLife.NONE, kept))
                        .orElseGet(() -> new Evidence(HalfLife.NONE))
                : null;
        this.known = saved.known();
        this.lastTouchpoint = saved.lastTouchpoint();
        this.lastOutcome = saved.lastOutcome();
        this.lastEventMs = saved.lastEventMs();
        this.lastTaskMs = saved.lastTaskMs();
        this.lastArrivalMs = saved.lastArrivalMs();
        this.lastFailureMs = saved.lastFailureMs();
        this.lastContact = saved.contactMs() == NEVER
                ? Contact.NONE
                : new Contact(saved.contactMs(), saved.contactTaskMs(), saved.contactChannel());
        this.habit = habitHalfLife == null || saved.habit().isEmpty()
                ? null
                : new Habit(habitHalfLife, saved.habit().get());
        saved.journeys().forEach(journey -> open(new JourneyProgress(journey)));
        this.verdicts = saved.verdicts() & VERDICT_MASK;
    }

    /** Returns what has to be kept of it. */
    public SavedCustomer saved() {
        return new SavedCustomer(
                evidence.saved(),
                lifetime == null ? Optional.empty() : Optional.of(lifetime.saved()),
                known,
                lastTouchpoint,
                lastOutcome,
                lastEventMs,
                lastTaskMs,
                lastArrivalMs,
                lastFailureMs,
                lastContact.timeMs(),
                lastContact.taskTimeMs(),
                lastContact.channel(),
                habit == null ? Optional.empty() : Optional.of(habit.save()),
                journeys.isEmpty()
                        ? List.of()
                        : journeys.stream().map(JourneyProgress::saved).toList(),
                verdicts);
    }

    /** Returns an independent copy. */
    public CustomerState copy() {
        return new CustomerState(this);
    }

    /** Returns the customer's rolling evidence. */
    public Evidence evidence() {
        return evidence;
    }

    /** Returns the customer's evidence without decay, where that is kept. */
    public Optional<Evidence> lifetime() {
        return Optional.ofNullable(lifetime);
    }

    /** Returns the time of the last event; empty if there was none but answers. */
    public OptionalLong lastEventMs() {
        return lastEventMs == NEVER ? OptionalLong.empty() : OptionalLong.of(lastEventMs);
    }

    /** Returns the open journeys in the order in which they were opened. */
    public List<JourneyProgress> journeys() {
        return journeys;
    }

    /** Returns the verdicts of the last events, at most ten, the latest first. */
    public List<Verdict> verdicts() {
        List<Verdict> list = new ArrayList<>();
        for (int rest = verdicts; rest != 0; rest >>>= VERDICT_BITS) {
            list.add(Verdict.values()[(rest & ONE_VERDICT) - 1]);
        }
        return list;
    }

    void add(Assessment assessment) {
        evidence.addForCustomer(assessment);
        if (lifetime != null) {
            lifetime.addForCustomer(assessment);
        }
    }

    void addVerdict(Verdict verdict) {
        verdicts = (verdicts << VERDICT_BITS | (verdict.ordinal() + 1)) & VERDICT_MASK;
    }

    @Nullable
    JourneyProgress journey(String name) {
        for (JourneyProgress journey : journeys) {
            if (journey.name().equals(name)) {
                return journey;
            }
        }
        return null;
    }

    void open(JourneyProgress journey) {
        if (journeys.isEmpty()) {
            journeys = new ArrayList<>(1);
        }
        journeys.add(journey);
    }

    void close(JourneyProgress journey) {
        journeys.remove(journey);
        if (journeys.isEmpty()) {
            journeys = List.of();
        }
    }

    /** Takes over what a guest's record knows, as if both had been one from the start. Journeys are not its business. */
    void mergeAllButJourneys(CustomerState guest) {
        boolean guestIsLater = guest.lastArrivalMs >= lastArrivalMs;
        evidence.addAll(guest.evidence);
        if (lifetime != null && guest.lifetime != null) {
            lifetime.addAll(guest.lifetime);
        }
        known |= guest.known;
        if (guestIsLater) {
            lastTouchpoint = guest.lastTouchpoint;
            lastOutcome = guest.lastOutcome;
            lastEventMs = guest.lastEventMs;
            lastTaskMs = guest.lastTaskMs;
            lastArrivalMs = guest.lastArrivalMs;
            verdicts = guest.verdicts == 0 ? verdicts : guest.verdicts;
        }
        lastFailureMs = Math.max(lastFailureMs, guest.lastFailureMs);
        if (guest.lastContact.timeMs() >= lastContact.timeMs()) {
            lastContact = guest.lastContact;
        }
        if (habit == null) {
            habit = guest.habit;
        } else if (guest.habit != null) {
            habit.addAll(guest.habit);
        }
    }

    /**
     * The customer's last event at a touchpoint where they ask for something.
     *
     * @param channel the last known channel of this contact
     */
    record Contact(long timeMs, long taskTimeMs, Channel channel) {

        /** There was none yet. */
        static final Contact NONE = new Contact(NEVER, NEVER, Channel.UNKNOWN);
    }
}
