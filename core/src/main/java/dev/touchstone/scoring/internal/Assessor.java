package dev.touchstone.scoring.internal;

import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Assessment.Losses;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.Verdict;
import java.util.stream.Stream;

/** Assesses events under a model. Immutable and thread-safe. */
public final class Assessor {

    private static final double STEP_TOLERANCE = 4;
    private static final double RECOVERY_TOLERANCE = 4;
    /** The scale at which the logistic curve approximates the normal distribution. */
    private static final double LOGISTIC_SCALE = 1.702;

    private static final double LEAST_EVENTS_TO_COMPARE = 30;

    private final ScoreModel model;
    private final EffortSizes sizes;
    private final boolean step;
    private final boolean personal;
    private final double targetTolerance;
    private final double promiseTolerance;
    private final double paceShare;
    private final double paceEvents;
    private final double paceSpread;
    private final double easeUnits;
    private final double missedUnits;
    // by outcome; a lookup in the model's map would allocate
    private final double[] qualities;
    private final double firstWeight;
    private final double repeatFailureWeight;

    /** Creates an assessor for a model. */
    public Assessor(ScoreModel model) {
        this.model = model;
        this.sizes = new EffortSizes(model);
        this.step = model.curve() == ScoreModel.Curve.STEP;
        this.personal = model.expectation() == ScoreModel.Expectation.PERSONAL;
        this.targetTolerance = model.get(ModelConstant.TARGET_TOLERANCE);
        this.promiseTolerance = model.get(ModelConstant.PROMISE_TOLERANCE);
        this.paceShare = model.get(ModelConstant.PACE_SHARE);
        this.paceEvents = model.get(ModelConstant.PACE_EVENTS);
        this.paceSpread = model.get(ModelConstant.PACE_SPREAD);
        this.easeUnits = model.get(ModelConstant.EASE_UNITS);
        this.missedUnits = model.get(ModelConstant.MISSED_UNITS);
        this.qualities = Stream.of(Outcome.values()).mapToDouble(model::quality).toArray();
        this.firstWeight = model.get(ModelConstant.FIRST_WEIGHT);
        this.repeatFailureWeight = model.get(ModelConstant.REPEAT_FAILURE_WEIGHT);
    }

    /** Returns the model. */
    public ScoreModel model() {
        return model;
    }

    /**
     * Assesses an event without a customer.
     *
     * @param timeMs when it happened
     * @param pace the usual pace at the touchpoint
     */
    public Assessment assessAnonymous(
            TouchpointEvent event, long timeMs, TouchpointRules touchpoint, Pace.Reading pace) {
        return assess(event, timeMs, touchpoint, Situation.ofNobody(timeMs), pace);
    }

    /** Assesses an event in a situation. */
    Assessment assess(
            TouchpointEvent event, long timeMs, TouchpointRules touchpoint, Situation situation, Pace.Reading pace) {
        Outcome outcome = event.outcomeOrSuccess();
        double duration = event.durationMsOrNaN();
        boolean promised = !Double.isNaN(event.promiseMsOrNaN());
        // NaN without a promise or a duration; NaN is never late
        double lateness = duration / (promised ? event.promiseMsOrNaN() : touchpoint.targetMs());
        double z = paceOf(duration, pace);
        double reduced = personal ? z - situation.habit() : z;
        Effort effort = effort(event, situation, outcome);
        Losses losses = Waterfall.ofFactors(
                qualities[outcome.ordinal()],
                promiseQuality(lateness, promised ? promiseTolerance : targetTolerance),
                paceQuality(reduced, pace.events()),
                ease(effort));
        return Assessment.of(
                Assessment.Kind.EVENT,
                timeMs,
                situation.taskTimeMs(),
                situation.tasks(),
                weight(touchpoint, situation, outcome),
                losses,
                effort,
                verdict(outcome, lateness, effort, reduced, pace.events()),
                z);
    }

    /** Assesses a valid answer that is not about effort. */
    public Assessment assess(Feedback feedback, long timeMs, TouchpointRules touchpoint) {
        boolean sentiment = feedback.scale() == Feedback.Scale.SENTIMENT;
        double weight = model.get(sentiment ? ModelConstant.SENTIMENT_WEIGHT : ModelConstant.FEEDBACK_WEIGHT);
        double quality = sentiment ? quality(feedback.value().orElse(0)) : feedback.position();
        return Assessment.of(
                Assessment.Kind.FEEDBACK,
                timeMs,
                timeMs,
                0,
                touchpoint.importance() * weight,
                Waterfall.ofFeedback(quality),
                Effort.NONE,
                null,
                Double.NaN);
    }

