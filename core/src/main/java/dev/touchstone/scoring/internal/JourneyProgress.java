package dev.touchstone.scoring.internal;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Outcome;
import dev.touchstone.internal.Fields;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Assessment.Losses;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An open journey of one customer, with the data that its assessment needs. Mutable and not thread-safe. */
public final class JourneyProgress implements Cloneable {

    /** The number of the last place in a funnel, which stands for all further steps. */
    public static final int LAST_PLACE = 11;

    private static final LossDriver[] DRIVERS = LossDriver.values();
    private static final int MEASURED = LossDriver.FEEDBACK.ordinal();
    private static final List<String> LOSSES =
            Stream.of(DRIVERS).limit(MEASURED).map(LossDriver::key).toList();
    private static final double ROUNDING = 1e-9;
    private static final Outcome[] OUTCOMES = Outcome.values();
    private static final JourneyRules NO_RULES = new JourneyRules("", 1, 0);

    private JourneyRules rules;
    private long openedMs;
    private long lastEventMs = Long.MIN_VALUE;
    private long lastArrivalMs;
    private Outcome lastOutcome = Outcome.SUCCESS;
    private double lastImportance;
    private Channel lastChannel = Channel.UNKNOWN;
    private int steps;
    // sums of the losses by outcome, promise, pace and effort; their total is 1 - quality
    private double[] sum = new double[MEASURED];
    private double[] worst = new double[MEASURED];
    private double[] last = new double[MEASURED];
    private double worstQuality;
    private Effort effort = Effort.NONE;
    // not in the list of fields: it was added later and has a separate section
    private StepVerdicts passed = new StepVerdicts();
    // the place in the funnel, in order of arrival; also in a separate section
    private int place;
    private @Nullable String at;

    JourneyProgress(JourneyRules rules, long openedMs) {
        this.rules = rules;
        this.openedMs = openedMs;
    }

    /** Returns a journey for a reader to fill. */
    static JourneyProgress blank() {
        return new JourneyProgress(NO_RULES, 0);
    }

