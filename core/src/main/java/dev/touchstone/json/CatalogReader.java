package dev.touchstone.json;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.catalog.JourneyDefinition;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Stage;
import dev.touchstone.json.ObjectReader.Names;
import dev.touchstone.json.internal.JsonInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;

/**
 * Reads one catalog file. An unreadable declaration is reported once and replaced by one with a unique name, so that
 * the rest is still checked and nothing is reported twice. Used once.
 */
final class CatalogReader {

    private static final Set<Stage> STAGES = EnumSet.complementOf(EnumSet.of(Stage.NONE));

    private final String source;
    private final Catalog.Builder catalog;
    private final List<Runnable> declarations = new ArrayList<>();
    private final Map<String, String> touchpointPlaces = new HashMap<>();
    private final Map<String, String> journeyPlaces = new HashMap<>();

    CatalogReader(String source) {
        this.source = source + "#";
        this.catalog = Catalog.builder(this.source);
    }

    Catalog.Builder read(byte[] json) {
        String unreadable = unreadable(json);
        if (unreadable != null) {
            unreadable("", unreadable);
            return catalog;
        }
        JsonParser parser =
                JsonInput.newFactory(JsonInput.MAX_CATALOG_BYTES).createParser(ObjectReadContext.empty(), json);
        try (parser) {
            readFile(parser);
        } catch (JacksonException e) {
            unreadable(parser.streamReadContext().pathAsPointer().toString(), broken(e));
        }
        // only when all journeys are known
        declarations.forEach(Runnable::run);
        return catalog;
    }

