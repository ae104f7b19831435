package dev.touchstone;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Consent;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Note;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessor;
import dev.touchstone.scoring.CustomerFold;
import dev.touchstone.scoring.CustomerState;
import dev.touchstone.scoring.JourneyObserver;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.Scorer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The straight line that an event travels: guard, admission, assessment, fold, publication; all on the caller's thread.
 * Thread-safe.
 */
final class Engine implements Touchstone, Interaction.Recorder {

    private final String name;
    private final EngineClock clock;
    private final boolean strict;
    private final Counters counters = new Counters();
    private final Guard guard;
    private final PseudonymKey pseudonymKey;
    private final Registry registry;
    private final Admission admission;
    private final Assessor assessor;
    private final Scorer scorer;
    private final CustomerFold fold;
    private final CustomerFold reading;
    private final Ledger ledger;
    private final Publication publication;
    private final Sweeper sweeper;
    private final Consumer<@Nullable TouchpointEvent> recording = this::process;
    private final Consumer<@Nullable TouchpointEvent> recordingInside = this::processInside;
    private final Current current = new Current();
    private final Instant since;
    private volatile boolean paused;
    private volatile boolean closed;

    Engine(TouchstoneBuilder builder) {
        this.name = builder.name;
        this.clock = builder.clock == null ? EngineClock.system() : builder.clock;
        this.strict = builder.strict;
        this.guard = new Guard(counters, clock, strict);
        this.pseudonymKey = builder.pseudonymKey == null ? PseudonymKey.random() : builder.pseudonymKey;
        this.registry = new Registry(builder.catalog, builder.maximumCells, () -> counters.note(Note.JOURNEY_UNKNOWN));
        Consents consents = new Consents(builder.consent, guard, counters);
        this.admission = new Admission(registry, pseudonymKey, consents, builder.sample, counters, this::drop);
        this.assessor = new Assessor(builder.catalog.model());
        this.scorer = new Scorer(builder.catalog.model());
        this.fold = new CustomerFold(assessor, builder.lifetime, registry);
        // judges copies, so what becomes of their journeys is nobody's business
        this.reading = new CustomerFold(assessor, builder.lifetime, JourneyObserver.NOBODY);
        this.since = Instant.ofEpochMilli(clock.nowMs());
        this.ledger = new Ledger(fold, counters, clock, builder.maximumCustomers, builder.retention);
        this.publication = new Publication(builder.listeners, guard);
        this.sweeper = new Sweeper(name, this, Engine::sweep);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void record(@Nullable TouchpointEvent event) {
        counters.offered.increment();
        guard.record(recordingInside, event);
    }

    @Override
    public void recordFinished(TouchpointEvent event) {
        counters.offered.increment();
        guard.record(recording, event);
    }

    private void processInside(@Nullable TouchpointEvent event) {
        Interaction outer = current.get();
        process(outer == null || event == null ? event : outer.around(event));
    }

    @Override
    public void reject(@Nullable DropReason reason) {
        counters.offered.increment();
        counters.drop(paused || closed ? DropReason.PAUSED : reason == null ? DropReason.BAD_EVENT : reason);
    }

    private void process(@Nullable TouchpointEvent event) {
        if (paused || closed) {
            counters.drop(DropReason.PAUSED);
            return;
        }
        long nowMs = clock.nowMs();
        if (event == null) {
            drop(DropReason.BLANK_TOUCHPOINT);
            return;
        }
        Admitted admitted = admission.admit(event, nowMs);
        if (admitted != null) {
            fold(admitted);
        }
    }

    private void drop(DropReason reason) {
        counters.drop(reason);
        if (strict) {
            throw new RecordingException(reason);
        }
    }

    private void fold(Admitted admitted) {
        Folding folding = new Folding(admitted, assessor, fold);
        if (admitted.customer() == null) {
            folding.foldAnonymous();
            counters.anonymous.increment();
        } else {
            sweepLater();
            ledger.change(admitted.customer(), folding);
        }
        folding.foldIntoCell();
        counters.accepted.increment();
        publication.publish(admitted, folding);
    }

    private void sweepLater() {
        if (clock.isSystem()) {
            sweeper.start();
        }
    }

    void sweep() {
        guard.background(() -> ledger.sweep(clock.nowMs()));
    }

    @Override
    public Interaction begin(@Nullable String touchpoint) {
        return new Interaction(touchpoint, this, current.get());
    }

    @Override
    public TouchpointHandle touchpoint(@Nullable String touchpoint) {
        return new TouchpointHandle(this, touchpoint);
    }

    @Override
    public Scope scope(@Nullable Interaction interaction) {
        return current.open(interaction);
    }

    @Override
    public Optional<Interaction> current() {
        return Optional.ofNullable(current.get());
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public <S> @Nullable CustomerId findCustomer(CustomerResolver<S> resolver, S source, Interaction interaction) {
        return guard.findCustomer(resolver, source, interaction::note);
    }

    @Override
    public <S> @Nullable Channel findChannel(ChannelResolver<S> resolver, S source, Interaction interaction) {
        return guard.findChannel(resolver, source, interaction::note);
    }

    @Override
    public <S> Consent findConsent(ConsentResolver<S> resolver, S source, Interaction interaction) {
        return guard.findConsent(resolver, source, interaction::note);
    }

    @Override
    public <S> @Nullable Outcome classify(Function<S, Outcome> classifier, S source, Interaction interaction) {
        return guard.classify(classifier, source, interaction::note);
    }

    @Override
    public CustomerExperience customer(@Nullable CustomerId customer) {
        return customer == null || !customer.isValid() ? CustomerExperience.unknown() : customer(key(customer));
    }

    @Override
    public CustomerExperience customer(@Nullable CustomerKey customer) {
        if (customer == null) {
            return CustomerExperience.unknown();
        }
        long nowMs = clock.nowMs();
        return ledger.read(customer).map(copy -> experience(copy, nowMs)).orElseGet(CustomerExperience::unknown);
    }

    @Override
    public <S> CustomerExperience customer(CustomerResolver<S> resolver, S source) {
        return customer(guard.findCustomer(resolver, source, counters::note));
    }

    private CustomerExperience experience(CustomerState copy, long nowMs) {
        reading.sweep(copy, nowMs);
        return new CustomerExperience(
                scorer.experience(copy.evidence(), nowMs),
                scorer.effort(copy.evidence(), nowMs),
                copy.lifetime().map(all -> scorer.experience(all, nowMs)).orElseGet(Score::absent),
                copy.lifetime().map(all -> scorer.effort(all, nowMs)).orElseGet(Score::absent),
                copy.journeys().stream()
                        .map(journey -> new CustomerExperience.OpenJourney(
                                journey.name(),
                                Instant.ofEpochMilli(journey.openedMs()),
                                Instant.ofEpochMilli(journey.lastEventMs()),
                                journey.steps()))
                        .toList(),
                copy.verdicts(),
                copy.evidence().count());
    }

    @Override
    public CustomerKey key(CustomerId customer) {
        return customer.key(pseudonymKey);
    }

    @Override
    public void identify(@Nullable CustomerId guest, @Nullable CustomerId customer) {
        if (guest != null
                && guest.isValid()
                && guest.isAnonymous()
                && customer != null
                && customer.isValid()
                && !paused
                && !closed) {
            clock.nowMs();
            guard.background(() -> ledger.identify(key(guest), key(customer)));
        }
    }

    @Override
    public Scoreboard scoreboard() {
        if (!clock.isSystem()) {
            sweep(); // nobody else does
        }
        return new ScoreboardReader(registry, scorer, clock.nowMs()).read(name, since, health());
    }

    @Override
    public Health health() {
        return counters.health(ledger.size(), paused || closed);
    }

    @Override
    public Catalog catalog() {
        return registry.catalog();
    }

    @Override
    public void pause() {
        paused = true;
    }

    @Override
    public void resume() {
        paused = false;
    }

    @Override
    public void reload(Catalog catalog) {
        registry.reload(catalog);
    }

    @Override
    public void close() {
        closed = true;
        sweeper.close();
    }

    /** Returns the number of events of all customers who are held, counted anew: for checks of the counters. */
    long recount() {
        return ledger.sum(record -> record.events);
    }

    /** Returns the number of open journeys of all customers who are held, counted anew: for checks of the counters. */
    long recountJourneys() {
        return ledger.sum(record -> (long) record.state.journeys().size());
    }

    /** Returns on how many threads an interaction is going on: for checks that none is left behind. */
    int scopes() {
        return current.size();
    }
}
