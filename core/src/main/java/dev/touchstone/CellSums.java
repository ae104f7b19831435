package dev.touchstone;

import dev.touchstone.Scoreboard.Newcomers;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.history.internal.PeriodSums;
import dev.touchstone.internal.Saturating;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.scoring.internal.Evidence;
import dev.touchstone.scoring.internal.HalfLife;
import dev.touchstone.survey.Answers;
import dev.touchstone.survey.Apdex.Zone;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a cell counted since process start, without decay. Excludes restored counts: a backend that scraped them before
 * would count them twice. Not thread-safe.
 */
final class CellSums {

    // offsets of each enum's counts in one array, since a thousand cells are read at once
    private static final int OUTCOMES = 0;
    private static final int VERDICTS = OUTCOMES + Outcome.values().length;
    private static final int ZONES = VERDICTS + Verdict.values().length;
    private static final int ALL = ZONES + Zone.values().length;

    private final Evidence assessments = new Evidence(HalfLife.NONE);
    private final long[] counts = new long[ALL];
    private double amountIn;
    private double amountOut;
    private double costIn;
    private double costOut;
    private long newcomers;
    private long customerEvents;
    private Answers answers = Answers.NONE;

    void add(Assessment recovery) {
        assessments.add(recovery);
    }

    void add(Assessment assessment, TouchpointEvent event, @Nullable Zone zone) {
        assessments.add(assessment);
        boolean happened = assessment.kind() == Assessment.Kind.EVENT;
        if (happened) {
            counts[OUTCOMES + event.outcomeOrSuccess().ordinal()]++;
        }
        Verdict verdict = assessment.verdictOrNull();
        if (verdict != null) {
            counts[VERDICTS + verdict.ordinal()]++;
        }
        if (zone != null) {
            counts[ZONES + zone.ordinal()]++;
        }
        if (happened || !event.happened()) { // count the money once if the event is also an answer
            addMoney(event.amountOrNaN(), event.costOrNaN());
        }
    }

    private void addMoney(double amount, double cost) {
        if (!Double.isNaN(amount)) {
            amountIn = Saturating.add(amountIn, Math.max(0, amount));
            amountOut = Saturating.add(amountOut, Math.max(0, -amount));
        }
        if (!Double.isNaN(cost)) {
            costIn = Saturating.add(costIn, Math.max(0, cost));
            costOut = Saturating.add(costOut, Math.max(0, -cost));
        }
    }

    void add(Feedback answer) {
        answers = answers.plus(answer);
    }

    /**
     * Adds an event of a customer.
     *
     * @param newcomer whether it is the customer's first event at the touchpoint
     */
    void addOfCustomer(boolean newcomer) {
        customerEvents++;
        if (newcomer) {
            newcomers++;
        }
    }

    void addAll(CellSums other) {
        assessments.addAll(other.assessments);
        for (int i = 0; i < ALL; i++) {
            counts[i] += other.counts[i];
        }
        amountIn = Saturating.add(amountIn, other.amountIn);
        amountOut = Saturating.add(amountOut, other.amountOut);
        costIn = Saturating.add(costIn, other.costIn);
        costOut = Saturating.add(costOut, other.costOut);
        newcomers += other.newcomers;
        customerEvents += other.customerEvents;
        answers = answers.plus(other.answers);
    }

    long count(Verdict verdict) {
        return counts[VERDICTS + verdict.ordinal()];
    }

    Answers answers() {
        return answers;
    }

    private Evidence.Reading all() {
        return assessments.at(0); // any time gives the same result: nothing decays
    }

    double events() {
        return all().events();
    }

    double weight() {
        return all().weight();
    }

    double quality() {
        return all().quality();
    }

    double effortUnits() {
        return all().effortUnits();
    }

    /** Returns the sums that the history stores. */
    PeriodSums periodSums() {
        return sums(assessments, counts[OUTCOMES + Outcome.FAILURE.ordinal()], count(Verdict.MISSED));
    }

    static PeriodSums sums(Evidence undecayed, long failures, long missed) {
        Evidence.Reading all = undecayed.at(0);
        return new PeriodSums(
                Math.round(all.events()),
                Math.round(all.tasks()),
                failures,
                missed,
                all.weight(),
                all.weightSquares(),
                all.weight() - all.quality(),
                all.effortUnits(),
                all.effortSquares());
    }

    Map<EffortDriver, Double> effort() {
        Map<EffortDriver, Double> units = new EnumMap<>(EffortDriver.class);
        Evidence.Reading all = all();
        for (EffortDriver driver : EffortDriver.values()) {
            units.put(driver, all.effortUnits(driver));
        }
        return units;
    }

    double tasks() {
        return all().tasks();
    }

    Map<Outcome, Long> outcomes() {
        return counts(Outcome.class, OUTCOMES);
    }

    Map<Verdict, Long> verdicts() {
        return counts(Verdict.class, VERDICTS);
    }

    Map<Zone, Long> zones() {
        return counts(Zone.class, ZONES);
    }

    double amountIn() {
        return amountIn;
    }

    double amountOut() {
        return amountOut;
    }

    double costIn() {
        return costIn;
    }

    double costOut() {
        return costOut;
    }

    Newcomers newcomers() {
        return new Newcomers(newcomers, customerEvents);
    }

    private <K extends Enum<K>> Map<K, Long> counts(Class<K> keys, int from) {
        Map<K, Long> named = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            named.put(key, counts[from + key.ordinal()]);
        }
        return named;
    }
}
