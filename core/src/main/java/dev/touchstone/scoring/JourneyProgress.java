package dev.touchstone.scoring;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Outcome;
import java.util.Optional;

/** An open journey of one customer: as much of its events as its score will need. Mutable and not thread-safe. */
public final class JourneyProgress {

    private static final LossDriver[] DRIVERS = LossDriver.values();

    private final JourneyRules rules;
    private final long openedMs;
    private long lastEventMs = Long.MIN_VALUE;
    private long lastArrivalMs;
    private Outcome lastOutcome = Outcome.SUCCESS;
    private double lastImportance;
    private Channel lastChannel = Channel.UNKNOWN;
    private int steps;
    // losses are kept as sums of outcome, promise, pace and effort; their total is 1 - quality
    private final double[] sum = new double[4];
    private final double[] worst = new double[4];
    private final double[] last = new double[4];
    private double worstQuality;
    private Effort effort = Effort.NONE;

    JourneyProgress(JourneyRules rules, long openedMs) {
        this.rules = rules;
        this.openedMs = openedMs;
    }

    private JourneyProgress(JourneyProgress original) {
        this.rules = original.rules;
        this.openedMs = original.openedMs;
        this.lastEventMs = original.lastEventMs;
        this.lastArrivalMs = original.lastArrivalMs;
        this.lastOutcome = original.lastOutcome;
        this.lastImportance = original.lastImportance;
        this.lastChannel = original.lastChannel;
        this.steps = original.steps;
        System.arraycopy(original.sum, 0, sum, 0, sum.length);
        System.arraycopy(original.worst, 0, worst, 0, worst.length);
        System.arraycopy(original.last, 0, last, 0, last.length);
        this.worstQuality = original.worstQuality;
        this.effort = original.effort;
    }

    JourneyProgress(SavedJourney saved) {
        this.rules = saved.rules();
        this.openedMs = saved.openedMs();
        this.lastEventMs = saved.lastEventMs();
        this.lastArrivalMs = saved.lastArrivalMs();
        this.lastOutcome = saved.lastOutcome();
        this.lastImportance = saved.lastImportance();
        this.lastChannel = saved.lastChannel();
        this.steps = saved.steps();
        restore(saved.sum(), sum);
        restore(saved.worst(), worst);
        restore(saved.last(), last);
        this.worstQuality = saved.worstQuality();
        this.effort = Effort.restore(saved.effort());
    }

    private static void restore(SavedSums from, double[] to) {
        double[] kept = from.copy(to.length);
        System.arraycopy(kept, 0, to, 0, kept.length);
    }

    SavedJourney saved() {
        return new SavedJourney(
                rules,
                openedMs,
                lastEventMs,
                lastArrivalMs,
                lastOutcome,
                lastImportance,
                lastChannel,
                steps,
                SavedSums.of(0, sum),
                SavedSums.of(0, worst),
                SavedSums.of(0, last),
                worstQuality,
                effort.saved());
    }

    JourneyProgress copy() {
        return new JourneyProgress(this);
    }

    /** Returns the journey's name. */
    public String name() {
        return rules.name();
    }

    /** Returns the time of the event that opened it, in milliseconds since 1970-01-01T00:00:00Z. */
    public long openedMs() {
        return openedMs;
    }

    /** Returns the greatest time of its events. */
    public long lastEventMs() {
        return lastEventMs;
    }

    /** Returns the number of its events so far. */
    public int steps() {
        return steps;
    }

    JourneyRules rules() {
        return rules;
    }

    Channel lastChannel() {
        return lastChannel;
    }

    double lastImportance() {
        return lastImportance;
    }

    /** Returns whether an event of that time comes too late to belong to it. */
    boolean isOverAtEvent(long timeMs) {
        return timeMs - lastEventMs > rules.timeoutMs();
    }

    /** Returns whether nothing has arrived for too long. */
    boolean isOverAt(long nowMs) {
        return nowMs - lastArrivalMs > rules.timeoutMs();
    }

    /** Returns the time at which it counts as abandoned if nothing else comes. */
    long abandonedMs() {
        return lastEventMs + rules.timeoutMs();
    }