    /** Assesses the timeout of a journey as one more event. */
    Assessment assessAbandonment(long timeMs, long taskTimeMs, double importance) {
        Effort effort = sizes.ofAbandonment();
        Losses losses =
                Waterfall.ofFactors(model.quality(Outcome.ABANDONED), 1, paceQuality(Double.NaN, 0), ease(effort));
        return Assessment.of(
                Assessment.Kind.ABANDONMENT,
                timeMs,
                taskTimeMs,
                0,
                importance,
                losses,
                effort,
                Verdict.MISSED,
                Double.NaN);
    }

    /**
     * Assesses a resolved recovery case, with the weight of an answer.
     *
     * @param outcome how it ended
     * @param lateness its longest silence divided by the allowed silence
     * @param reopened whether the customer had to raise it again
     */
    public Assessment assessRecovery(
            Outcome outcome, double lateness, boolean reopened, long timeMs, TouchpointRules touchpoint) {
        Effort effort = sizes.of(0, 0, 0, 0, 0, count(reopened), 0);
        Losses losses = Waterfall.ofFactors(
                qualities[outcome.ordinal()],
                promiseQuality(lateness, RECOVERY_TOLERANCE),
                paceQuality(Double.NaN, 0),
                ease(effort));
        return Assessment.of(
                Assessment.Kind.RECOVERY,
                timeMs,
                timeMs,
                0,
                touchpoint.importance() * model.get(ModelConstant.FEEDBACK_WEIGHT),
                losses,
                effort,
                null,
                Double.NaN);
    }

    private double quality(double sentiment) {
        double mean = model.get(ModelConstant.PRIOR_MEAN);
        return mean + sentiment * (sentiment >= 0 ? 1 - mean : mean);
    }

    private double paceOf(double duration, Pace.Reading pace) {
        return pace.events() > 0
                ? (Math.log(duration) - pace.mean()) / Math.max(pace.deviation(), paceSpread)
                : Double.NaN;
    }

    private double promiseQuality(double lateness, double tolerance) {
        if (!(lateness > 1)) {
            return 1;
        }
        if (step) {
            return lateness <= STEP_TOLERANCE ? 0.5 : 0;
        }
        return lateness < tolerance ? 1 - Math.log(lateness) / Math.log(tolerance) : 0;
    }

    private double paceQuality(double z, double events) {
        if (Double.isNaN(z)) {
            return 1 - paceShare / 2;
        }
        double slowness = 1 / (1 + Math.exp(-LOGISTIC_SCALE * z));
        return 1 - paceShare * (0.5 + (slowness - 0.5) * events / (events + paceEvents));
    }

    private double ease(Effort effort) {
        return model.ease() && effort.total() > 0 ? Math.pow(2, -effort.total() / easeUnits) : 1;
    }

    private Effort effort(TouchpointEvent event, Situation situation, Outcome outcome) {
        return sizes.of(
                Math.max(event.retries(), count(situation.retry())),
                Math.max(event.excessSteps(), count(situation.excessStep())),
                event.transfers(),
                count(situation.channelSwitch()),
                event.repeatedInformation(),
                count(situation.repeatContact()),
                count(outcome == Outcome.ABANDONED));
    }

    private static double count(boolean happened) {
        return happened ? 1 : 0;
    }

    private double weight(TouchpointRules touchpoint, Situation situation, Outcome outcome) {
        double weight = touchpoint.importance();
        if (situation.first()) {
            weight *= firstWeight;
        }
        if (situation.repeatedFailure() && outcome == Outcome.FAILURE) {
            weight *= repeatFailureWeight;
        }
        return weight;
    }

    private Verdict verdict(Outcome outcome, double lateness, Effort effort, double z, double events) {
        boolean comparable = events >= LEAST_EVENTS_TO_COMPARE;
        if (outcome != Outcome.SUCCESS
                || lateness > 1
                || effort.total() >= missedUnits
                || (personal && comparable && z > 1)) {
            return Verdict.MISSED;
        }
        return comparable && z <= -1 && effort.total() == 0 ? Verdict.EXCEEDED : Verdict.MET;
    }
}
