package dev.touchstone.scoring.internal;

import dev.touchstone.event.Channel;
import dev.touchstone.internal.Fields;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of one customer: the evidence, and the history needed to assess the next event. It is its rolling evidence,
 * and the record of a customer is its state, so that an event reads one object of the customer and not three, which
 * are in no cache if there are many customers. Changed only by a {@link CustomerFold}. Mutable and not thread-safe.
 */
public non-sealed class CustomerState extends Evidence {

    /** Far enough in the past to exceed any age, and small enough that subtracting it never overflows. */
    static final long NEVER = Long.MIN_VALUE / 2;

    static final int VERDICT_BITS = 2;
    static final int ONE_VERDICT = (1 << VERDICT_BITS) - 1;

    private static final Verdict[] VERDICTS = Verdict.values();
    private static final LastEnd[] ENDS = LastEnd.values();
    private static final int MAX_VERDICTS = 10;
    private static final int LOW_BITS = 0x55555;
    private static final int VERDICT_MASK = (1 << (VERDICT_BITS * MAX_VERDICTS)) - 1;

    private @Nullable Evidence lifetime;

    @Nullable
    String lastTouchpoint;

    @Nullable
    LastEnd lastEnd;

    long lastEventMs = NEVER;
    long lastTaskMs = NEVER;
    long lastArrivalMs = NEVER;
    long lastFailureMs = NEVER;

    Contact lastContact = Contact.NONE;

    @Nullable
    Habit habit;

    // the last event that would have completed a journey but found none open; its first event may still arrive
    @Nullable
    JourneyProgress ending;

    private List<JourneyProgress> journeys = List.of();
    private int verdicts;
    // the touchpoints that the customer visited, one bit for each touchpoint that has a bit
    private long visited;

    /** Creates the state of a new customer. */
    public CustomerState(CustomerFold fold) {
        this(fold.halfLife(), fold.keepsLifetime() ? new Evidence(HalfLife.NONE) : null, null);
    }

    private CustomerState(HalfLife halfLife, @Nullable Evidence lifetime, @Nullable Habit habit) {
        super(halfLife);
        this.lifetime = lifetime;
        this.habit = habit;
    }

    /** Returns a state for a reader to fill, with all optional parts, for {@link CustomerFold#restore}. */
    public static CustomerState blank(ScoreModel model) {
        return new CustomerState(
                HalfLife.of(model, ModelConstant.CUSTOMER_HALF_LIFE),
                new Evidence(HalfLife.NONE),
                new Habit(HalfLife.of(model, ModelConstant.HABIT_HALF_LIFE)));
    }

    /** Takes over the contents of another state, which is not used any more. */
    public final void takeOver(CustomerState other) {
        takeOverEvidence(other);
        lifetime = other.lifetime;
        lastTouchpoint = other.lastTouchpoint;
        lastEnd = other.lastEnd;
        lastEventMs = other.lastEventMs;
        lastTaskMs = other.lastTaskMs;
        lastArrivalMs = other.lastArrivalMs;
        lastFailureMs = other.lastFailureMs;
        lastContact = other.lastContact;
        habit = other.habit;
        ending = other.ending;
        journeys = other.journeys;
        verdicts = other.verdicts;
        visited = other.visited;
    }

    /**
     * Lists the fields.
     *
     * @throws IllegalArgumentException if the values are not possible for a customer
     */
    @Override
    public CustomerState fields(Fields fields) {
        fields.flag("known", isKnown()); // derived from the count
        verdicts = fields.latest("verdicts", VERDICTS, verdicts);
        fields.value("evidence", this, CustomerState::evidenceFields);
        fields.optional("lifetimeEvidence", lifetime, Evidence::fields);
        fields.group(lastTouchpoint != null && lastEnd != null, () -> {
            lastTouchpoint = fields.text("lastTouchpoint", Objects.requireNonNullElse(lastTouchpoint, ""));
            lastEnd = fields.constant("lastOutcome", ENDS, Objects.requireNonNullElse(lastEnd, LastEnd.SUCCESS));
            lastEventMs = fields.time("lastEvent", lastEventMs);
            lastTaskMs = fields.time("lastTask", lastTaskMs);
            lastArrivalMs = fields.time("lastArrival", lastArrivalMs);
        });
        fields.group(lastFailureMs != NEVER, () -> lastFailureMs = fields.time("lastFailure", lastFailureMs));
        fields.group(lastContact.timeMs() != NEVER, () -> lastContact = lastContact.fields(fields));
        fields.optional("habit", habit, Habit::fields);
        List<JourneyProgress> open =
                fields.list("openJourneys", journeys, JourneyProgress::blank, JourneyProgress::fields);
        journeys = open.isEmpty() ? List.of() : open;
        check();
        return this;
    }

    private CustomerState evidenceFields(Fields fields) {
        super.fields(fields);
        return this;
    }

    /** Returns whether an end of a journey waits for the first event. */
    public boolean hasEnding() {
        return ending != null;
    }

    /** Lists the fields of the waiting end. */
    public CustomerState endingFields(Fields fields) {
        ending = fields.value("ending", ending == null ? JourneyProgress.blank() : ending, JourneyProgress::fields);
        return this;
    }

    /** Takes over the waiting end from a state that a reader filled. */
    public void restoreEnding(CustomerState read) {
        ending = read.ending;
    }

    /** Returns whether an open journey has verdicts of its touchpoints. */
    public boolean hasPassed() {
        return journeys.stream().anyMatch(journey -> !journey.passed().isEmpty());
    }

    /** Lists the verdicts at the touchpoints of the open journeys. */
    public CustomerState passedFields(Fields fields) {
        List<JourneyProgress> passed =
                journeys.stream().filter(journey -> !journey.passed().isEmpty()).toList();
        List<JourneyProgress> read =
                fields.list("passed", passed, JourneyProgress::blank, JourneyProgress::passedFields);
        if (read != passed) {
            journeys = read;
        }
        return this;
    }

    /** Takes over the verdicts at the touchpoints of open journeys from a state that a reader filled. */
    public void restorePassed(CustomerState read) {
        for (JourneyProgress journey : read.journeys) {
            JourneyProgress own = journey(journey.name());
            if (own != null) {
                own.restorePassed(journey.passed());
            }
        }
    }

    /** Returns whether an open journey has a place in a funnel, or a waiting end will have one. */
    public boolean hasPlace() {
        return !placed().isEmpty();
    }

    private List<JourneyProgress> placed() {
        return Stream.concat(journeys.stream(), Stream.ofNullable(ending))
                .filter(journey -> !journey.touchpoint().isBlank())
                .toList();
    }

    /** Lists the places of the open journeys in their funnels. A waiting end has step 0. */
    public CustomerState placeFields(Fields fields) {
        List<JourneyProgress> placed = placed();
        List<JourneyProgress> read =
                fields.list("places", placed, JourneyProgress::blank, JourneyProgress::placeFields);
        if (read != placed) {
            journeys = read;
        }
        return this;
    }

    /**
     * Takes over the places of open journeys in their funnels from a state that a reader filled.
     *
     * @param placed receives each of the journeys
     */
    public void restorePlaces(CustomerState read, Consumer<JourneyProgress> placed) {
        for (JourneyProgress journey : read.journeys) {
            JourneyProgress own = journey(journey.name());
            if (journey.place() == 0 && ending != null) {
                ending.endedAt(journey.touchpoint());
            } else if (own != null && own.place() == 0) {
                own.restorePlace(journey);
                placed.accept(own);
            }
        }
    }

    /** Returns whether the customer visited a touchpoint that has a bit. */
    public boolean hasVisited() {
        return visited != 0;
    }

    /** Returns the touchpoints that the customer visited, one bit each. */
    public long visited() {
        return visited;
    }

    /** Replaces the touchpoints that the customer visited, one bit each. */
    public void replaceVisited(long bits) {
        visited = bits;
    }

    /**
     * Adds a visited touchpoint.
     *
     * @param bit its bit; 0 if it has none
     * @return whether this is the customer's first visit; false without a bit
     */
    public boolean visit(long bit) {
        if ((visited & bit) == bit) {
            return false;
        }
        visited |= bit;
        return true;
    }

    /**
     * Lists the touchpoints that the customer visited.
     *
     * @param touchpoints the names of the touchpoints that have a bit, the lowest first
     */
    public CustomerState visitedFields(Fields fields, List<String> touchpoints) {
        visited = fields.chosen("visited", touchpoints, visited);
        return this;
    }

    private void check() {
        if (journeys.size() > CustomerFold.MAX_JOURNEYS) {
            throw new IllegalArgumentException(
                    "openJourneys: " + journeys.size() + " journeys; expected at most " + CustomerFold.MAX_JOURNEYS);
        }
        for (int rest = verdicts; rest != 0; rest >>>= VERDICT_BITS) {
            if ((rest & ONE_VERDICT) == 0) {
                throw new IllegalArgumentException("verdicts have a gap; expected a contiguous list from the latest");
            }
        }
        verdicts &= VERDICT_MASK;
    }

    /** Removes the parts that an instance does not use, and sets the half-life of the evidence. */
    void restrict(HalfLife halfLife, boolean withLifetime, boolean withHabit) {
        share(halfLife);
        lifetime = withLifetime ? lifetime : null;
        habit = withHabit && habit != null && !habit.isEmpty() ? habit : null;
    }

    /** Returns an independent copy. */
    @Override
    public CustomerState copy() {
        CustomerState copy = (CustomerState) super.copy();
        copy.lifetime = lifetime == null ? null : lifetime.copy();
        copy.habit = habit == null ? null : habit.copy();
        if (!journeys.isEmpty()) {
            copy.journeys = new ArrayList<>(journeys.size());
            journeys.forEach(journey -> copy.journeys.add(journey.copy()));
        }
        copy.ending = ending == null ? null : ending.copy();
        return copy;
    }

    /** Corrects times that are in the future after the clock went back. */
    @Override
    public void goBack(long fromMs, long toMs) {
        super.goBack(fromMs, toMs);
        if (habit != null) {
            habit.timeWentBack(fromMs, toMs);
        }
        lastEventMs = Math.min(lastEventMs, toMs);
        lastTaskMs = Math.min(lastTaskMs, toMs);
        lastArrivalMs = Math.min(lastArrivalMs, toMs);
        lastFailureMs = Math.min(lastFailureMs, toMs);
        if (lastContact.timeMs() > toMs) {
            lastContact = new Contact(toMs, Math.min(lastContact.taskTimeMs(), toMs), lastContact.channel());
        }
        journeys.forEach(journey -> journey.goBack(toMs));
        if (ending != null) {
            ending.goBack(toMs);
        }
    }

    /** Returns whether anything was recorded for the customer. */
    boolean isKnown() {
        return count() > 0;
    }

    /** Returns whether the passing of time alone may change the state, so that it needs sweeping. */
    public boolean isOpen() {
        return !journeys.isEmpty() || ending != null;
    }

    /**
     * Returns the time at which the next journey times out if no event arrives; {@link Long#MAX_VALUE} if none is open.
     */
    public long dueMs() {
        long dueMs = ending == null ? Long.MAX_VALUE : ending.dueMs();
        for (JourneyProgress journey : journeys) {
            dueMs = Math.min(dueMs, journey.dueMs());
        }
        return dueMs;
    }

    /** Returns the customer's rolling evidence. */
    public Evidence evidence() {
        return this;
    }

    /** Returns the customer's evidence without decay, if it is stored. */
    public Optional<Evidence> lifetime() {
        return Optional.ofNullable(lifetime);
    }

    /** Returns the time of the last event; empty if there were only answers. */
    public OptionalLong lastEventMs() {
        return lastEventMs == NEVER ? OptionalLong.empty() : OptionalLong.of(lastEventMs);
    }

    /** Returns the touchpoint of the last event; blank if there were only answers. */
    public String lastTouchpointOrBlank() {
        return Objects.requireNonNullElse(lastTouchpoint, "");
    }

    /** Returns the open journeys in order of opening. */
    public List<JourneyProgress> journeys() {
        return journeys;
    }

    /** Returns the verdicts of up to ten last events, the latest first. */
    public List<Verdict> verdicts() {
        List<Verdict> list = new ArrayList<>();
        for (int rest = verdicts; rest != 0; rest >>>= VERDICT_BITS) {
            list.add(VERDICTS[(rest & ONE_VERDICT) - 1]);
        }
        return list;
    }

    /** Returns whether one of this many latest verdicts, at most ten, is MISSED. */
    public boolean missedWithin(int latest) {
        // MISSED is the only verdict with both bits set
        int looked = (1 << (VERDICT_BITS * latest)) - 1;
        return (verdicts & (verdicts >>> 1) & LOW_BITS & looked) != 0;
    }

    void fold(Assessment assessment) {
        addForCustomer(assessment);
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

    /** Merges the state of a guest, as if both had been one customer from the start. Does not include journeys. */
    void mergeAllButJourneys(CustomerState guest) {
        boolean guestIsLater = guest.lastArrivalMs >= lastArrivalMs;
        visited |= guest.visited;
        addAll(guest);
        if (lifetime != null && guest.lifetime != null) {
            lifetime.addAll(guest.lifetime);
        }
        if (ending == null || (guest.ending != null && guestIsLater)) {
            ending = guest.ending;
        }
        if (guestIsLater) {
            lastTouchpoint = guest.lastTouchpoint;
            lastEnd = guest.lastEnd;
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
     * The customer's last event at a touchpoint for support contacts.
     *
     * @param channel the last known channel of this contact
     */
    record Contact(long timeMs, long taskTimeMs, Channel channel) {

        /** No contact yet. */
        static final Contact NONE = new Contact(NEVER, NEVER, Channel.UNKNOWN);

        Contact fields(Fields fields) {
            return new Contact(
                    fields.time("lastContact", timeMs),
                    fields.time("lastContactTask", taskTimeMs),
                    fields.channel("lastContactChannel", channel));
        }
    }
}
