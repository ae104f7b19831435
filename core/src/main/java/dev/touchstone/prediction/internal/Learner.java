package dev.touchstone.prediction.internal;

import dev.touchstone.internal.Fields;
import dev.touchstone.prediction.Forecast.Reliability;
import dev.touchstone.prediction.Prediction;
import dev.touchstone.scoring.Explanation;
import dev.touchstone.scoring.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Predicts the probability that an assessed event leads to a bad answer, and learns from each answer. A logistic
 * regression with normally distributed weights, updated one answer at a time, and recalibrated against its earlier
 * predictions. The order of the answers matters. Mutable and not thread-safe.
 */
public final class Learner {

    /** The maximum number of effects. */
    public static final int MAX_EFFECTS = 4;

    /** With fewer answers, all features together rank worse than quality alone. */
    static final long ANSWERS_FOR_ALL_FEATURES = 500;

    private static final double DAY_MS = 86_400_000;
    private static final double FORGETTING_MS = 7200 * DAY_MS;
    private static final double MISLABELED = 0.01;
    private static final double DOUBT = MISLABELED / (1 - 2 * MISLABELED);
    private static final long NEVER = Long.MIN_VALUE;

    private List<String> effects;
    private List<EffectTable> tables;
    private Gaussian weights = new Gaussian(
            new double[] {-1.5, 0.5, 0, 0, 0, 0, 0, 0}, new double[] {1, 0.25, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5});
    private Recalibration recalibration = new Recalibration();
    private ReliabilityCounts reliability = new ReliabilityCounts();
    private long answers;
    private long lastAnswerMs = NEVER;

    /**
     * Creates a learner without answers.
     *
     * @param effects the names of the effects, at most {@link #MAX_EFFECTS}
     * @throws IllegalArgumentException if there are more
     */
    public Learner(List<String> effects) {
        this(effects, Maps.PLAIN);
    }

    /**
     * Creates a learner without answers.
     *
     * @param effects the names of the effects, at most {@link #MAX_EFFECTS}
     * @param maps creates the maps of keys
     * @throws IllegalArgumentException if there are more
     */
    public Learner(List<String> effects, Maps maps) {
        if (effects.size() > MAX_EFFECTS) {
            throw new IllegalArgumentException("effects " + effects + ": expected at most " + MAX_EFFECTS);
        }
        this.effects = List.copyOf(effects);
        this.tables = tables(this.effects, maps);
    }

    private static List<EffectTable> tables(List<String> effects, Maps maps) {
        List<EffectTable> tables = new ArrayList<>();
        effects.forEach(effect -> tables.add(new EffectTable(effect, false, maps.empty())));
        if (!effects.isEmpty()) {
            tables.add(new EffectTable(effects.get(0), true, maps.empty()));
        }
        return tables;
    }

    /** Returns an independent copy. */
    public Learner copy() {
        return with(effects, Maps.PLAIN);
    }

    /**
     * Returns an independent copy with other effects: new effects start at the prior, and missing ones are dropped.
     *
     * @param maps creates the maps of keys
     */
    public Learner with(List<String> declared, Maps maps) {
        Learner copy = new Learner(declared, maps);
        copy.tables.replaceAll(table -> tables.stream()
                .filter(own -> own.isSameEffect(table))
                .findFirst()
                .map(own -> own.copy(maps.empty()))
                .orElse(table));
        copy.weights = weights.copy();
        copy.recalibration = recalibration.copy();
        copy.reliability = reliability.copy();
        copy.answers = answers;
        copy.lastAnswerMs = lastAnswerMs;
        return copy;
    }

    /** Lists the fields. A learner that was read has the stored effects. */
    public Learner fields(Fields fields) {
        answers = fields.count("answers", answers);
        fields.group(answers > 0, () -> lastAnswerMs = fields.time("lastAnswer", lastAnswerMs));
        weights = fields.value("weights", weights, Gaussian::fields);
        recalibration = fields.value("recalibration", recalibration, Recalibration::fields);
        reliability = fields.value("reliability", reliability, ReliabilityCounts::fields);
        List<EffectTable> read =
                fields.list("effects", tables, () -> new EffectTable("", false, new HashMap<>()), EffectTable::fields);
        if (read != tables) {
            tables = read;
            effects = read.stream()
                    .filter(EffectTable::isOfAll)
                    .map(EffectTable::effect)
                    .toList();
            check();
        }
        return this;
    }

