package dev.touchstone.telemetry;

import dev.touchstone.AssessmentListener;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Channel;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A histogram of event durations, recorded synchronously. Thread-safe. */
final class Durations implements AssessmentListener {

    /** In seconds, as in the semantic conventions for requests. */
    private static final List<Double> USUAL =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    private static final double MS_PER_SECOND = 1_000;
    private static final double TOLERATED = 4;
    private static final int MOST_PLACES = 1_000;
    private static final Place OTHER = new Place(Catalog.OTHER, Channel.UNKNOWN.name());

    private final Supplier<Catalog> catalog;
    private final Supplier<OpenTelemetry> openTelemetry;
    private final Map<Place, Attributes> places = new ConcurrentHashMap<>();
    private volatile @Nullable DoubleHistogram histogram;

    Durations(Supplier<Catalog> catalog, Supplier<OpenTelemetry> openTelemetry) {
        this.catalog = catalog;
        this.openTelemetry = openTelemetry;
    }

    @Override
    public void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {
        if (assessment.kind() == Assessment.Kind.EVENT && event.durationMs().isPresent()) {
            Place place = new Place(
                    touchpoint.name(), event.channel().orElse(Channel.UNKNOWN).name());
            histogram().record(event.durationMs().getAsDouble() / MS_PER_SECOND, attributes(place));
        }
    }

    private Attributes attributes(Place place) {
        Attributes known = places.get(place);
        if (known != null) {
            return known;
        }
        // limits made-up channels: all places beyond the thousandth are reported together
        return places.size() < MOST_PLACES
                ? places.computeIfAbsent(place, Place::attributes)
                : places.computeIfAbsent(OTHER, Place::attributes);
    }

    private DoubleHistogram histogram() {
        DoubleHistogram known = histogram;
        if (known == null) {
            known = openTelemetry
                    .get()
                    .getMeter(TouchstoneTelemetry.SCOPE)
                    .histogramBuilder("touchstone.duration")
                    .setUnit("s")
                    .setDescription("Duration of events.")
                    .setExplicitBucketBoundariesAdvice(boundaries())
                    .build();
            histogram = known;
        }
        return known;
    }

    /** Includes both bounds of the Apdex of each declared target, so that the Apdex can be computed exactly. */
    private List<Double> boundaries() {
        SortedSet<Double> boundaries = new TreeSet<>(USUAL);
        for (TouchpointDefinition touchpoint : catalog.get().touchpoints()) {
            touchpoint.target().ifPresent(target -> {
                double ms = target.toNanos() / 1e6;
                boundaries.add(ms / MS_PER_SECOND);
                boundaries.add(TOLERATED * ms / MS_PER_SECOND);
            });
        }
        return new ArrayList<>(boundaries);
    }

    /**
     * A touchpoint in a channel. It has only strings, which cannot keep an undeployed application in memory through the
     * JDK.
     */
    private record Place(String touchpoint, String channel) {

        Attributes attributes() {
            return Attributes.of(Facts.TOUCHPOINT, touchpoint, Facts.CHANNEL, channel);
        }
    }
}
