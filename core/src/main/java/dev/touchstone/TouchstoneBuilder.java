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
 * Configures and builds an instance. Each method rejects invalid arguments at once. Not thread-safe; may be reused
 * after {@link #build()}.
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
     * Sets the name that distinguishes this instance from others in telemetry; {@code touchstone} by default.
     *
     * @throws IllegalArgumentException if it is not 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}
     */
    public TouchstoneBuilder name(String instance) {
        if (!NAME.matcher(instance).matches()) {
            throw new IllegalArgumentException("\"" + instance
                    + "\" is not the name of an instance: it must be 1 to 64 letters, digits, '.', '_' or '-'");
        }
        this.name = instance;
        return this;
    }

    /** Sets the catalog; empty by default. */
    public TouchstoneBuilder catalog(Catalog declared) {
        this.catalog = declared;
        return this;
    }

    /** Returns the catalog set so far. */
    public Catalog catalog() {
        return catalog;
    }

    /**
     * Sets a catalog declared in code.
     *
     * @throws CatalogException if the declaration is invalid; lists all problems
     */
    public TouchstoneBuilder catalog(Consumer<Catalog.Builder> declaration) {
        Catalog.Builder builder = Catalog.builder();
        declaration.accept(builder);
        return catalog(builder.build());
    }

    /**
     * Sets the clock, for tests and replays; the system clock by default. It also measures the durations of
     * interactions. With a custom clock no thread is started: journeys are swept whenever the
     * {@linkplain Touchstone#scoreboard() scoreboard} is read.
     */
    public TouchstoneBuilder clock(InstantSource source) {
        return clock(source, () -> {
            Instant now = source.instant();
            return now.getEpochSecond() * 1_000_000_000L + now.getNano();
        });
    }

    /**
     * Sets the clock, and separately the source for durations of interactions.
     *
     * @param source returns the time. If it goes back by more than five minutes and stays there for ten, measured by
     *  {@code nanoTime}, the engine's time follows; any other step back is ignored
     * @param nanoTime returns nanoseconds; only differences are used
     */
    public TouchstoneBuilder clock(InstantSource source, LongSupplier nanoTime) {
        this.clock = () -> EngineClock.of(source, nanoTime);
        return this;
    }

    /**
     * Makes recording errors throw instead of only being counted. For tests. Everything thrown is counted first. A
     * dropped event throws a {@link RecordingException}. An exception of a listener is thrown as the same object, and
     * the event stays accepted.
     */
    public TouchstoneBuilder strict() {
        this.strict = true;
        return this;
    }

    /** Also stores each customer's evidence without decay, for about 130 bytes more a customer. */
    public TouchstoneBuilder lifetime() {
        this.lifetime = true;
        return this;
    }

    /**
     * Predicts each customer's answer, learning from the answers that arrive, for 64 bytes more a customer with an
     * event in the last 30 days. See {@link CustomerExperience#predicted()} and {@link Catalog#effects()}.
     */
    public TouchstoneBuilder prediction() {
        this.prediction = true;
        return this;
    }

    /**
     * Raises signals about customers, touchpoints and journeys, and manages recovery cases, with the default settings.
     * See {@link Touchstone#care()} and {@link #signalListener}.
     */
    public TouchstoneBuilder care() {
        return care(CareSettings.usual());
    }

    /** Raises signals about customers, touchpoints and journeys, and manages recovery cases. */
    public TouchstoneBuilder care(CareSettings settings) {
        this.care = settings;
        return this;
    }

    /**
     * Adds a listener for signals, which are raised only with {@link #care()}. A listener that is {@link AutoCloseable}
     * is closed with the instance.
     */
    public TouchstoneBuilder signalListener(SignalListener listener) {
        this.signalListeners.add(listener);
        return this;
    }

    /**
     * Sets the maximum number of customers in memory; 100,000 by default. Beyond it customers are evicted in this
     * order: inactive guests, inactive known customers, active customers; in each group, the least recently active
     * first. If guests with one event are more than half of the maximum, they are evicted before known customers even
     * while active. The contribution of evicted customers to touchpoint scores stays.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public TouchstoneBuilder maximumCustomers(long customers) {
        if (customers < 1) {
            throw new IllegalArgumentException(
                    customers + " is not a maximum number of customers: it must be at least 1");
        }
        this.maximumCustomers = customers;
        return this;
    }

    /**
     * Sets the maximum number of cells, each a touchpoint in a channel; 1,000 by default. Overflow is counted under the
     * touchpoint {@code other}.
     *
     * @throws IllegalArgumentException if it is not 1 to 100,000
     */
    public TouchstoneBuilder maximumSeries(int cells) {
        if (cells < 1 || cells > MAX_CELLS) {
            throw new IllegalArgumentException(
                    cells + " is not a maximum number of series: it must be 1 to " + MAX_CELLS);
        }
        this.maximumSeries = cells;
        return this;
    }

    /**
     * Sets how long after the last event a customer expires; 180 days by default.
     *
     * @throws IllegalArgumentException if it is not positive or more than 400 days
     */
    public TouchstoneBuilder retention(Duration afterLastEvent) {
        if (afterLastEvent.isNegative() || afterLastEvent.isZero() || afterLastEvent.compareTo(MAX_RETENTION) > 0) {
            throw new IllegalArgumentException(
                    afterLastEvent + " is not a retention: it must be more than 0 and at most 400 days");
        }
        this.retention = afterLastEvent;
        return this;
    }

    /**
     * Sets how long after the last event a customer is active; 30 minutes by default. A customer with an open journey
     * is active too. Active customers are evicted only if all customers are active.
     *
     * @throws IllegalArgumentException if it is negative or more than 400 days
     */
    public TouchstoneBuilder activeFor(Duration afterLastEvent) {
        if (afterLastEvent.isNegative() || afterLastEvent.compareTo(MAX_RETENTION) > 0) {
            throw new IllegalArgumentException(afterLastEvent + " is not a time of activity: it must be 0 to 400 days");
        }
        this.activeFor = afterLastEvent;
        return this;
    }

    /**
     * Sets the share of customers whose events are counted; all by default. Either all events of a customer are counted
     * or none, and the same key always selects the same customers. Anonymous events are always counted.
     *
     * @throws IllegalArgumentException if it is not more than 0 and at most 1
     */
    public TouchstoneBuilder samplingRate(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(share + " is not a sampling rate: it must be more than 0 and at most 1");
        }
        this.samplingRate = share;
        return this;
    }

    /**
     * Sets the number of customers below which an aggregate is a {@linkplain Scoreboard.Scope#small() small group}; 10
     * by default.
     *
     * @throws IllegalArgumentException if it is not 5 to 10
     */
    public TouchstoneBuilder minimumGroupSize(int customers) {
        if (customers < LEAST_FLOOR || customers > SmallGroup.ENOUGH) {
            throw new IllegalArgumentException(customers + " is not a minimum group size: it must be " + LEAST_FLOOR
                    + " to " + SmallGroup.ENOUGH + "; showSmallGroups() shows groups of every size");
        }
        this.minimumGroupSize = customers;
        return this;
    }

    /** Shows all groups, regardless of their size: no group counts as small. */
    public TouchstoneBuilder showSmallGroups() {
        this.minimumGroupSize = 0;
        return this;
    }

    /** Sets the secret key of customers' pseudonyms; random for this process by default. */
    public TouchstoneBuilder pseudonymKey(PseudonymKey key) {
        this.pseudonymKey = key;
        return this;
    }

    /**
     * Adds a key that was used before the current one. Nothing new is recorded under it. Data stored under it is
     * restored, erased and exported, and expires as usual.
     */
    public TouchstoneBuilder formerPseudonymKey(PseudonymKey key) {
        this.formerKeys.add(key);
        return this;
    }

    /** Sets the store that saves state beyond this process; none by default. Requires a pseudonym key. */
    public TouchstoneBuilder store(Store keeper) {
        this.store = keeper;
        return this;
    }

    /** Adds a resolver for the consent to each event. The strictest answer applies. */
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
     * Adds a listener for every change of a customer, including assessments and erasures. A listener that is
     * {@link AutoCloseable} is closed with the instance.
     */
    public TouchstoneBuilder customerListener(CustomerListener listener) {
        this.listeners.add(listener);
        return this;
    }

    /** Adds an enricher for events without a customer. Once an enricher sets a customer, later ones are not called. */
    public TouchstoneBuilder enricher(EventEnricher enricher) {
        this.enrichers.add(enricher);
        return this;
    }

    /**
     * Sets the version of the application. If the catalog compares the attribute {@code build}, current events without
     * that attribute get this version.
     *
     * @param build such as {@code 2.3.1}; only the first 128 characters are used
     */
    public TouchstoneBuilder version(String build) {
        this.version = build;
        return this;
    }

    /** Adds a listener for changes of health. */
    public TouchstoneBuilder healthListener(HealthListener listener) {
        this.healthListeners.add(listener);
        return this;
    }

    /**
     * Builds the instance.
     *
     * @throws CatalogException if the catalog declares more touchpoints than there are cells
     * @throws StoreException if there is a store but no pseudonym key, if its state cannot be restored, or if its
     *  interval is shorter than a second
     */
    public Touchstone build() {
        if (pseudonymKey == null && store != null) {
            throw new StoreException("store: there is no pseudonym key; a store needs one that is the same after a"
                    + " restart. " + PseudonymKey.HOW_TO_MAKE_ONE
                    + "; then call pseudonymKey(PseudonymKey.fromFile(...)) or"
                    + " pseudonymKey(PseudonymKey.fromEnvironment())");
        }
        return new Engine(this).open();
    }
}
