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
 * The declared touchpoints, journeys, model and benchmarks: checked, complete and immutable.
 *
 * <p>It is built from layers. Within one layer everything that names the same touchpoint has to agree; a weaker layer
 * only fills in, attribute by attribute, what the stronger ones left open.
 */
public final class Catalog {

    /** The touchpoint to which the events go that find no room; nobody else may have the name. */
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

    /** Returns a catalog that declares nothing, under the standard model. */
    public static Catalog empty() {
        return builder().build();
    }

    /** Starts a catalog in code. */
    public static Builder builder() {
        return new Builder("");
    }

    /**
     * Starts a catalog that comes from somewhere.
     *
     * @param source what the places of its problems begin with, such as {@code touchstone.json#}
     */
    public static Builder builder(String source) {
        return new Builder(source);
    }

    /**
     * Starts a catalog with all that is declared here.
     *
     * @param source what the places of its problems begin with
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

    /** Returns the model under which everything is scored. */
    public ScoreModel model() {
        return model;
    }

    /** Returns the declared touchpoints in the order of their declaration. */
    public List<TouchpointDefinition> touchpoints() {
        return List.copyOf(touchpoints.values());
    }

    /** Returns the declared touchpoint of that name. */
    public Optional<TouchpointDefinition> touchpoint(String name) {
        return Optional.ofNullable(touchpoints.get(name));
    }

    /** Returns the declared journeys in the order of their declaration. */
    public List<JourneyDefinition> journeys() {
        return List.copyOf(journeys.values());
    }

    /** Returns the declared journey of that name. */
    public Optional<JourneyDefinition> journey(String name) {
        return Optional.ofNullable(journeys.get(name));
    }

    /** Returns the figures of others with which one's own are compared. */
    public List<Benchmark> benchmarks() {
        return benchmarks;
    }

    /**
     * Returns which properties of an event, beside what scores are made of, a {@linkplain dev.touchstone.prediction
     * prediction} may learn from: {@code owner}, or names of attributes. At most four.
     */
    public List<String> effects() {
        return effects;
    }

    /**
     * Returns the names of the attributes whose values are {@linkplain dev.touchstone.Touchstone#compare compared}, such as
     * {@code build} or {@code flag:checkout}. At most four.
     */
    public List<String> variants() {
        return variants;
    }

    /**
     * Returns what is valid but probably a mistake, in the order of the catalog: ends of journeys that name a touchpoint
     * that nothing else declares.
     */
    public List<CatalogException.Problem> warnings() {
        return List.copyOf(onlyEnds.values());
    }

    /** Collects declarations; everything is accepted here and checked by {@link #build()}. Not thread-safe. */
    public static final class Builder {

        final Layer layer;
        final List<Layer> weaker = new ArrayList<>();
        private final List<CatalogException.Problem> problems = new ArrayList<>();

        private Builder(String source) {
            this.layer = new Layer(source);
        }

        /** Declares a touchpoint of that name and nothing more. */
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
         * @param place where it is declared, for problems
         */
        public Builder touchpointAt(String place, String name, Consumer<TouchpointDefinition.Draft> declaration) {
            TouchpointDefinition.Draft draft = new TouchpointDefinition.Draft(name);
            declaration.accept(draft);
            layer.touchpoints.add(new Declared<>(place, draft));
            return this;
        }

        /** Declares a journey of that name and nothing more. */
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
         * @param place where it is declared, for problems
         */
        public Builder journeyAt(String place, String name, Consumer<JourneyDefinition.Draft> declaration) {
            JourneyDefinition.Draft draft = new JourneyDefinition.Draft(name);
            declaration.accept(draft);
            layer.journeys.add(new Declared<>(place, draft));
            return this;
        }

        /** Sets the model under which everything is scored. */
        public Builder model(ScoreModel model) {
            layer.model = model;
            return this;
        }

        /** Adds a figure of somebody else with which one's own is compared. */
        public Builder benchmark(Benchmark benchmark) {
            return benchmarkAt(layer.source + "/benchmarks/" + layer.benchmarks.size(), benchmark);
        }

        /**
         * Adds a figure of somebody else with which one's own is compared.
         *
         * @param place where it is declared, for problems
         */
        public Builder benchmarkAt(String place, Benchmark benchmark) {
            layer.benchmarks.add(new Declared<>(place, benchmark));
            return this;
        }

        /**
         * Sets which properties of an event a prediction may learn from, see {@link Catalog#effects()}. Their values must not
         * tell one customer from another.
         *
         * @param names {@code owner}, or names of attributes; at most four
         */
        public Builder effects(List<String> names) {
            layer.effects = List.copyOf(names);
            return this;
        }

        /**
         * Sets which attributes of events are compared by their values, see {@link Catalog#variants()}. Their values must not tell
         * one customer from another.
         *
         * @param attributes names of attributes; at most four
         */
        public Builder variants(List<String> attributes) {
            layer.variants = List.copyOf(attributes);
            return this;
        }

        /** Adds something that is wrong with what this is built from, to be told with all the rest. */
        public Builder problem(CatalogException.Problem problem) {
            problems.add(problem);
            return this;
        }

        /**
         * Marks the source as incomplete, because a part of it could not be read. A journey may be declared there, so a
         * touchpoint that names an unknown one is no further problem.
         */
        public Builder incomplete() {
            layer.incomplete = true;
            return this;
        }

        /** Adds what another one declares below all that is declared here so far. */
        public Builder over(Builder weakerOne) {
            weaker.add(weakerOne.layer);
            weaker.addAll(weakerOne.weaker);
            problems.addAll(weakerOne.problems);
            return this;
        }

        /**
         * Returns the catalog.
         *
         * @throws CatalogException with all that is wrong
         */
        public Catalog build() {
            List<Layer> layers = new ArrayList<>();
            layers.add(layer);
            layers.addAll(weaker);
            return new CatalogCheck(layers, problems).catalog();
        }
    }

    /** Declarations of one source, none of which is stronger than another. */
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

    /** Something that is declared, and where. */
    record Declared<T>(String place, T value) {}

    /**
     * A figure of somebody else with which one's own is compared.
     *
     * @param metric the index, such as {@code nps}
     * @param peer whose figure it is
     * @param value the figure, in the index's own unit
     * @param n the number of answers behind it, if that is known
     */
    public record Benchmark(String metric, String peer, double value, OptionalLong n) {}
}