    private void check() {
        List<EffectTable> expected = tables(effects, Maps.PLAIN);
        boolean complete = effects.size() <= MAX_EFFECTS && tables.size() == expected.size();
        for (int i = 0; complete && i < tables.size(); i++) {
            complete = tables.get(i).isSameEffect(expected.get(i));
        }
        if (!complete) {
            throw new IllegalArgumentException(
                    "effects " + effects + ": not possible for a learner; the stored data is damaged");
        }
    }

    /** Returns the number of answers learned. */
    public long answers() {
        return answers;
    }

    /** Returns the weights that predictors are computed from. Readable by any thread if the maps are concurrent. */
    public Weights weightsNow() {
        return new Weights(answers, answers >= ANSWERS_FOR_ALL_FEATURES, weights, recalibration, tables);
    }

    /** Corrects times that are in the future after the clock went back. */
    public void goBack(long toMs) {
        lastAnswerMs = Math.min(lastAnswerMs, toMs);
        tables.forEach(table -> table.goBack(toMs));
    }

    /** Returns the reliability of the predictions. */
    public Reliability reliability() {
        return reliability.table();
    }

    /**
     * Returns {@code a}, the log-odds of a bad answer before recalibration, to be stored with the case until its
     * answer.
     *
     * @param timeMs the time of the event
     */
    public double predictor(Case assessed, long timeMs) {
        return reading(used(assessed), timeMs).shrunk();
    }

    /**
     * Predicts the answer.
     *
     * @param timeMs the time of the event
     * @param minimumGroupSize the minimum number of answers of a key that the explanation names
     */
    public Prediction predict(Case assessed, long timeMs, long minimumGroupSize) {
        Reading reading = reading(used(assessed), timeMs);
        Chances chances = Chances.of(reading.mean, reading.variance, recalibration);
        return Prediction.of(
                1 - chances.bad(),
                new Interval(1 - chances.high(), 1 - chances.low()),
                answers,
                explanation(reading, minimumGroupSize));
    }

    private Explanation explanation(Reading reading, long minimumGroupSize) {
        List<String> names = new ArrayList<>(Case.FEATURES);
        double[] terms = new double[names.size() + reading.effects.size()];
        for (int i = 0; i < names.size(); i++) {
            terms[i] = weights.mean(i) * reading.features[i];
        }
        for (KeyEffect each : reading.effects) {
            terms[names.size()] = each.effect.mean();
            names.add(each.effect.answers() >= minimumGroupSize ? each.table.name(each.key) : each.table.name());
        }
        return Explanation.of(names, terms);
    }

    /**
     * Learns an answer.
     *
     * @param assessed the event that was answered
     * @param predictor the value of {@link #predictor} when the event was assessed
     * @param timeMs the time of the answer
     */
    public void learn(Case assessed, double predictor, Answer answer, long timeMs) {
        reliability.add(recalibration.probability(predictor), answer.bad());
        recalibration.learn(predictor, answer.bad());
        forget(timeMs);
        Reading reading = reading(assessed, timeMs);
        double probability = Logistic.probability(reading.shrunk());
        double curvature = Logistic.curvature(probability);
        double residual = trusted(answer.dissatisfaction(), probability);
        double shrink = 1 / (1 + curvature * reading.variance);
        weights.learn(reading.features, residual, curvature, shrink);
        for (KeyEffect each : reading.effects) {
            each.table.put(each.key, each.effect.learned(residual, curvature, shrink));
        }
        answers++;
    }

    /** Returns the residual, reduced the more likely the answer is a mistake. */
    private static double trusted(double answer, double probability) {
        double expected = answer * probability + (1 - answer) * (1 - probability);
        return (answer - probability) * expected / (expected + DOUBT);
    }

    private void forget(long timeMs) {
        if (lastAnswerMs != NEVER && timeMs > lastAnswerMs) {
            weights.forget((timeMs - lastAnswerMs) / FORGETTING_MS);
        }
        lastAnswerMs = Math.max(lastAnswerMs, timeMs);
    }