    private static @Nullable String unreadable(byte[] json) {
        if (json.length > JsonInput.MAX_CATALOG_BYTES) {
            return "is larger than 1 MiB";
        }
        if (JsonInput.isMarked(json, 0, json.length)) {
            return JsonInput.MARKED;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(json))
                    .toString();
            if (text.isBlank()) {
                return "is empty; expected at least {}";
            }
            return text.indexOf('\0') < 0 ? null : "is not UTF-8 text; save it as UTF-8";
        } catch (CharacterCodingException e) {
            return "is not UTF-8 text; save it as UTF-8";
        }
    }

    private static String broken(JacksonException e) {
        String message = String.valueOf(e.getOriginalMessage());
        if (e instanceof StreamConstraintsException) {
            return "exceeds a limit of catalogs: " + message.replaceAll(", from `[^`]*`", "");
        }
        String place = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return message.startsWith("Unexpected character ('/'") || message.startsWith("Unexpected character ('#'")
                ? "has a comment" + place + "; JSON has none: remove it"
                : "is not JSON" + place + ": " + message.lines().findFirst().orElse("");
    }

    private void readFile(JsonParser parser) {
        parser.nextToken();
        ObjectReader json = new ObjectReader(parser, this::problem);
        Map<String, Runnable> fields = new LinkedHashMap<>();
        fields.put("model", () -> new ModelReader(json).read().ifPresent(catalog::model));
        fields.put("touchpoints", () -> json.array(() -> readTouchpoint(json)));
        fields.put("journeys", () -> {
            if (json.array(() -> readJourney(json)) == null) {
                catalog.incomplete();
            }
        });
        fields.put("benchmarks", () -> json.array(() -> readBenchmark(json)));
        fields.put("effects", () -> {
            List<String> effects = texts(json, CatalogReader::standIn);
            if (effects != null) {
                catalog.effects(effects);
            }
        });
        fields.put("variants", () -> {
            List<String> variants = texts(json, CatalogReader::standIn);
            if (variants != null) {
                catalog.variants(variants);
            }
        });
        Names names = json.object(fields);
        if (names == null || names.doubtful().contains("journeys")) {
            catalog.incomplete();
        }
        if (parser.nextToken() != null) {
            problem("", "continues after its end; remove the text after the last }");
        }
    }

    private Draft<TouchpointDefinition.Draft> readTouchpoint(ObjectReader json) {
        String pointer = json.pointer();
        Draft<TouchpointDefinition.Draft> draft = new Draft<>();
        Map<String, Runnable> fields = new LinkedHashMap<>();
        fields.put("name", () -> readName(json, draft, pointer, touchpointPlaces));
        fields.put("title", () -> draft.set(json.text(), TouchpointDefinition.Draft::title));
        fields.put("stage", () -> draft.set(json.word(STAGES), TouchpointDefinition.Draft::stage));
        fields.put("channel", () -> draft.set(json.text(), (touchpoint, channel) -> touchpoint.channel(channel)));
        fields.put("journey", () -> draft.set(json.text(), TouchpointDefinition.Draft::journey));
        fields.put("owner", () -> draft.set(json.text(), TouchpointDefinition.Draft::owner));
        fields.put("target", () -> draft.set(json.duration(), TouchpointDefinition.Draft::target));
        fields.put("importance", () -> draft.set(json.number(), (touchpoint, i) -> touchpoint.importance(i)));
        fields.put("objective", () -> draft.set(json.number(), (touchpoint, o) -> touchpoint.objective(o)));
        fields.put("contact", () -> draft.set(json.truth(), TouchpointDefinition.Draft::supportContact));
        fields.put(
                "routes",
                () -> draft.setUnlessTwice(texts(json, at -> "UNREADABLE " + at), TouchpointDefinition.Draft::routes));
        declarations.add(() -> catalog.touchpointAt(source + pointer, draft.nameOr(standIn(pointer)), draft));
        checkName(json.object(fields), pointer);
        return draft;
    }

    private Draft<JourneyDefinition.Draft> readJourney(ObjectReader json) {
        String pointer = json.pointer();
        Draft<JourneyDefinition.Draft> draft = new Draft<>();
        Map<String, Runnable> fields = new LinkedHashMap<>();
        fields.put("name", () -> readName(json, draft, pointer, journeyPlaces));
        fields.put("steps", () -> draft.set(json.smallNumber(), JourneyDefinition.Draft::steps));
        fields.put("timeout", () -> draft.set(json.duration(), JourneyDefinition.Draft::timeout));
        fields.put(
                "ends",
                () -> draft.setUnlessTwice(texts(json, CatalogReader::standIn), (journey, ends) -> journey.ends(ends)));
        declarations.add(() -> catalog.journeyAt(source + pointer, draft.nameOr(standIn(pointer)), draft));
        checkName(json.object(fields), pointer);
        if (draft.name == null) {
            catalog.incomplete();
        }
        return draft;
    }

    private Figure readBenchmark(ObjectReader json) {
        String pointer = json.pointer();
        Figure figure = new Figure();
        Map<String, Runnable> fields = new LinkedHashMap<>();
        fields.put("metric", () -> figure.metric = json.text());
        fields.put("peer", () -> figure.peer = json.text());
        fields.put("value", () -> figure.value = json.number());
        fields.put("n", () -> figure.n = json.wholeNumber());
        Names names = json.object(fields);
        if (names != null) {
            for (String required : List.of("metric", "peer", "value")) {
                if (names.lack(required)) {
                    problem(pointer, "needs a \"" + required + "\"");
                }
            }
            figure.benchmark().ifPresent(benchmark -> catalog.benchmarkAt(source + pointer, benchmark));
        }
        return figure;
    }

    private void readName(ObjectReader json, Draft<?> draft, String pointer, Map<String, String> places) {
        String name = json.text();
        draft.name = name;
        String earlier = name == null ? null : places.putIfAbsent(name, source + pointer);
        if (name != null && earlier != null) {
            json.problem(ObjectReader.quoted(name) + " is already declared at " + earlier);
            draft.twice = true;
        }
    }

    private void checkName(@Nullable Names names, String pointer) {
        if (names != null && names.lack("name")) {
            problem(pointer, "needs a \"name\"");
        }
    }

    private static @Nullable List<String> texts(ObjectReader json, UnaryOperator<String> standIn) {
        return json.array(() -> {
            String pointer = json.pointer();
            String text = json.text();
            return text == null ? standIn.apply(pointer) : text;
        });
    }

    /** Returns a name for an unreadable declaration. A catalog that contains it is never built. */
    private static String standIn(String pointer) {
        return "unreadable" + pointer.replace('/', '.');
    }

    private void unreadable(String pointer, String message) {
        catalog.incomplete();
        problem(pointer, message);
    }

    private void problem(String pointer, String message) {
        catalog.problem(new CatalogException.Problem(source + pointer, message));
    }

    /** The attributes read for a touchpoint or journey, which are set when it is declared. */
    private static final class Draft<D> implements Consumer<D> {

        @Nullable
        String name;
        /** Whether another declaration has the same name, so that only the attributes of this one are checked. */
        boolean twice;

        private final List<Consumer<D>> settings = new ArrayList<>();

        String nameOr(String standIn) {
            return name == null || twice ? standIn : name;
        }

        <T> void set(@Nullable T value, BiConsumer<D, T> setter) {
            if (value != null) {
                settings.add(draft -> setter.accept(draft, value));
            }
        }

        <T> void setUnlessTwice(@Nullable T value, BiConsumer<D, T> setter) {
            set(value, (draft, given) -> {
                if (!twice) {
                    setter.accept(draft, given);
                }
            });
        }

        @Override
        public void accept(D draft) {
            settings.forEach(setting -> setting.accept(draft));
        }
    }

    /** The attributes read for a benchmark. */
    private static final class Figure {

        @Nullable
        String metric;

        @Nullable
        String peer;

        @Nullable
        Double value;

        @Nullable
        Long n;

        Optional<Catalog.Benchmark> benchmark() {
            return metric == null || peer == null || value == null
                    ? Optional.empty()
                    : Optional.of(new Catalog.Benchmark(
                            metric, peer, value, n == null ? OptionalLong.empty() : OptionalLong.of(n)));
        }
    }
}
