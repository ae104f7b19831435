package dev.touchstone;

import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.Evidence;
import dev.touchstone.scoring.HalfLife;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.survey.Answers;
import dev.touchstone.survey.Apdex.Zone;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cell counted since the process started, without decay. What a snapshot brings back is not among it: a backend
 * that saw it before would count it twice. Not thread-safe.
 */
final class CellSums {

    private static final long ANY_TIME = 0; // nothing decays

    private final Evidence assessments = new Evidence(HalfLife.NONE);
    private final long[] outcomes = new long[Outcome.values().length];
    private final long[] verdicts = new long[Verdict.values().length];
    private final long[] zones = new long[Zone.values().length];
    private double amount;
    private double cost;
    private Answers answers = Answers.NONE;

    void add(Assessment assessment, TouchpointEvent event, @Nullable Zone zone) {
        assessments.add(assessment);
        boolean happened = assessment.kind() == Assessment.Kind.EVENT;
        if (happened) {
            outcomes[event.outcome().orElse(Outcome.SUCCESS).ordinal()]++;
        }
        if (assessment.verdict().isPresent()) {
            verdicts[assessment.verdict().get().ordinal()]++;
        }
        if (zone != null) {
            zones[zone.ordinal()]++;
        }
        if (happened || !event.happened()) { // once, of an event that is an answer too
            amount += event.amount().orElse(0);
            cost += event.cost().orElse(0);
        }
    }

    void add(Feedback answer) {
        answers = answers.plus(answer);
    }

    void addAll(CellSums other) {
        assessments.addAll(other.assessments);
        addAll(outcomes, other.outcomes);
        addAll(verdicts, other.verdicts);
        addAll(zones, other.zones);
        amount += other.amount;
        cost += other.cost;
        answers = answers.plus(other.answers);
    }

    private static void addAll(long[] counts, long[] others) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += others[i];
        }
    }

    long count(Verdict verdict) {
        return verdicts[verdict.ordinal()];
    }

    Answers answers() {
        return answers;
    }

    double events() {
        return assessments.events(ANY_TIME);
    }

    double weight() {
        return assessments.weight(ANY_TIME);
    }

    double quality() {
        return assessments.quality(ANY_TIME);
    }

    double effortUnits() {
        return assessments.effortUnits(ANY_TIME);
    }

    Map<EffortDriver, Double> effort() {
        Map<EffortDriver, Double> units = new EnumMap<>(EffortDriver.class);
        for (EffortDriver driver : EffortDriver.values()) {
            units.put(driver, assessments.effortUnits(driver, ANY_TIME));
        }
        return units;
    }

    double tasks() {
        return assessments.tasks(ANY_TIME);
    }

    Map<Outcome, Long> outcomes() {
        return counts(Outcome.class, outcomes);
    }

    Map<Verdict, Long> verdicts() {
        return counts(Verdict.class, verdicts);
    }

    Map<Zone, Long> zones() {
        return counts(Zone.class, zones);
    }

    double amount() {
        return amount;
    }

    double cost() {
        return cost;
    }

    private static <K extends Enum<K>> Map<K, Long> counts(Class<K> keys, long[] counts) {
        Map<K, Long> named = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            named.put(key, counts[key.ordinal()]);
        }
        return named;
    }
}
