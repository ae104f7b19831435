package dev.touchstone.catalog;

import dev.touchstone.catalog.Catalog.Declared;
import dev.touchstone.catalog.Catalog.Layer;
import dev.touchstone.catalog.internal.NearestName;
import dev.touchstone.event.Channel;
import dev.touchstone.event.internal.TouchpointName;
import dev.touchstone.internal.HalfUp;
import dev.touchstone.prediction.internal.Learner;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Merges layers of declarations into one catalog, or reports all problems. */
final class CatalogCheck {

    private static final Duration MAX_DURATION = Duration.ofDays(400);
    private static final int MAX_TEXT = 200;
    private static final int MAX_VARIANTS = 4;
    // the maximum length of an attribute name
    private static final int MAX_ATTRIBUTE = 128;
    // without case and punctuation
    private static final Set<String> PERSONAL = Set.of(
            "customer",
            "customerid",
            "guest",
            "guestid",
            "user",
            "userid",
            "username",
            "login",
            "email",
            "emailaddress",
            "phone",
            "phonenumber",
            "session",
            "sessionid",
            "device",
            "deviceid",
            "ip",
            "ipaddress",
            "account",
            "accountid");

    private final List<CatalogException.Problem> problems;
    private final Map<String, Declared<TouchpointDefinition.Draft>> touchpoints;
    private final Map<String, Declared<JourneyDefinition.Draft>> journeys;
    private final Map<String, String> journeyEndedAt = new LinkedHashMap<>();
    private final Map<String, String> placeOfRoute = new LinkedHashMap<>();
    private final Map<String, CatalogException.Problem> onlyEnds = new LinkedHashMap<>();
    private final List<Layer> layers;

    CatalogCheck(List<Layer> layers, List<CatalogException.Problem> problemsSoFar) {
        this.layers = layers;
        this.problems = new ArrayList<>(problemsSoFar);
        this.touchpoints = merged(
                layer -> layer.touchpoints,
                TouchpointDefinition.Draft::name,
                TouchpointDefinition.Draft::agreesWith,
                TouchpointDefinition.Draft::over);
        this.journeys = merged(
                layer -> layer.journeys,
                JourneyDefinition.Draft::name,
                JourneyDefinition.Draft::agreesWith,
                JourneyDefinition.Draft::over);
    }

    Catalog catalog() {
        journeys.values().forEach(this::checkEnds);
        declareEnds();
        Map<String, TouchpointDefinition> touchpointDefinitions = new LinkedHashMap<>();
        touchpoints.forEach((name, declared) -> touchpointDefinitions.put(name, checkTouchpoint(declared)));
        Map<String, JourneyDefinition> journeyDefinitions = new LinkedHashMap<>();
        journeys.forEach((name, declared) -> journeyDefinitions.put(name, checkJourney(declared)));
        List<Catalog.Benchmark> benchmarks = new ArrayList<>();
        layers.forEach(layer -> layer.benchmarks.forEach(declared -> benchmarks.add(checkBenchmark(declared))));
        ScoreModel model = layers.stream()
                .map(layer -> layer.model)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(ScoreModel.STANDARD);
        List<String> effects = strongest(layer -> layer.effects, this::checkEffects);
        List<String> variants = strongest(layer -> layer.variants, this::checkVariants);
        if (!problems.isEmpty()) {
            throw new CatalogException(problems);
        }
        return new Catalog(model, touchpointDefinitions, journeyDefinitions, benchmarks, effects, variants, onlyEnds);
    }

    /** Returns the names declared by the strongest layer that declares any. */
    private List<String> strongest(
            Function<Layer, @Nullable List<String>> names, BiConsumer<Layer, List<String>> check) {
        for (Layer layer : layers) {
            List<String> declared = names.apply(layer);
            if (declared != null) {
                check.accept(layer, declared);
                return declared;
            }
        }
        return List.of();
    }

    private <T> Map<String, Declared<T>> merged(
            Function<Layer, List<Declared<T>>> declarations,
            Function<T, String> name,
            BiPredicate<T, T> agree,
            BinaryOperator<T> over) {
        Map<String, Declared<T>> all = new LinkedHashMap<>();
        for (Layer layer : layers) {
            Map<String, Declared<T>> own = new LinkedHashMap<>();
            for (Declared<T> declared : declarations.apply(layer)) {
                Declared<T> earlier = own.putIfAbsent(name.apply(declared.value()), declared);
                if (earlier != null && !agree.test(earlier.value(), declared.value())) {
                    problem(
                            declared.place(),
                            "declares \"" + name.apply(declared.value()) + "\" differently from " + earlier.place()
                                    + "; remove one of the declarations, or make them equal");
                }
            }
            own.forEach((key, declared) -> all.merge(
                    key,
                    declared,
                    (stronger, weaker) ->
                            new Declared<>(stronger.place(), over.apply(stronger.value(), weaker.value()))));
        }
        return all;
    }

