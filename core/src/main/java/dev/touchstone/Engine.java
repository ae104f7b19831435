package dev.touchstone;

import dev.touchstone.Scoreboard.Comparison;
import dev.touchstone.Scoreboard.Variant;
import dev.touchstone.care.Care;
import dev.touchstone.care.CareSettings;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.internal.NearestName;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.internal.Cluster;
import dev.touchstone.customers.internal.CustomerBook;
import dev.touchstone.customers.internal.CustomerBook.Held;
import dev.touchstone.customers.internal.StoredTable;
import dev.touchstone.customers.internal.Tombstones;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Mention;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.history.History;
import dev.touchstone.prediction.Prediction;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.internal.Assessor;
import dev.touchstone.scoring.internal.CustomerFold;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.scoring.internal.Evidence;
import dev.touchstone.scoring.internal.JourneyObserver;
import dev.touchstone.scoring.internal.Scorer;
import dev.touchstone.state.Store;
import dev.touchstone.state.internal.PartitionStore;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.survey.Mentions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The implementation of an instance: creates and connects the parts, answers queries, and owns the life cycle.
 * Thread-safe.
 */
final class Engine implements Touchstone {

    private static final Duration CLOSING_TIME = Duration.ofSeconds(5);
    private static final long SWEEP_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
    // the background thread samples slightly after the end of an hour
    private static final long SAMPLE_LATE_MS = 1_000;
    // a task that stays due must not keep the thread busy
    private static final long LEAST_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final String name;
    private final EngineClock clock;
    private final Counters counters;
    private final Guard guard;
    private final PseudonymKey pseudonymKey;
    private final List<PseudonymKey> allKeys;
    private final Duration retention;
    private final int minimumGroupSize;
    private final long maximumCustomers;
    private final int maximumSeries;
    private final Registry registry;
    private final Scorer scorer;
    private final CustomerFold fold;
    private final CustomerCounts counts;
    private final VariantGuards guards;
    private final CustomerBook book;
    private final @Nullable AnswerPredictor predictor;
    private final Publication publication;
    private final Recorder recorder;
    private final Persistence persistence;
    private final @Nullable EnginePartition partition;
    private final @Nullable ClusterReader cluster;
    private final Tombstones tombstones;
    private final HealthWatch healthWatch;
    private final Due sweepDue;
    // created once, so that a snapshot is tried even if memory is exhausted
    private final Runnable goingBack = this::goBack;
    private final Runnable watchingHealth;
    private final Runnable savingIfDue;
    private final Background background;
    private final MentionTally mentions;
    private final @Nullable CareDesk care;
    private final Marks marks = new Marks();
    private final Periods history;
    private final Runnable sampling = this::sampledMs; // created once, like the others
    private volatile long sampledHour;
    private final Current current = new Current();

