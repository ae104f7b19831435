package dev.touchstone.json;

import dev.touchstone.catalog.internal.NearestName;
import dev.touchstone.json.ObjectReader.Names;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.ScoreModel.Curve;
import dev.touchstone.scoring.ScoreModel.Expectation;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a model: the id of a known one, or an object with the differences from one. Used once. */
final class ModelReader {

    private static final Set<ModelConstant> SHARES =
            EnumSet.of(ModelConstant.JOURNEY_MEAN, ModelConstant.JOURNEY_WORST, ModelConstant.JOURNEY_LAST);

    private final ObjectReader json;
    private final Map<ModelConstant, Double> constants = new EnumMap<>(ModelConstant.class);
    private final Set<ModelConstant> unreadable = EnumSet.noneOf(ModelConstant.class);
    private @Nullable String id;
    private @Nullable Curve curve;
    private @Nullable Boolean ease;
    private @Nullable Expectation expectation;

    ModelReader(ObjectReader json) {
        this.json = json;
    }

    /** Returns the current model; empty if it has a problem, which was reported. */
    Optional<ScoreModel> read() {
        if (json.isText()) {
            return known();
        }
        Map<String, Runnable> fields = new LinkedHashMap<>();
        fields.put("id", () -> id = json.text());
        fields.put("extends", this::known);
        fields.put("curve", () -> curve = json.word(EnumSet.allOf(Curve.class)));
        fields.put("ease", () -> ease = json.truth());
        fields.put("expectation", () -> expectation = json.word(EnumSet.allOf(Expectation.class)));
        for (ModelConstant constant : ModelConstant.values()) {
            fields.put(constant.key(), () -> readConstant(constant));
        }
        String pointer = json.pointer();
        Names names = json.object(fields);
        return names == null ? Optional.empty() : model(names, pointer);
    }

    /** Returns the model with the current id. */
    private Optional<ScoreModel> known() {
        String named = json.text();
        if (named == null) {
            return Optional.empty();
        }
        String standard = ScoreModel.STANDARD.id();
        if (named.equals(standard)) {
            return Optional.of(ScoreModel.STANDARD);
        }
        json.problem(ObjectReader.quoted(named) + " is not a known model; known is " + ObjectReader.quoted(standard)
                + NearestName.hint(named, List.of(standard)));
        return Optional.empty();
    }

    private void readConstant(ModelConstant constant) {
        Double value;
        if (constant.kind() == ModelConstant.Kind.DURATION) {
            Duration duration = json.duration();
            value = duration == null ? null : duration.getSeconds() * 1e3 + duration.getNano() / 1e6;
        } else {
            value = json.number();
        }
        if (value == null) {
            unreadable.add(constant);
        } else {
            constants.put(constant, value);
        }
    }

    private Optional<ScoreModel> model(Names names, String pointer) {
        if (names.lack("id")) {
            json.problemAt(pointer, "needs its own \"id\", which is reported with every score");
        }
        ScoreModel.Builder model = ScoreModel.STANDARD.derive(id == null ? "unreadable" : id);
        constants.forEach(model::set);
        if (curve != null) {
            model.curve(curve);
        }
        if (ease != null) {
            model.ease(ease);
        }
        if (expectation != null) {
            model.expectation(expectation);
        }
        List<ScoreModel.Problem> problems =
                model.problems().stream().filter(this::isTold).toList();
        problems.forEach(problem -> json.problemAt(pointer + "/" + problem.key(), problem.message()));
        return model.problems().isEmpty() ? Optional.of(model.build()) : Optional.empty();
    }

    /** Returns whether a problem is independent, rather than a consequence of a share that could not be read. */
    private boolean isTold(ScoreModel.Problem problem) {
        boolean aboutTheSum = problem.key().equals(ModelConstant.JOURNEY_MEAN.key())
                && !problem.message().startsWith(problem.key() + " is ");
        return !aboutTheSum || unreadable.stream().noneMatch(SHARES::contains);
    }
}
