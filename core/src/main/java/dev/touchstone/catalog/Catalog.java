package dev.touchstone.catalog;

import dev.touchstone.scoring.ScoreModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The declared touchpoints, journeys, model and benchmarks: validated, complete and immutable.
 *
 * <p>A catalog is built from layers. Within one layer, all declarations of a touchpoint must agree. A weaker layer only
 * sets the attributes that stronger layers leave open.
 */
public final class Catalog {

    /** The touchpoint that counts the overflow. The name is reserved. */
    public static final String OTHER = "other";

    private final ScoreModel model;
    private final Map<String, TouchpointDefinition> touchpoints;
    private final Map<String, JourneyDefinition> journeys;
    private final List<Benchmark> benchmarks;
    private final List<String> effects;
    private final List<String> variants;
    private final Map<String, CatalogException.Problem> onlyEnds;

    Catalog(
            ScoreModel model,
            Map<String, TouchpointDefinition> touchpoints,
            Map<String, JourneyDefinition> journeys,
            List<Benchmark> benchmarks,
            List<String> effects,
            List<String> variants,
            Map<String, CatalogException.Problem> onlyEnds) {
        this.model = model;
        this.touchpoints = Collections.unmodifiableMap(new LinkedHashMap<>(touchpoints));
        this.journeys = Collections.unmodifiableMap(new LinkedHashMap<>(journeys));
        this.benchmarks = List.copyOf(benchmarks);
        this.effects = List.copyOf(effects);
        this.variants = List.copyOf(variants);
        this.onlyEnds = Collections.unmodifiableMap(new LinkedHashMap<>(onlyEnds));
    }

    /** Returns a catalog without declarations, under the standard model. */
    public static Catalog empty() {
        return builder().build();
    }

    /** Returns a builder of a catalog declared in code. */
    public static Builder builder() {
        return new Builder("");
    }

    /**
     * Returns a builder of a catalog from a source.
     *
     * @param source the prefix of places in problems, such as {@code touchstone.json#}
     */
    public static Builder builder(String source) {
        return new Builder(source);
    }

    /**
     * Returns a builder with the declarations of this catalog.
     *
     * @param source the prefix of places in problems
     */
    public Builder toBuilder(String source) {
        Builder builder = new Builder(source).model(model);
        touchpoints.values().stream()
                .filter(touchpoint -> !onlyEnds.containsKey(touchpoint.name())) // declared by their journeys
                .forEach(touchpoint -> builder.touchpoint(touchpoint.name(), touchpoint::describe));
        journeys.values().forEach(journey -> builder.journey(journey.name(), journey::describe));
        benchmarks.forEach(builder::benchmark);
        if (!effects.isEmpty()) {
            builder.effects(effects);
        }
        return variants.isEmpty() ? builder : builder.variants(variants);
    }

    /** Returns the model that scores everything. */
    public ScoreModel model() {
        return model;
    }

    /** Returns the declared touchpoints in order of declaration. */
    public List<TouchpointDefinition> touchpoints() {
        return List.copyOf(touchpoints.values());
    }

    /** Returns the declared touchpoint with that name. */
    public Optional<TouchpointDefinition> touchpoint(String name) {
        return Optional.ofNullable(touchpoints.get(name));
    }

    /** Returns the declared journeys in order of declaration. */
    public List<JourneyDefinition> journeys() {
        return List.copyOf(journeys.values());
    }

    /** Returns the declared journey with that name. */
    public Optional<JourneyDefinition> journey(String name) {
        return Optional.ofNullable(journeys.get(name));
    }

    /** Returns the benchmarks for comparison with the indices. */
    public List<Benchmark> benchmarks() {
        return benchmarks;
    }

    /**
     * Returns the extra properties of an event that a {@linkplain dev.touchstone.prediction prediction} may learn from:
     * {@code owner}, or names of attributes. At most four.
     */
    public List<String> effects() {
        return effects;
    }

    /**
     * Returns the names of the attributes whose values are {@linkplain dev.touchstone.Touchstone#compare compared},
     * such as {@code build} or {@code flag:checkout}. At most four.
     */
    public List<String> variants() {
        return variants;
    }

    /**
     * Returns declarations that are valid but probably mistakes, in the order of the catalog: ends of journeys at
     * touchpoints that are not declared elsewhere.
     */
    public List<CatalogException.Problem> warnings() {
        return List.copyOf(onlyEnds.values());
    }

    /** Builds a catalog. Accepts every declaration; {@link #build()} checks them. Not thread-safe. */
    public static final class Builder {

        final Layer layer;
        final List<Layer> weaker = new ArrayList<>();
        private final List<CatalogException.Problem> problems = new ArrayList<>();