    boolean wasAbandonedAlready() {
        return lastOutcome == Outcome.ABANDONED;
    }

    void add(Assessment assessment, Outcome outcome, Channel channel, double importance, long nowMs) {
        addQuality(assessment, steps == 0);
        steps++;
        lastEventMs = Math.max(lastEventMs, assessment.timeMs());
        lastArrivalMs = nowMs;
        lastOutcome = outcome;
        lastImportance = importance;
        if (channel.isKnown()) {
            lastChannel = channel;
        }
    }

    private void addQuality(Assessment assessment, boolean firstEvent) {
        for (int i = 0; i < last.length; i++) {
            last[i] = assessment.loss(DRIVERS[i]);
            sum[i] += last[i];
        }
        if (firstEvent || assessment.quality() < worstQuality) { // of equals the earliest stays the worst
            worstQuality = assessment.quality();
            System.arraycopy(last, 0, worst, 0, worst.length);
        }
        effort = effort.plus(assessment.effort());
    }

    /** Judges the journey as completed now. */
    Assessment complete(ScoreModel model) {
        return judge(model, steps, 1, lastEventMs);
    }

    /**
     * Judges the journey as abandoned.
     *
     * @param abandonment the abandonment as an event; empty if the customer's last event was one
     */
    Assessment abandon(ScoreModel model, Optional<Assessment> abandonment) {
        JourneyProgress whole = copy();
        abandonment.ifPresent(event -> whole.addQuality(event, false));
        int events = steps + (abandonment.isPresent() ? 1 : 0);
        return whole.judge(model, events, model.get(ModelConstant.ABANDONED_JOURNEY_QUALITY), abandonedMs());
    }

    private Assessment judge(ScoreModel model, int events, double best, long timeMs) {
        double meanShare = model.get(ModelConstant.JOURNEY_MEAN);
        double worstShare = model.get(ModelConstant.JOURNEY_WORST);
        double lastShare = model.get(ModelConstant.JOURNEY_LAST);
        double[] losses = new double[sum.length];
        for (int i = 0; i < losses.length; i++) {
            losses[i] = meanShare * sum[i] / events + worstShare * worst[i] + lastShare * last[i];
        }
        double lost = total(losses);
        if (lost < 1 - best) {
            if (lost > 0) {
                for (int i = 0; i < losses.length; i++) {
                    losses[i] *= (1 - best) / lost;
                }
            } else {
                losses[LossDriver.OUTCOME.ordinal()] = 1 - best;
            }
            lost = 1 - best;
        }
        return new Assessment(
                Assessment.Kind.JOURNEY,
                timeMs,
                timeMs,
                1,
                1,
                new Losses(Math.max(0, 1 - lost), losses[0], losses[1], losses[2], losses[3], 0),
                effort,
                Optional.empty(),
                Double.NaN);
    }

    private static double total(double[] losses) {
        return losses[0] + losses[1] + losses[2] + losses[3];
    }

    /** Joins what two records of the same customer know of the same journey. */
    JourneyProgress merge(JourneyProgress other) {
        boolean thisIsLater = lastArrivalMs >= other.lastArrivalMs;
        JourneyProgress later = thisIsLater ? this : other;
        JourneyProgress sooner = thisIsLater ? other : this;
        JourneyProgress merged = new JourneyProgress(later.rules, Math.min(openedMs, other.openedMs));
        merged.lastEventMs = Math.max(lastEventMs, other.lastEventMs);
        merged.lastArrivalMs = later.lastArrivalMs;
        merged.lastOutcome = later.lastOutcome;
        merged.lastImportance = later.lastImportance;
        merged.lastChannel = later.lastChannel.isKnown() ? later.lastChannel : sooner.lastChannel;
        merged.steps = steps + other.steps;
        JourneyProgress worse = later.worstQuality < sooner.worstQuality ? later : sooner;
        merged.worstQuality = worse.worstQuality;
        for (int i = 0; i < sum.length; i++) {
            merged.sum[i] = sum[i] + other.sum[i];
            merged.worst[i] = worse.worst[i];
            merged.last[i] = later.last[i];
        }
        merged.effort = effort.plus(other.effort);
        return merged;
    }
}
