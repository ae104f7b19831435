package dev.touchstone;

import dev.touchstone.Scoreboard.Newcomers;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.history.internal.PeriodSums;
import dev.touchstone.internal.Apart;
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
    private static final int NEWCOMERS = ZONES + Zone.values().length;
    private static final int CUSTOMER_EVENTS = NEWCOMERS + 1;
    private static final int ALL = CUSTOMER_EVENTS + 1;

    private static final int AMOUNT_IN = 0;
    private static final int AMOUNT_OUT = 1;
    private static final int COST_IN = 2;
    private static final int COST_OUT = 3;
    private static final int MONEY = 4;

    private final Evidence assessments;
    private final long[] counts;
    private final double[] money;
    private Answers answers = Answers.NONE;

    CellSums() {
        this(new Evidence(HalfLife.NONE), new long[ALL], new double[MONEY]);
    }

    private CellSums(Evidence assessments, long[] counts, double[] money) {
        this.assessments = assessments;
        this.counts = counts;
        this.money = money;
    }

    /** Returns empty sums of one thread, {@link Apart} from those of others. */
    static CellSums apart() {
        return new CellSums(Evidence.apart(HalfLife.NONE), Apart.longs(ALL), Apart.doubles(MONEY));
    }

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
            addTo(AMOUNT_IN, Math.max(0, amount));
            addTo(AMOUNT_OUT, Math.max(0, -amount));
        }
        if (!Double.isNaN(cost)) {
            addTo(COST_IN, Math.max(0, cost));
            addTo(COST_OUT, Math.max(0, -cost));
        }
    }

    private void addTo(int sum, double value) {
        money[sum] = Saturating.add(money[sum], value);
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
        counts[CUSTOMER_EVENTS]++;
        if (newcomer) {
            counts[NEWCOMERS]++;
        }
    }

    void addAll(CellSums other) {
        assessments.addAll(other.assessments);
        for (int i = 0; i < ALL; i++) {
            counts[i] += other.counts[i];
        }
        for (int i = 0; i < MONEY; i++) {
            addTo(i, other.money[i]);
        }
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
        return money[AMOUNT_IN];
    }

    double amountOut() {
        return money[AMOUNT_OUT];
    }

    double costIn() {
        return money[COST_IN];
    }

    double costOut() {
        return money[COST_OUT];
    }

    Newcomers newcomers() {
        return new Newcomers(counts[NEWCOMERS], counts[CUSTOMER_EVENTS]);
    }

    private <K extends Enum<K>> Map<K, Long> counts(Class<K> keys, int from) {
        Map<K, Long> named = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            named.put(key, counts[from + key.ordinal()]);
        }
        return named;
    }
}
