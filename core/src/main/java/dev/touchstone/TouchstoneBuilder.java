package dev.touchstone;

import dev.touchstone.care.CareSettings;
import dev.touchstone.care.SignalListener;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.customers.CustomerListener;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.state.Store;
import dev.touchstone.state.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Configures an instance. Each method throws at once what is wrong with what it was given. Not thread-safe; may go on to
 * be used after {@link #build()}.
 */
public final class TouchstoneBuilder {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Duration MAX_RETENTION = Duration.ofDays(400);
    private static final int LEAST_FLOOR = 5;
    private static final int MAX_CELLS = 100_000;

    String name = "touchstone";
    Catalog catalog = Catalog.empty();

    Supplier<EngineClock> clock = EngineClock::system;
    Function<String, ThreadFactory> threads = Background::threadsOf;

    boolean strict;
    boolean lifetime;
    boolean prediction;
    long maximumCustomers = 100_000;
    int maximumSeries = 1_000;
    double samplingRate = 1;
    int minimumGroupSize = SmallGroup.ENOUGH;
    Duration retention = Duration.ofDays(180);
    Duration activeFor = Duration.ofMinutes(30);

    @Nullable
    PseudonymKey pseudonymKey;

    final List<PseudonymKey> formerKeys = new ArrayList<>();

    @Nullable
    Store store;

    final List<ConsentResolver<? super TouchpointEvent>> consent = new ArrayList<>();

    @Nullable
    CareSettings care;

    final List<SignalListener> signalListeners = new ArrayList<>();
    final List<CustomerListener> listeners = new ArrayList<>();
    final List<HealthListener> healthListeners = new ArrayList<>();
    final List<EventEnricher> enrichers = new ArrayList<>();
    String version = "";

    TouchstoneBuilder() {}

    /**
     * Sets the name that tells this instance from others in telemetry; {@code touchstone} if not set.
     *
     * @throws IllegalArgumentException if it is not 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}
     */
    public TouchstoneBuilder name(String instance) {
        if (!NAME.matcher(instance).matches()) {
            throw new IllegalArgumentException(
                    "the name of an instance has 1 to 64 letters, digits, '.', '_' or '-'; this is \"" + instance
                            + "\"");
        }
        this.name = instance;
        return this;
    }

    /** Sets what is declared; nothing if not set. */
    public TouchstoneBuilder catalog(Catalog declared) {
        this.catalog = declared;
        return this;
    }

    /** Returns what is declared so far. */
    public Catalog catalog() {
        return catalog;
    }

    /**
     * Declares in code.
     *
     * @throws CatalogException with all that is wrong
     */
    public TouchstoneBuilder catalog(Consumer<Catalog.Builder> declaration) {
        Catalog.Builder builder = Catalog.builder();
        declaration.accept(builder);
        return catalog(builder.build());
    }

    /**
     * Sets the clock, for tests and replays; the system's if not set. Durations of interactions are taken from it too.
     * With a clock of one's own no thread is started: journeys are swept whenever the {@linkplain
     * Touchstone#scoreboard() scoreboard} is read.
     */
    public TouchstoneBuilder clock(InstantSource source) {
        return clock(source, () -> {
            Instant now = source.instant();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        });
    }

    /**
     * Sets the clock, and apart from it what durations of interactions are taken from.
     *
     * @param source returns the time. If it goes back by more than five minutes and stays there for ten, as {@code nanoTime}
     *     has it, the engine's time follows; any other way back is ignored
     * @param nanoTime tells nanoseconds, of which only differences are used
     */
    public TouchstoneBuilder clock(InstantSource source, LongSupplier nanoTime) {
        this.clock = () -> EngineClock.of(source, nanoTime);
        return this;
    }

    /**
     * Makes recording errors throw instead of only being counted. For tests. What is thrown is counted before: a dropped event
     * is a {@link RecordingException}; what a listener throws is the same object, and the event stays accepted.
     */
    public TouchstoneBuilder strict() {
        this.strict = true;
        return this;
    }

    /** Keeps each customer's evidence also without decay, for about 130 bytes more a customer. */
    public TouchstoneBuilder lifetime() {
        this.lifetime = true;
        return this;
    }

    /**
     * Predicts what each customer would answer, learning from the answers that come, for 64 bytes more for a customer
     * with an event in the last 30 days. See {@link CustomerExperience#predicted()} and {@link Catalog#effects()}.
     */
    public TouchstoneBuilder prediction() {
        this.prediction = true;
        return this;
    }

    /**
     * Raises signals about customers, touchpoints and journeys, and keeps recovery cases, with the usual settings. See {@link
     * Touchstone#care()} and {@link #signalListener}.
     */
    public TouchstoneBuilder care() {
        return care(CareSettings.usual());
    }

    /** Raises signals about customers, touchpoints and journeys, and keeps recovery cases. */
    public TouchstoneBuilder care(CareSettings settings) {
        this.care = settings;
        return this;
    }

    /**
     * Adds a listener for signals, of which there are none without {@link #care()}. One that is {@link AutoCloseable} is closed
     * with the instance.
     */
    public TouchstoneBuilder signalListener(SignalListener listener) {
        this.signalListeners.add(listener);
        return this;
    }

    /**
     * Sets the maximum number of customers in memory; 100,000 if not set. Beyond it customers are evicted in this order:
     * guests who are not active, known customers who are not active, active customers; each time the least recently seen
     * first. Guests with one event go before known customers also while they are active, if they are more than half of the
     * maximum. The contribution of evicted customers to touchpoint scores stays.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public TouchstoneBuilder maximumCustomers(long customers) {
        if (customers < 1) {
            throw new IllegalArgumentException("at least one customer must be held, not " + customers);
        }
        this.maximumCustomers = customers;
        return this;
    }

    /**
     * Sets how many touchpoints times channels are kept apart at most; 1,000 if not set. The rest goes to the touchpoint
     * {@code other}.
     *
     * @throws IllegalArgumentException if it is not 1 to 100,000
     */
    public TouchstoneBuilder maximumSeries(int cells) {
        if (cells < 1 || cells > MAX_CELLS) {
            throw new IllegalArgumentException("the number of cells is 1 to " + MAX_CELLS + ", not " + cells);
        }
        this.maximumSeries = cells;
        return this;
    }

    /**
     * Sets how long after the last event a customer is forgotten; 180 days if not set.
     *
     * @throws IllegalArgumentException if it is not positive or more than 400 days
     */
    public TouchstoneBuilder retention(Duration afterLastEvent) {
        if (afterLastEvent.isNegative() || afterLastEvent.isZero() || afterLastEvent.compareTo(MAX_RETENTION) > 0) {
            throw new IllegalArgumentException(
                    "customers are kept for more than nothing and at most 400 days, not " + afterLastEvent);
        }
        this.retention = afterLastEvent;
        return this;
    }

    /**
     * Sets how long after the last event a customer is active; 30 minutes if not set. A customer with an open journey is
     * active too. Active customers are evicted only if all customers are active.
     *
     * @throws IllegalArgumentException if it is negative or more than 400 days
     */
    public TouchstoneBuilder activeFor(Duration afterLastEvent) {
        if (afterLastEvent.isNegative() || afterLastEvent.compareTo(MAX_RETENTION) > 0) {
            throw new IllegalArgumentException("activeFor: " + afterLastEvent + "; it is 0 to 400 days");
        }
        this.activeFor = afterLastEvent;
        return this;
    }

    /**
     * Sets for which share of the customers events are counted; all if not set. A customer is in the sample with all that
     * happens to them or with nothing, under the same key always the same ones. Events without a customer are counted.
     *
     * @throws IllegalArgumentException if it is not more than 0 and at most 1
     */
    public TouchstoneBuilder samplingRate(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the sampled share is more than 0 and at most 1, not " + share);
        }
        this.samplingRate = share;
        return this;
    }

    /**
     * Sets below how many customers an aggregate counts as a {@linkplain Scoreboard.Scope#small() small group}; 10 if not
     * set.
     *
     * @throws IllegalArgumentException if it is not 5 to 10
     */
    public TouchstoneBuilder minimumGroupSize(int customers) {
        if (customers < LEAST_FLOOR || customers > SmallGroup.ENOUGH) {
            throw new IllegalArgumentException("the floor for small groups is " + LEAST_FLOOR + " to "
                    + SmallGroup.ENOUGH + " customers, not " + customers
                    + "; showSmallGroups() lets every group be seen");
        }
        this.minimumGroupSize = customers;
        return this;
    }

    /** Lets every group be seen, however small: nothing counts as a small group. */
    public TouchstoneBuilder showSmallGroups() {
        this.minimumGroupSize = 0;
        return this;
    }

    /** Sets the secret under which customers become pseudonyms; random for this process if not set. */
    public TouchstoneBuilder pseudonymKey(PseudonymKey key) {
        this.pseudonymKey = key;
        return this;
    }

    /**
     * Adds a secret that was in use before the present one. Nothing is recorded under it any more; what was kept under it
     * is restored, erased and exported, and expires in its time.
     */
    public TouchstoneBuilder formerPseudonymKey(PseudonymKey key) {
        this.formerKeys.add(key);
        return this;
    }

    /** Sets who keeps what is known beyond this process; nobody if not set. It needs a pseudonym key. */
    public TouchstoneBuilder store(Store keeper) {
        this.store = keeper;
        return this;
    }

    /** Adds somebody who is asked of every event what its customer agreed to. The strictest answer holds. */
    public TouchstoneBuilder consent(ConsentResolver<? super TouchpointEvent> resolver) {
        this.consent.add(resolver);
        return this;
    }

    /** Adds a listener for assessments. */
    public TouchstoneBuilder listener(AssessmentListener listener) {
        this.listeners.add(new AssessmentsOnly(listener));
        return this;
    }

    /**
     * Adds a listener for every change of a customer, assessments and erasures among them. One that is {@link AutoCloseable} is
     * closed with the instance.
     */
    public TouchstoneBuilder customerListener(CustomerListener listener) {
        this.listeners.add(listener);
        return this;
    }

    /** Adds somebody who completes events that name no customer. The first one that finds a customer is the last one asked. */
    public TouchstoneBuilder enricher(EventEnricher enricher) {
        this.enrichers.add(enricher);
        return this;
    }

    /**
     * Sets the version of the application. Where the catalog compares the attribute {@code build}, events of now that have
     * none get it.
     *
     * @param build such as {@code 2.3.1}; of more than 128 characters, the first ones are used
     */
    public TouchstoneBuilder version(String build) {
        this.version = build;
        return this;
    }

    /** Adds somebody who is told of every change of health. */
    public TouchstoneBuilder healthListener(HealthListener listener) {
        this.healthListeners.add(listener);
        return this;
    }

    /**
     * Returns the instance.
     *
     * @throws CatalogException if the catalog declares more touchpoints than there are cells
     * @throws StoreException if there is a store and what it keeps cannot be restored, or there is no pseudonym key, or
     *     its interval is shorter than a second
     */
    public Touchstone build() {
        if (pseudonymKey == null && store != null) {
            throw new StoreException("a store needs a pseudonym key that is the same after a restart, and there is"
                    + " none: " + PseudonymKey.HOW_TO_MAKE_ONE
                    + "; hand it over with pseudonymKey(PseudonymKey.fromFile(...)) or"
                    + " PseudonymKey.fromEnvironment()");
        }
        return new Engine(this).open();
    }
}