    Engine(TouchstoneBuilder builder) {
        this.name = builder.name;
        this.clock = builder.clock.get();
        this.counters = new Counters(clock.nowMs());
        this.guard = new Guard(counters, clock, builder.strict);
        this.pseudonymKey = builder.pseudonymKey == null ? PseudonymKey.random() : builder.pseudonymKey;
        if (builder.pseudonymKey == null) {
            guard.warn(
                    "Instance {}: no pseudonym key is configured;"
                            + " with a random one, customer data does not survive a restart",
                    name);
        }
        this.allKeys = new ArrayList<>(List.of(pseudonymKey));
        this.allKeys.addAll(builder.formerKeys);
        this.retention = builder.retention;
        this.minimumGroupSize = builder.minimumGroupSize;
        this.maximumSeries = builder.maximumSeries;
        PartitionStore stored = builder.store instanceof PartitionStore ofPartition ? ofPartition : null;
        Touched touched = stored == null ? null : new Touched();
        this.registry = new Registry(
                builder.catalog,
                builder.maximumSeries,
                clock.isSystem(),
                stored == null ? List.of() : EnginePartition.numbered(stored.bytes()),
                touched);
        this.tombstones = new Tombstones();
        DuplicateWindow duplicates = new DuplicateWindow();
        Assessor assessor = new Assessor(builder.catalog.model());
        this.scorer = new Scorer(builder.catalog.model());
        this.fold = new CustomerFold(assessor, builder.lifetime);
        this.publication = new Publication(builder.listeners, builder.signalListeners, guard);
        this.maximumCustomers = builder.maximumCustomers;
        Membership membership = new Membership(this::person, tombstones);
        AttributeValues values = new AttributeValues(this::key, counters);
        this.predictor =
                builder.prediction ? new AnswerPredictor(builder.catalog.effects(), minimumGroupSize, values) : null;
        this.guards = new VariantGuards(registry.variants(), guard, minimumGroupSize);
        SignalWatch signals = builder.care == null
                ? null
                : new SignalWatch(builder.care, registry, scorer, counters, minimumGroupSize, publication, predictor);
        this.mentions = new MentionTally(signals);
        CustomerSignals ofCustomers = signals == null ? null : signals.customers();
        this.counts =
                new CustomerCounts(registry, counters, guard, membership, clock::latestMs, publication, ofCustomers);
        Consents consents = new Consents(builder.consent, guard);
        if (stored == null || touched == null) {
            this.book = new CustomerBook(
                    fold,
                    keeps(builder),
                    counts,
                    tombstones,
                    clock::latestMs,
                    maximumCustomers,
                    builder.activeFor,
                    retention);
            this.partition = null;
        } else {
            StoredTable table = new StoredTable(
                    stored.bytes(), builder.catalog.model(), fold, keeps(builder), registry::numbered, retention);
            this.book = new CustomerBook(fold, keeps(builder), counts, tombstones, clock::latestMs, retention, table);
            this.partition = new EnginePartition(new EnginePartition.Parts(
                    stored.bytes(),
                    table,
                    book,
                    clock,
                    pseudonymKey,
                    registry,
                    touched,
                    counters,
                    tombstones,
                    publication,
                    retention,
                    predictor,
                    signals));
            stored.open(partition);
        }
        this.persistence = new Persistence(
                builder,
                pseudonymKey,
                clock,
                registry,
                book,
                predictor,
                signals,
                counters,
                duplicates,
                mentions,
                tombstones,
                marks);
        this.history = new Periods(registry, marks, scorer, minimumGroupSize, this::sampledMs);
        Cluster known = ClusterReader.among(builder.listeners);
        this.cluster = known == null
                ? null
                : new ClusterReader(known, builder.catalog.model(), builder.catalog.effects(), minimumGroupSize);
        this.healthWatch = new HealthWatch(builder.healthListeners, guard);
        this.watchingHealth = () -> healthWatch.look(health());
        this.savingIfDue = persistence::saveIfDue;
        this.sweepDue = new Due(clock::nanoTime, SWEEP_NS);
        this.background = new Background(
                builder.threads.apply(name), clock.isSystem(), pauseNs(), this, Engine::work, onFailure(counters));
        this.recorder = new Recorder(
                guard,
                clock,
                counters,
                builder.enrichers,
                new BuildStamp(registry.variants(), builder.version),
                new Admission(
                        registry,
                        pseudonymKey,
                        consents,
                        builder.samplingRate,
                        tombstones,
                        partition == null ? duplicates : partition,
                        counters),
                book,
                membership,
                new EventFold(
                        assessor,
                        fold,
                        counts,
                        registry::declaresJourney,
                        predictor,
                        publication.announcesChanges(),
                        ofCustomers,
                        book.keepsValue(),
                        registry.variants()),
                registry.variants(),
                values,
                mentions,
                publication,
                background);
        this.care =
                builder.care == null || signals == null ? null : careDesk(builder.care, signals, assessor, consents);
    }

    private static CustomerBook.Keeps keeps(TouchstoneBuilder builder) {
        if (builder.care != null && builder.care.assumedLoss().isPresent()) {
            return CustomerBook.Keeps.VALUE;
        }
        return builder.prediction || builder.care != null ? CustomerBook.Keeps.SIGNALS : CustomerBook.Keeps.SCORES;
    }

    private CareDesk careDesk(CareSettings settings, SignalWatch watch, Assessor assessor, Consents consents) {
        CaseDesk own = new CaseDesk(watch, book, registry, assessor, fold, scorer, clock, publication, this::person);
        Care.Cases cases =
                cluster == null ? own : new ClusterCases(own, watch, cluster, tombstones, clock, publication);
        ValueDesk values = settings.assumedLoss().isEmpty()
                ? null
                : new ValueDesk(
                        book,
                        scorer,
                        clock,
                        minimumGroupSize,
                        settings.assumedLoss().getAsDouble());
        return new CareDesk(settings, watch, own, cases, book, consents, clock, predictor, values, this::person);
    }