    /** Returns an independent copy. Cloning includes fields that are added later. */
    JourneyProgress copy() {
        try {
            JourneyProgress copy = (JourneyProgress) clone();
            copy.sum = sum.clone();
            copy.worst = worst.clone();
            copy.last = last.clone();
            copy.passed = passed.copy();
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Lists the fields.
     *
     * @throws IllegalArgumentException if the values are not possible for an open journey
     */
    JourneyProgress fields(Fields fields) {
        rules = rules.fields(fields);
        openedMs = fields.time("opened", openedMs);
        lastEventMs = fields.time("lastEvent", lastEventMs);
        lastArrivalMs = fields.time("lastArrival", lastArrivalMs);
        lastOutcome = fields.constant("lastOutcome", OUTCOMES, lastOutcome);
        lastImportance = fields.number("lastImportance", lastImportance);
        lastChannel = fields.channel("lastChannel", lastChannel);
        steps = fields.number("steps", steps);
        sum = fields.numbers("losses", LOSSES, sum);
        worst = fields.numbers("worstLosses", LOSSES, worst);
        last = fields.numbers("lastLosses", LOSSES, last);
        worstQuality = fields.number("worstQuality", worstQuality);
        effort = EffortSizes.fields("effort", effort, fields);
        check();
        return this;
    }

    /** Lists the verdict at each touchpoint, with the name of the journey. */
    JourneyProgress passedFields(Fields fields) {
        rules = new JourneyRules(fields.text("journey", name()), rules.steps(), rules.timeoutMs());
        passed = fields.value("touchpoints", passed, StepVerdicts::fields);
        return this;
    }

    /** Lists the place in the funnel, with the name of the journey. */
    JourneyProgress placeFields(Fields fields) {
        rules = new JourneyRules(fields.text("journey", name()), rules.steps(), rules.timeoutMs());
        place = fields.number("step", place);
        at = fields.text("touchpoint", touchpoint());
        if (place < 0 || place > LAST_PLACE || touchpoint().isBlank()) {
            throw new IllegalArgumentException("open journey " + name() + ": step " + place + " at \"" + at
                    + "\"; expected a step from 0 to " + LAST_PLACE + " and a touchpoint");
        }
        return this;
    }

    /** A journey that cannot be closed must not be restored: every attempt to close it would fail. */
    private void check() {
        if (steps < 1
                || !(lastImportance > 0 && lastImportance < Double.POSITIVE_INFINITY)
                || !Double.isFinite(worstQuality)) {
            throw new IllegalArgumentException("open journey " + name() + ": steps " + steps + ", lastImportance "
                    + lastImportance + ", worstQuality " + worstQuality
                    + "; expected steps of at least 1, an importance greater than 0, and finite values");
        }
        check("losses", sum, steps);
        check("worstLosses", worst, 1);
        check("lastLosses", last, 1);
    }

    private void check(String field, double[] losses, int events) {
        boolean negative = losses[0] < 0 || losses[1] < 0 || losses[2] < 0 || losses[3] < 0;
        if (negative || !(total(losses) <= events * (1 + ROUNDING))) {
            throw new IllegalArgumentException("open journey " + name() + ": " + field + " " + Arrays.toString(losses)
                    + "; expected at least 0 each and a sum of at most " + events);
        }
    }

    /** Returns the journey's name. */
    public String name() {
        return rules.name();
    }

    /** Returns the time of its first event, in milliseconds since 1970-01-01T00:00:00Z. */
    public long openedMs() {
        return openedMs;
    }

    /** Returns the latest time of its events. */
    public long lastEventMs() {
        return lastEventMs;
    }

    /** Returns the number of its events so far. */
    public int steps() {
        return steps;
    }

    /** Returns the rules of the journey. */
    public JourneyRules rules() {
        return rules;
    }

    /** Returns the verdict at each touchpoint so far. */
    StepVerdicts passed() {
        return passed;
    }

    /** Takes over the verdict at each touchpoint. */
    void restorePassed(StepVerdicts read) {
        passed = read;
    }

    /**
     * Returns the number of its last step by arrival, from 1 to {@value #LAST_PLACE}; 0 if it is in no funnel, because
     * it is from an older snapshot.
     */
    public int place() {
        return place;
    }

    /** Returns the touchpoint of its last step by arrival; blank if unknown. */
    public String touchpoint() {
        return Objects.requireNonNullElse(at, "");
    }

    /** Moves to the next place. */
    void moveTo(String touchpoint) {
        place = Math.min(place + 1, LAST_PLACE);
        at = touchpoint;
    }

    /** Sets the touchpoint of its end, which has no place until the first event arrives. */
    void endedAt(String touchpoint) {
        at = touchpoint;
    }

    /** Takes over the place in the funnel. */
    void restorePlace(JourneyProgress read) {
        place = read.place;
        at = read.at;
    }

    /** Returns whether its last event arrived after that of another journey, or at the same time. */
    boolean isLaterThan(JourneyProgress other) {
        return lastArrivalMs >= other.lastArrivalMs;
    }

    Channel lastChannel() {
        return lastChannel;
    }

    double lastImportance() {
        return lastImportance;
    }

    /** Returns whether the journey has timed out by the time of an event. */
    boolean isOverAtEvent(long timeMs) {
        return timeMs - lastEventMs > rules.timeoutMs();
    }

    /** Returns the time at which it times out if no event arrives. */
    long dueMs() {
        return lastArrivalMs + rules.timeoutMs() + 1;
    }

    /** Returns whether it has timed out. */
    boolean isOverAt(long nowMs) {
        return nowMs - lastArrivalMs > rules.timeoutMs();
    }

    /** Returns the time at which it counts as abandoned if no event arrives. */
    long abandonedMs() {
        return lastEventMs + rules.timeoutMs();
    }

    boolean wasAbandonedAlready() {
        return lastOutcome == Outcome.ABANDONED;
    }

    /** Returns whether an event of that time happened before one that has already arrived. */
    boolean isLate(long timeMs) {
        return timeMs < lastEventMs;
    }

    /** Sets the first event, which arrived after the others. */
    void openAt(long timeMs) {
        openedMs = timeMs;
    }

    /**
     * Returns whether an event of that time could be the first event of this journey, whose end has already arrived.
     */
    boolean endsWhatOpensAt(JourneyRules opened, long timeMs) {
        return rules.name().equals(opened.name()) && isLate(timeMs) && lastEventMs - timeMs <= opened.timeoutMs();
    }

    void goBack(long toMs) {
        openedMs = Math.min(openedMs, toMs);
        lastEventMs = Math.min(lastEventMs, toMs);
        lastArrivalMs = Math.min(lastArrivalMs, toMs);
    }

    /** Adds an event. A late event is placed by its time and does not replace the last event. */
    void add(Assessment assessment, Outcome outcome, Channel channel, double importance, long nowMs) {
        boolean late = isLate(assessment.timeMs());
        addQuality(assessment, steps == 0, late);
        steps = (int) Math.min(steps + 1L, Integer.MAX_VALUE);
        lastArrivalMs = nowMs;
        if (late) {
            return;
        }
        lastEventMs = assessment.timeMs();
        lastOutcome = outcome;
        lastImportance = importance;
        if (channel.isKnown()) {
            lastChannel = channel;
        }
    }

    private void addQuality(Assessment assessment, boolean firstEvent, boolean late) {
        double[] losses = late ? new double[MEASURED] : last;
        for (int i = 0; i < losses.length; i++) {
            losses[i] = assessment.loss(DRIVERS[i]);
            sum[i] += losses[i];
        }
        if (firstEvent || assessment.quality() < worstQuality) { // among equals the first to arrive stays the worst
            worstQuality = assessment.quality();
            System.arraycopy(losses, 0, worst, 0, worst.length);
        }
        effort = effort.plus(assessment.effort());
    }

    /** Assesses the journey as completed now. */
    Assessment complete(ScoreModel model) {
        return judge(model, steps, 1, lastEventMs);
    }

    /**
     * Assesses the journey as abandoned. Call it only once, since it adds the abandonment to the losses.
     *
     * @param abandonment the abandonment as an event; empty if the customer's last event was one
     */
    Assessment abandon(ScoreModel model, Optional<Assessment> abandonment) {
        abandonment.ifPresent(event -> addQuality(event, false, false));
        int events = steps + (abandonment.isPresent() ? 1 : 0);
        return judge(model, events, model.get(ModelConstant.ABANDONED_JOURNEY_QUALITY), abandonedMs());
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
        return Assessment.of(
                Assessment.Kind.JOURNEY,
                timeMs,
                timeMs,
                1,
                1,
                new Losses(Math.max(0, 1 - lost), losses[0], losses[1], losses[2], losses[3], 0),
                effort,
                null,
                Double.NaN);
    }

    private static double total(double[] losses) {
        return losses[0] + losses[1] + losses[2] + losses[3];
    }

    /** Merges two records of the same journey of the same customer. The funnel place is that of the later one. */
    JourneyProgress merge(JourneyProgress other) {
        boolean thisIsLater = isLaterThan(other);
        JourneyProgress later = thisIsLater ? this : other;
        JourneyProgress sooner = thisIsLater ? other : this;
        JourneyProgress merged = new JourneyProgress(later.rules, Math.min(openedMs, other.openedMs));
        merged.lastEventMs = Math.max(lastEventMs, other.lastEventMs);
        merged.lastArrivalMs = later.lastArrivalMs;
        merged.lastOutcome = later.lastOutcome;
        merged.lastImportance = later.lastImportance;
        merged.lastChannel = later.lastChannel.isKnown() ? later.lastChannel : sooner.lastChannel;
        merged.steps = (int) Math.min((long) steps + other.steps, Integer.MAX_VALUE);
        JourneyProgress worse = later.worstQuality < sooner.worstQuality ? later : sooner;
        merged.worstQuality = worse.worstQuality;
        for (int i = 0; i < sum.length; i++) {
            merged.sum[i] = sum[i] + other.sum[i];
            merged.worst[i] = worse.worst[i];
            merged.last[i] = later.last[i];
        }
        merged.effort = effort.plus(other.effort);
        merged.passed.addAll(sooner.passed);
        merged.passed.addAll(later.passed);
        merged.restorePlace(later);
        return merged;
    }
}