    private void checkEnds(Declared<JourneyDefinition.Draft> declared) {
        List<String> ends = declared.value().ends;
        if (ends == null) {
            return;
        }
        String journey = declared.value().name();
        List<String> known = List.copyOf(touchpoints.keySet());
        for (int i = 0; i < ends.size(); i++) {
            String place = declared.place() + "/ends/" + i;
            String end = ends.get(i);
            if (!checkName(place, end)) {
                continue;
            }
            String other = journeyEndedAt.putIfAbsent(end, journey);
            if (other != null && !other.equals(journey)) {
                problem(place, "\"" + end + "\" already ends the journey \"" + other + "\"; it can end only one");
            }
            Declared<TouchpointDefinition.Draft> touchpoint = touchpoints.get(end);
            if (touchpoint == null) {
                String message =
                        "the touchpoint \"" + end + "\" is declared nowhere else" + NearestName.hint(end, known)
                                + (NearestName.of(end, known).isPresent() ? "" : "; declare it, or correct the name");
                onlyEnds.putIfAbsent(end, new CatalogException.Problem(place, message));
            }
            String named = touchpoint == null ? null : touchpoint.value().journey;
            if (named != null && !named.equals(journey)) {
                problem(
                        place,
                        "\"" + end + "\" belongs to the journey \"" + named + "\" and cannot end \"" + journey + "\"");
            }
        }
    }

    /** Declares the touchpoints that are named only as ends of journeys. */
    private void declareEnds() {
        journeyEndedAt.forEach((end, journey) -> {
            Declared<JourneyDefinition.Draft> by = journeys.get(journey);
            if (by != null) {
                touchpoints.putIfAbsent(end, new Declared<>(by.place() + "/ends", new TouchpointDefinition.Draft(end)));
            }
        });
    }

    private TouchpointDefinition checkTouchpoint(Declared<TouchpointDefinition.Draft> declared) {
        TouchpointDefinition.Draft draft = declared.value();
        String place = declared.place();
        checkName(place + "/name", draft.name());
        checkText(place + "/title", draft.title);
        checkText(place + "/owner", draft.owner);
        if (draft.channel != null && !Channel.isValid(draft.channel)) {
            problem(
                    place + "/channel",
                    "\"" + shown(draft.channel)
                            + "\" is not a channel; allowed are at most 32 lower-case letters, digits, _ or -");
        }
        if (draft.journey != null && !journeys.containsKey(draft.journey) && !isIncomplete()) {
            problem(
                    place + "/journey",
                    "the journey \"" + shown(draft.journey) + "\" is not declared"
                            + NearestName.hint(draft.journey, journeys.keySet()));
        }
        checkDuration(place + "/target", draft.target);
        checkImportance(place + "/importance", draft.importance);
        checkObjective(place + "/objective", draft.objective);
        String journey = draft.journey == null ? journeyEndedAt.get(draft.name()) : draft.journey;
        return new TouchpointDefinition(draft, journey, routes(place, draft));
    }

    /** Returns whether a part of a source could not be read, so that it may declare a journey. */
    private boolean isIncomplete() {
        return layers.stream().anyMatch(layer -> layer.incomplete);
    }

    private void checkImportance(String place, @Nullable Double importance) {
        double min = ModelConstant.IMPORTANCE.min();
        double max = ModelConstant.IMPORTANCE.max();
        if (importance != null && !(importance >= min && importance <= max)) {
            problem(
                    place,
                    importance + " is not an importance; allowed is " + HalfUp.format(min, 1) + " to "
                            + HalfUp.format(max, 0));
        }
    }

    private void checkObjective(String place, @Nullable Double objective) {
        if (objective != null && !(objective > 0 && objective < 1)) {
            problem(
                    place,
                    objective
                            + " is not an objective; allowed is a share greater than 0 and less than 1, such as 0.95");
        }
    }