    /** Static, so that it references no instance. */
    private static Runnable onFailure(Counters counters) {
        return () -> counters.warn(Warning.BACKGROUND_ERROR);
    }

    private CustomerKey person(CustomerId customer) {
        return person(key(customer));
    }

    private CustomerKey person(CustomerKey customer) {
        return book.person(customer);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void record(@Nullable TouchpointEvent event) {
        recorder.record(event, current.get());
    }

    @Override
    public void mention(@Nullable Mention mention) {
        recorder.record(mention);
    }

    @Override
    public void reject(@Nullable DropReason reason) {
        recorder.reject(reason);
    }

    /** Restores stored state before anything is recorded, or throws. */
    Engine open() {
        boolean opened = false;
        try {
            persistence.open();
            counters.start();
            healthWatch.forgive(counters);
            if (persistence.isFromFuture()) {
                counters.warn(Warning.STATE_FROM_FUTURE);
                guard.warn(Guard.What.FUTURE);
            }
            clock.onReturn(this::noteReturn);
            if (partition == null) {
                clock.onHour(endMs -> guard.background(() -> registry.sample(endMs)));
            } else {
                partition.open(persistence, care);
            }
            opened = true;
        } finally {
            if (!opened) {
                persistence.abort();
            }
        }
        return this;
    }

    /**
     * Runs the tasks that are due, each independent of failures of others, and returns the nanoseconds until the next
     * one.
     */
    long work() {
        if (sweepDue.isDue()) {
            sweepDue.in(SWEEP_NS);
            sweep(guard::own);
        } else {
            guard.own(goingBack);
            if (Math.floorDiv(clock.nowMs(), HOUR_MS) != sampledHour) {
                guard.own(sampling);
            }
        }
        guard.own(watchingHealth);
        guard.own(savingIfDue);
        return pauseNs();
    }

    private long pauseNs() {
        // counts up to the end of an hour belong to that hour
        long hourNs = TimeUnit.MILLISECONDS.toNanos(HOUR_MS - Math.floorMod(clock.latestMs(), HOUR_MS));
        return Math.max(LEAST_PAUSE_NS, Math.min(hourNs, Math.min(sweepDue.leftNs(), persistence.dueInNs())));
    }

    void sweep() {
        sweep(guard::background);
    }

    private void sweep(Consumer<Runnable> guarded) {
        guarded.accept(this::goBack);
        guarded.accept(() -> book.sweep(clock.nowMs(), registry::declaresJourney));
        guarded.accept(counts::sweep);
        guarded.accept(() -> registry.retainMissed(book::holds));
        guarded.accept(sampling);
        guarded.accept(this::sweepCare);
        guarded.accept(() -> registry.variants().sweep(clock.nowMs()));
        guarded.accept(guards::look);
        guarded.accept(current::sweep);
        guarded.accept(() -> allKeys.forEach(PseudonymKey::clearMemo)); // so that no memo outlives its customer
        guarded.accept(publication::publish);
    }

    /** Adds the counts so far to the history, and returns the time. */
    private long sampledMs() {
        long nowMs = clock.nowMs();
        registry.sample(clock.isSystem() ? nowMs - SAMPLE_LATE_MS : nowMs);
        sampledHour = Math.floorDiv(nowMs, HOUR_MS);
        return nowMs;
    }

    @Override
    public History history() {
        background.ensure();
        return history;
    }

    @Override
    public void mark(String text) {
        background.ensure();
        marks.add(Instant.ofEpochMilli(clock.nowMs()), text);
    }

    @Override
    public Comparison compare(String attribute) {
        if (!clock.isSystem()) {
            sweep(); // no background thread does
        }
        background.ensure();
        Comparison comparison = registry.variants().read(attribute, minimumGroupSize);
        if (comparison == null) {
            throw undeclared(attribute);
        }
        return comparison;
    }

    @Override
    public List<Comparison> comparisonsAt(String touchpoint) {
        background.ensure();
        return registry.variants().readAt(touchpoint, minimumGroupSize);
    }

    @Override
    public VariantGuard guard(String attribute, Consumer<Variant> listener) {
        background.ensure();
        if (!catalog().variants().contains(attribute)) {
            throw undeclared(attribute);
        }
        return guards.add(attribute, listener);
    }

    private IllegalArgumentException undeclared(String attribute) {
        List<String> declared = catalog().variants();
        return new IllegalArgumentException(
                "attribute \"" + attribute + "\" is not declared as a variant; declared are " + declared
                        + NearestName.hint(attribute, declared) + "; add it to \"variants\" in the catalog");
    }

    private void sweepCare() {
        if (care != null) {
            long nowMs = clock.nowMs();
            care.sweep(nowMs, compared(counters.sinceMs(), nowMs));
        }
    }

    /**
     * Returns in words what current scores are compared with: the score since start until the counters are older than
     * the baseline half-life, then last week.
     */
    private String compared(long sinceMs, long nowMs) {
        double longMs = registry.catalog().model().get(ModelConstant.BASELINE_HALF_LIFE);
        return (double) (nowMs - sinceMs) < longMs
                ? "against the score since start"
                : "against " + last(Duration.ofMillis((long) longMs));
    }

    private static String last(Duration length) {
        if (length.equals(Duration.ofDays(7))) {
            return "last week";
        }
        ChronoUnit unit = Stream.of(ChronoUnit.DAYS, ChronoUnit.HOURS)
                .filter(each -> length.toMillis() % each.getDuration().toMillis() == 0)
                .findFirst()
                .orElse(ChronoUnit.MINUTES);
        long count = length.dividedBy(unit.getDuration());
        String units = unit.toString().toLowerCase(Locale.ROOT);
        return "the last " + (count == 1 ? units.substring(0, units.length() - 1) : count + " " + units);
    }

    /** Corrects future timestamps if the clock went back. */
    private void goBack() {
        EngineClock.Return back = clock.takeReturn();
        if (back != null) {
            counters.goBack(back.toMs());
            registry.goBack(back.fromMs(), back.toMs());
            book.goBack(back.fromMs(), back.toMs());
            counts.goBack(back.fromMs(), back.toMs());
            if (predictor != null) {
                predictor.goBack(back.toMs());
            }
            if (care != null) {
                care.goBack(back.toMs());
            }
            marks.goBack(Instant.ofEpochMilli(back.toMs()));
        }
    }

    /**
     * Called on the thread that finds that the clock went back. The correction is left to the background thread, if
     * there is one.
     */
    private void noteReturn() {
        counters.warn(Warning.CLOCK_WENT_BACK);
        guard.warn(Guard.What.CLOCK);
        if (clock.isSystem()) {
            background.wake();
        } else {
            guard.background(this::goBack);
        }
    }

    @Override
    public Interaction begin(@Nullable String touchpoint) {
        return new Interaction(touchpoint, recorder, current.get());
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
    public CustomerExperience customer(@Nullable CustomerId customer) {
        return customer == null || !customer.isValid() ? CustomerExperience.unknown() : customer(key(customer));
    }

    @Override
    public CustomerExperience customer(@Nullable CustomerKey customer) {
        if (customer == null) {
            return CustomerExperience.unknown();
        }
        background.ensure();
        long nowMs = clock.nowMs();
        return cluster == null ? own(customer, nowMs) : ofCluster(cluster, customer, nowMs);
    }

    private CustomerExperience own(CustomerKey customer, long nowMs) {
        CustomerExperience experience = book.read(
                customer,
                held -> experience(held, nowMs, predictor == null ? null : predictor.prediction(held, nowMs)));
        return experience == null ? CustomerExperience.unknown() : experience;
    }

    private CustomerExperience ofCluster(ClusterReader reader, CustomerKey customer, long nowMs) {
        ClusterReader.Customer found = reader.find(book.resolve(customer));
        Scoreboard.Coverage coverage = found.coverage();
        if (!coverage.isWhole()) {
            return own(customer, nowMs).with(coverage);
        }
        Snapshot.Customer stored = found.stored();
        // an erasure counts here before it has come around
        boolean erased = stored == null
                || tombstones.cover(stored.key(), stored.state().lastEventMs().orElse(stored.lastSeenMs()));
        Held held = stored == null || erased ? null : book.view(stored);
        if (held == null) {
            return CustomerExperience.unknown().with(coverage);
        }
        Prediction prediction = predictor == null ? null : reader.prediction(held.awaited(), nowMs);
        return experience(held, nowMs, prediction).with(coverage);
    }

    @Override
    public <S> CustomerExperience customer(CustomerResolver<S> resolver, S source) {
        return customer(guard.findCustomer(resolver, source, null));
    }

    private CustomerExperience experience(Held held, long nowMs, @Nullable Prediction prediction) {
        CustomerState kept = held.state();
        CustomerState state = kept;
        if (kept.isOpen()) {
            state = kept.copy(); // a copy, since the changes to its journeys must not be counted
            fold.loseUndeclared(state, registry::declaresJourney, JourneyObserver.NOBODY);
            fold.sweep(state, nowMs, JourneyObserver.NOBODY);
        }
        Evidence.Reading latest = state.evidence().at(nowMs);
        Optional<Evidence.Reading> lifetime = state.lifetime().map(all -> all.at(nowMs));
        return new CustomerExperience(new CustomerExperience.Data(
                scorer.experience(latest),
                scorer.effort(latest),
                lifetime.map(scorer::experience).orElseGet(Score::absent),
                lifetime.map(scorer::effort).orElseGet(Score::absent),
                state.journeys().isEmpty() ? List.of() : openJourneys(state),
                state.verdicts(),
                state.evidence().count(),
                state.lastEventMs().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(state.lastEventMs().getAsLong())),
                Optional.of(state.lastTouchpointOrBlank()).filter(name -> !name.isEmpty()),
                Optional.ofNullable(prediction),
                held.standing() != null && held.standing().isAtRisk(),
                held.standing() != null && held.standing().isAdvocate(),
                scorer.experienceAfter(latest)));
    }

    @Override
    public Map<CustomerKey, Instant> lastMissed(@Nullable String touchpoint) {
        background.ensure();
        if (touchpoint == null) {
            return Map.of();
        }
        Map<CustomerKey, Instant> missed = registry.lastMissed(touchpoint, minimumGroupSize);
        missed.keySet().removeIf(customer -> !book.holds(customer));
        return Collections.unmodifiableMap(missed);
    }

    @Override
    public Care care() {
        return care == null ? NoCare.INSTANCE : care;
    }

    private static List<CustomerExperience.OpenJourney> openJourneys(CustomerState state) {
        return state.journeys().stream()
                .map(journey -> new CustomerExperience.OpenJourney(
                        journey.name(),
                        Instant.ofEpochMilli(journey.openedMs()),
                        Instant.ofEpochMilli(journey.lastEventMs()),
                        journey.steps(),
                        journey.touchpoint()))
                .toList();
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
                && !recorder.isPaused()) {
            background.ensure();
            clock.nowMs();
            guard.background(() -> book.identify(key(guest), key(customer)));
            publication.publish();
        }
    }