    /**
     * Adds what another learner of the same effects learned from other answers. An approximation, since each learned
     * without the answers of the other.
     *
     * @param other a learner, which is not changed
     * @throws IllegalArgumentException if its effects differ
     */
    public void addAll(Learner other) {
        if (!effects.equals(other.effects)) {
            throw new IllegalArgumentException("effects " + other.effects + ": expected " + effects);
        }
        if (other.answers == 0) {
            return;
        }
        Learner added = other.copy();
        if (answers == 0) {
            lastAnswerMs = added.lastAnswerMs;
            weights = added.weights;
            recalibration = added.recalibration;
        } else {
            forget(added.lastAnswerMs);
            added.forget(lastAnswerMs);
            weights.addAll(added.weights);
            recalibration.addAll(added.recalibration);
        }
        reliability.addAll(added.reliability);
        for (int i = 0; i < tables.size(); i++) {
            tables.get(i).addAll(added.tables.get(i));
        }
        answers += added.answers;
    }

    /**
     * Learns an answer to an event.
     *
     * @param timeMs the time of the answer
     */
    public void learn(AwaitedAnswer awaited, Answer answer, long timeMs) {
        awaited.answer();
        learn(awaited.toCase(effects), awaited.predictor(), answer, timeMs);
    }

    /**
     * Predicts the answer to an event.
     *
     * @param minimumGroupSize the minimum number of answers of a key that the explanation names
     */
    public Prediction predict(AwaitedAnswer awaited, long minimumGroupSize) {
        return predict(awaited.toCase(effects), awaited.timeMs(), minimumGroupSize);
    }

    /** Returns the weights; for tests. */
    Gaussian weights() {
        return weights;
    }

    /** Returns the recalibration; for tests. */
    Recalibration recalibration() {
        return recalibration;
    }

    /** Returns the parts of a case that a prediction uses. Learning uses all parts from the first answer on. */
    private Case used(Case assessed) {
        return answers < ANSWERS_FOR_ALL_FEATURES ? assessed.reduced() : assessed;
    }

    private Reading reading(Case assessed, long timeMs) {
        if (assessed.keys().size() != effects.size()) {
            throw new IllegalArgumentException("keys " + assessed.keys() + ": expected one for each of " + effects);
        }
        List<KeyEffect> read = new ArrayList<>();
        for (int i = 0; i < effects.size(); i++) {
            read(i, assessed.keys().get(i), timeMs, read);
        }
        if (assessed.missed() && !effects.isEmpty()) {
            read(tables.size() - 1, assessed.keys().get(0), timeMs, read);
        }
        double mean = weights.mean(assessed.features());
        double variance = weights.variance(assessed.features());
        for (KeyEffect each : read) {
            mean += each.effect.mean();
            variance += each.effect.variance();
        }
        return new Reading(assessed.features(), read, mean, variance);
    }

    private void read(int index, String key, long timeMs, List<KeyEffect> read) {
        if (!key.isEmpty()) {
            EffectTable table = tables.get(index);
            read.add(new KeyEffect(table, key, table.at(key, timeMs)));
        }
    }

    /** Creates the maps that look up the effects of keys. */
    public interface Maps {

        /** For a single thread. */
        Maps PLAIN = new Maps() {
            @Override
            public <K, V> Map<K, V> empty() {
                return new HashMap<>();
            }
        };

        /** Returns an empty map. */
        <K, V> Map<K, V> empty();
    }

    /** An effect that a case has. */
    private record KeyEffect(EffectTable table, String key, Effect effect) {}

    /** The prediction for a case at a time: the normal distribution of its log-odds, and their terms. */
    private static final class Reading {

        private final double[] features;
        private final List<KeyEffect> effects;
        private final double mean;
        private final double variance;

        Reading(double[] features, List<KeyEffect> effects, double mean, double variance) {
            this.features = features;
            this.effects = effects;
            this.mean = mean;
            this.variance = variance;
        }

        double shrunk() {
            return Chances.shrunk(mean, variance);
        }
    }
}