    private List<Route> routes(String place, TouchpointDefinition.Draft draft) {
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < draft.routes.size(); i++) {
            String at = place + "/routes/" + i;
            String text = draft.routes.get(i);
            Route.parse(text)
                    .ifPresentOrElse(
                            route -> {
                                routes.add(route);
                                String earlier = placeOfRoute.putIfAbsent(route.shape(), at);
                                if (earlier != null) {
                                    problem(at, "\"" + route + "\" matches the same requests as " + earlier);
                                }
                            },
                            () -> problem(
                                    at,
                                    "\"" + shown(text)
                                            + "\" is not a route; write a method and a path, such as"
                                            + " \"POST /checkout/{basket}/pay\""));
        }
        return routes;
    }

    private JourneyDefinition checkJourney(Declared<JourneyDefinition.Draft> declared) {
        JourneyDefinition.Draft draft = declared.value();
        String place = declared.place();
        checkName(place + "/name", draft.name());
        if (draft.steps != null && draft.steps < 1) {
            problem(place + "/steps", draft.steps + " is not a number of steps; allowed is 1 or more");
        }
        checkDuration(place + "/timeout", draft.timeout);
        return new JourneyDefinition(
                draft.name(),
                draft.steps == null ? OptionalInt.empty() : OptionalInt.of(draft.steps),
                draft.timeout == null ? JourneyDefinition.DEFAULT_TIMEOUT : draft.timeout,
                draft.ends == null ? List.of() : draft.ends);
    }

    private Catalog.Benchmark checkBenchmark(Declared<Catalog.Benchmark> declared) {
        Catalog.Benchmark benchmark = declared.value();
        if (benchmark.metric().isBlank()) {
            problem(declared.place() + "/metric", "a benchmark needs the name of its index");
        }
        if (!Double.isFinite(benchmark.value())) {
            problem(declared.place() + "/value", "a benchmark needs a finite value");
        }
        if (benchmark.n().isPresent() && benchmark.n().getAsLong() < 1) {
            problem(
                    declared.place() + "/n",
                    benchmark.n().getAsLong() + " is not a number of answers; allowed is 1 or more");
        }
        return benchmark;
    }

    private void checkEffects(Layer layer, List<String> effects) {
        checkAttributes(
                layer.source + "/effects",
                effects,
                "effects",
                Learner.MAX_EFFECTS,
                "\"owner\" or the name of an attribute",
                "an effect is shared by many customers, such as a seller or a category");
    }

    private void checkVariants(Layer layer, List<String> variants) {
        checkAttributes(
                layer.source + "/variants",
                variants,
                "variants",
                MAX_VARIANTS,
                "the name of an attribute",
                "a variant is shared by many customers, such as a build or a flag");
    }

    private void checkAttributes(
            String place, List<String> names, String kind, int atMost, String allowed, String impersonal) {
        if (names.size() > atMost) {
            problem(place, names.size() + " " + kind + " are too many; allowed are " + atMost);
        }
        Set<String> known = new HashSet<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.isBlank() || name.length() > MAX_ATTRIBUTE) {
                problem(place + "/" + i, "needs " + allowed + ", 1 to " + MAX_ATTRIBUTE + " characters");
            } else if (PERSONAL.contains(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""))) {
                problem(place + "/" + i, "\"" + name + "\" may identify customers; " + impersonal);
            } else if (!known.add(name)) {
                problem(place + "/" + i, "\"" + name + "\" is declared twice");
            }
        }
    }

    private boolean checkName(String place, String name) {
        if (name.equals(Catalog.OTHER)) {
            problem(place, "\"other\" is reserved for the touchpoint that counts overflow; choose another name");
            return false;
        }
        if (!TouchpointName.isDeclarable(name)) {
            problem(
                    place,
                    "\"" + shown(name) + "\" is not a name; allowed are 1 to 100 letters, digits, '.', '_' or '-'");
            return false;
        }
        return true;
    }

    private void checkText(String place, @Nullable String text) {
        if (text != null && (text.isBlank() || text.length() > MAX_TEXT)) {
            problem(place, "needs 1 to " + MAX_TEXT + " characters");
        }
    }

    private void checkDuration(String place, @Nullable Duration duration) {
        if (duration != null && (duration.isZero() || duration.isNegative() || duration.compareTo(MAX_DURATION) > 0)) {
            problem(place, duration + " is out of range; allowed is more than PT0S up to PT9600H (400 days)");
        }
    }

    private static String shown(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }

    private void problem(String place, String message) {
        problems.add(new CatalogException.Problem(place, message));
    }
}