    @Override
    public void forget(@Nullable CustomerId guest) {
        if (guest != null && guest.isValid() && guest.isAnonymous()) {
            background.ensure();
            clock.nowMs();
            CustomerKey key = key(guest);
            guard.background(() -> book.forget(key));
            publication.defer(new CustomerChange.Forgotten(key));
            publication.publish();
        }
    }

    @Override
    public ErasureReceipt erase(CustomerId customer) {
        List<CustomerKey> keys = keys(customer);
        background.ensure();
        long nowMs = clock.nowMs();
        try {
            persistence.erased(book.erase(keys, nowMs));
            book.forgetGuests(keys, nowMs);
        } finally {
            allKeys.forEach(PseudonymKey::clearMemo);
            publication.publish(); // after the tombstone is durable, and also if that failed: memory is cleared
        }
        background.wake(); // a snapshot is due
        return Erasure.receipt(Instant.ofEpochMilli(nowMs), persistence.isThere(), clock.isSystem());
    }

    @Override
    public CustomerExport export(CustomerId customer) {
        List<CustomerKey> keys = keys(customer);
        List<CustomerExport.UnderKey> records = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            CustomerKey key = keys.get(i);
            records.add(new CustomerExport.UnderKey(
                    allKeys.get(i).id(), key.toString(), customer(key), persistence.export(key)));
        }
        return new CustomerExport(
                Instant.ofEpochMilli(clock.nowMs()), name, catalog().model().id(), retention, records);
    }

    private List<CustomerKey> keys(CustomerId customer) {
        if (!customer.isValid()) {
            throw new IllegalArgumentException("customer id is blank or malformed; pass a valid id");
        }
        return allKeys.stream().map(customer::key).toList();
    }

    @Override
    public void snapshot() {
        background.ensure();
        persistence.save();
    }

    @Override
    public Scoreboard scoreboard() {
        if (cluster == null) {
            return ownScoreboard();
        }
        look();
        ClusterReader.Counted counted = cluster.counted(catalog(), maximumSeries);
        Optional<Scoreboard.Coverage> coverage = Optional.of(counted.coverage());
        Registry all = counted.registry();
        if (all == null) {
            return own(coverage);
        }
        long nowMs = clock.nowMs();
        return new ScoreboardReader(
                        all, scorer, minimumGroupSize, Outlook.NONE, compared(counted.sinceMs(), nowMs), nowMs)
                .read(
                        name,
                        Instant.ofEpochMilli(counted.sinceMs()),
                        health(),
                        Mentions.NONE,
                        counters.intake(mentions.sinceStart()),
                        Optional.ofNullable(care).map(desk -> desk.totalsOfCluster(Instant.ofEpochMilli(nowMs))),
                        coverage);
    }

    private void look() {
        if (!clock.isSystem()) {
            sweep(); // no background thread does
            healthWatch.look(health());
        }
    }

    @Override
    public Scoreboard ownScoreboard() {
        look();
        return own(Optional.empty());
    }

    private Scoreboard own(Optional<Scoreboard.Coverage> coverage) {
        long nowMs = clock.nowMs();
        Outlook outlook = predictor == null ? Outlook.NONE : predictor.outlook(book, nowMs);
        return new ScoreboardReader(
                        registry, scorer, minimumGroupSize, outlook, compared(counters.sinceMs(), nowMs), nowMs)
                .read(
                        name,
                        Instant.ofEpochMilli(counters.sinceMs()),
                        health(),
                        mentions.read(),
                        counters.intake(mentions.sinceStart()),
                        care == null ? Optional.empty() : Optional.of(care.totals(Instant.ofEpochMilli(nowMs))),
                        coverage);
    }

    @Override
    public Health health() {
        background.ensure();
        clock.nowMs();
        Map<DropReason, Long> drops = counters.dropped();
        Store.Status store = persistence.status();
        List<String> problems = healthWatch.problems(counters, store, clock, maximumCustomers, background.isLost());
        problems.addAll(publication.problems());
        boolean degraded = healthWatch.isLosing(drops, clock.nanoTime()) || !problems.isEmpty();
        return counters.health(book.size(), recorder.isPaused(), degraded, drops, problems, publication.lost(), store);
    }

    @Override
    public Catalog catalog() {
        return registry.catalog();
    }

    @Override
    public void pause() {
        background.ensure();
        recorder.pause();
    }

    @Override
    public void resume() {
        background.ensure();
        recorder.resume();
    }

    @Override
    public void reload(Catalog catalog) {
        background.ensure();
        registry.reload(catalog);
        guard.background(() -> book.loseUndeclared(registry::declaresJourney));
        publication.publish();
    }

    @Override
    public void close() {
        if (recorder.close()
                && !background.close(() -> guard.closing(persistence::close), CLOSING_TIME, clock::nanoTime)) {
            guard.warn(
                    "Instance {}: the last snapshot was not saved within five seconds; close() returns without it",
                    name);
        }
        publication.close();
    }

    /** Recounts the events of all customers in memory: for checks of the counters. */
    long recount() {
        return book.recount();
    }

    /** Recounts the open journeys of all customers in memory: for checks of the counters. */
    long recountJourneys() {
        return book.recountJourneys();
    }

    /** Returns the number of remembered customers with the verdict {@code MISSED} at a touchpoint: for leak checks. */
    int remembered(String touchpoint) {
        return registry.lastMissed(touchpoint, 0).size();
    }

    /** Returns the number of threads with a current interaction: for leak checks. */
    int scopes() {
        return current.size();
    }
}
