package dev.touchstone.spring;

import dev.touchstone.AssessmentListener;
import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.Status;
import dev.touchstone.Scoreboard.Totals;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.Touchstone;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Channel;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Score;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of each touchpoint in each channel, under the names and with the sums that OpenTelemetry has: registered
 * when the first event is recorded there, read from a scoreboard that is at most a fifth of a second old. There are never
 * more than there are cells, since a meter is made only of what stands on the scoreboard. Thread-safe.
 */
final class TouchstoneMeters implements MeterBinder, AssessmentListener {

    private static final long MAX_AGE = Duration.ofMillis(200).toNanos();
    private static final String DEFAULT_INSTANCE = "touchstone";
    /** Beyond what is on the scoreboard, somebody may make up channels: each is looked for once, and these at most. */
    private static final int LOOKED_FOR_PER_CELL = 4;

    private final Supplier<Touchstone> instance;
    private final LongSupplier nanoTime;
    private final BooleanSupplier elsewhere;
    private final int mostLookedFor;
    private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();
    private final Set<Place> lookedFor = ConcurrentHashMap.newKeySet();
    private final Set<Place> registered = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Picture picture;

    /**
     * Makes one.
     *
     * @param instance finds the instance, which is not there yet when this is made
     * @param maximumCells how many touchpoints times channels the instance keeps apart
     * @param nanoTime tells nanoseconds, of which only differences are used
     * @param elsewhere whether somebody else tells the same already
     */
    TouchstoneMeters(
            Supplier<Touchstone> instance, int maximumCells, LongSupplier nanoTime, BooleanSupplier elsewhere) {
        this.instance = instance;
        this.nanoTime = nanoTime;
        this.elsewhere = elsewhere;
        this.mostLookedFor = LOOKED_FOR_PER_CELL * maximumCells;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        if (elsewhere.getAsBoolean()) {
            return;
        }
        registries.add(registry);
        registered.forEach(place -> register(place, registry));
    }

    @Override
    public void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {
        if (registries.isEmpty()) {
            return;
        }
        Place place = new Place(touchpoint.name(), event.channel().orElse(Channel.UNKNOWN));
        if (!lookedFor.contains(place) && lookedFor.size() < mostLookedFor && lookedFor.add(place)) {
            refresh().places().keySet().stream().filter(registered::add).forEach(this::registerEverywhere);
        }
    }

    private void registerEverywhere(Place place) {
        registries.forEach(registry -> register(place, registry));
    }

    private void register(Place place, MeterRegistry registry) {
        Touchstone touchstone = instance.get();
        Tags tags = Tags.of(
                "touchstone.touchpoint",
                place.touchpoint(),
                "touchstone.channel",
                place.channel().name());
        if (!touchstone.name().equals(DEFAULT_INSTANCE)) {
            tags = tags.and("touchstone.instance", touchstone.name());
        }
        for (String window : List.of("now", "baseline")) {
            Tags windowed = tags.and("touchstone.window", window);
            boolean now = window.equals("now");
            gauge(
                    "touchstone.experience.score",
                    place,
                    windowed,
                    registry,
                    scores -> scores(scores, now).experience(),
                    "How the experience at the touchpoint is going, from 0 to 100.");
            gauge(
                    "touchstone.effort.score",
                    place,
                    windowed,
                    registry,
                    scores -> scores(scores, now).effort(),
                    "How much effort the touchpoint costs, from 0 (none) to 100.");
        }
        counter("touchstone.events", place, tags, registry, Totals::events, "Events that were assessed.");
        counter("touchstone.weight", place, tags, registry, Totals::weight, "Weights of the events.");
        counter(
                "touchstone.quality",
                place,
                tags,
                registry,
                Totals::quality,
                "Weights of the events times their qualities from 0 to 1.");
        counter(
                "touchstone.effort.units",
                place,
                tags,
                registry,
                Totals::effortUnits,
                "Units of effort that the events cost.");
        counter("touchstone.tasks", place, tags, registry, Totals::tasks, "Tasks that the events were.");
    }

    private static Scoreboard.Scores scores(TouchpointScope scope, boolean now) {
        return now ? scope.scores().now() : scope.scores().baseline();
    }

    private void gauge(
            String name,
            Place place,
            Tags tags,
            MeterRegistry registry,
            Function<TouchpointScope, Score> score,
            String description) {
        Gauge.builder(name, this, meters -> meters.read(place, scope -> value(score.apply(scope))))
                .tags(tags)
                .description(description)
                .register(registry);
    }

    private static double value(Score score) {
        return score.isPresent() ? score.value() : Double.NaN;
    }

    private void counter(
            String name,
            Place place,
            Tags tags,
            MeterRegistry registry,
            ToDoubleFunction<Totals> sum,
            String description) {
        FunctionCounter.builder(name, this, meters -> meters.read(place, scope -> sum.applyAsDouble(scope.totals())))
                .tags(tags)
                .description(description)
                .register(registry);
    }

    private double read(Place place, ToDoubleFunction<TouchpointScope> value) {
        Picture current = picture;
        if (current == null || nanoTime.getAsLong() - current.takenAt() > MAX_AGE) {
            current = refresh();
        }
        TouchpointScope scope = current.places().get(place);
        return scope == null ? Double.NaN : value.applyAsDouble(scope);
    }

    private Picture refresh() {
        Map<Place, TouchpointScope> places = new HashMap<>();
        for (TouchpointScope scope : instance.get().scoreboard().touchpoints()) {
            if (scope.status() != Status.NEVER_SEEN) {
                places.put(new Place(scope.definition().name(), scope.channel()), scope);
            }
        }
        Picture taken = new Picture(places, nanoTime.getAsLong());
        picture = taken;
        return taken;
    }

    /** A touchpoint in a channel. */
    private record Place(String touchpoint, Channel channel) {}

    /** What stood on the scoreboard at some time. */
    private record Picture(Map<Place, TouchpointScope> places, long takenAt) {}
}