        private Builder(String source) {
            this.layer = new Layer(source);
        }

        /** Declares a touchpoint without attributes. */
        public Builder touchpoint(String name) {
            return touchpoint(name, draft -> {});
        }

        /** Declares a touchpoint. */
        public Builder touchpoint(String name, Consumer<TouchpointDefinition.Draft> declaration) {
            return touchpointAt(layer.source + "/touchpoints/" + layer.touchpoints.size(), name, declaration);
        }

        /**
         * Declares a touchpoint.
         *
         * @param place the place of the declaration, for problems
         */
        public Builder touchpointAt(String place, String name, Consumer<TouchpointDefinition.Draft> declaration) {
            TouchpointDefinition.Draft draft = new TouchpointDefinition.Draft(name);
            declaration.accept(draft);
            layer.touchpoints.add(new Declared<>(place, draft));
            return this;
        }

        /** Declares a journey without attributes. */
        public Builder journey(String name) {
            return journey(name, draft -> {});
        }

        /** Declares a journey. */
        public Builder journey(String name, Consumer<JourneyDefinition.Draft> declaration) {
            return journeyAt(layer.source + "/journeys/" + layer.journeys.size(), name, declaration);
        }

        /**
         * Declares a journey.
         *
         * @param place the place of the declaration, for problems
         */
        public Builder journeyAt(String place, String name, Consumer<JourneyDefinition.Draft> declaration) {
            JourneyDefinition.Draft draft = new JourneyDefinition.Draft(name);
            declaration.accept(draft);
            layer.journeys.add(new Declared<>(place, draft));
            return this;
        }

        /** Sets the model that scores everything. */
        public Builder model(ScoreModel model) {
            layer.model = model;
            return this;
        }

        /** Adds a benchmark. */
        public Builder benchmark(Benchmark benchmark) {
            return benchmarkAt(layer.source + "/benchmarks/" + layer.benchmarks.size(), benchmark);
        }

        /**
         * Adds a benchmark.
         *
         * @param place the place of the declaration, for problems
         */
        public Builder benchmarkAt(String place, Benchmark benchmark) {
            layer.benchmarks.add(new Declared<>(place, benchmark));
            return this;
        }

        /**
         * Sets the properties of an event that a prediction may learn from, see {@link Catalog#effects()}. Their values
         * must not identify customers.
         *
         * @param names {@code owner}, or names of attributes; at most four
         */
        public Builder effects(List<String> names) {
            layer.effects = List.copyOf(names);
            return this;
        }

        /**
         * Sets the attributes of events whose values are compared, see {@link Catalog#variants()}. Their values must
         * not identify customers.
         *
         * @param attributes names of attributes; at most four
         */
        public Builder variants(List<String> attributes) {
            layer.variants = List.copyOf(attributes);
            return this;
        }

        /** Adds a problem of the source, to be reported with the others. */
        public Builder problem(CatalogException.Problem problem) {
            problems.add(problem);
            return this;
        }

        /**
         * Marks the source as incomplete, because a part of it could not be read. That part may declare journeys, so a
         * touchpoint that names an unknown journey is not an additional problem.
         */
        public Builder incomplete() {
            layer.incomplete = true;
            return this;
        }

        /** Adds the declarations of another builder as a weaker layer than all declarations so far. */
        public Builder over(Builder weakerOne) {
            weaker.add(weakerOne.layer);
            weaker.addAll(weakerOne.weaker);
            problems.addAll(weakerOne.problems);
            return this;
        }

        /**
         * Returns the catalog.
         *
         * @throws CatalogException with all problems
         */
        public Catalog build() {
            List<Layer> layers = new ArrayList<>();
            layers.add(layer);
            layers.addAll(weaker);
            return new CatalogCheck(layers, problems).catalog();
        }
    }

    /** The declarations of one source, which have equal precedence. */
    static final class Layer {

        final String source;
        final List<Declared<TouchpointDefinition.Draft>> touchpoints = new ArrayList<>();
        final List<Declared<JourneyDefinition.Draft>> journeys = new ArrayList<>();
        final List<Declared<Benchmark>> benchmarks = new ArrayList<>();
        boolean incomplete;

        @Nullable
        ScoreModel model;

        @Nullable
        List<String> effects;

        @Nullable
        List<String> variants;

        Layer(String source) {
            this.source = source;
        }
    }

    /** A declaration and its place. */
    record Declared<T>(String place, T value) {}

    /**
     * A published figure of another business for comparison.
     *
     * @param metric the index, such as {@code nps}
     * @param peer the other business
     * @param value the figure, in the unit of the index
     * @param n the number of answers behind it, if known
     */
    public record Benchmark(String metric, String peer, double value, OptionalLong n) {}
}
