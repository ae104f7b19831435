package dev.touchstone.prediction.internal;

import dev.touchstone.event.Channel;
import dev.touchstone.internal.Fields;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.scoring.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last event of a customer as input for the learner, for 30 days after the event. Compact, since every customer
 * with an event has one. Losses, pace and predictor are floats, and features are computed from these, so that a
 * restored instance predicts and learns the same. Mutable and not thread-safe.
 */
public final class AwaitedAnswer implements Cloneable {

    /** How long after the event an answer is learned from, in milliseconds. */
    public static final long KEPT_MS = 30L * 86_400_000;

    private static final String[] NO_KEYS = {};

    private long timeMs;
    private Channel channel = Channel.UNKNOWN;
    // pairs of an effect and its key
    private String[] keys = NO_KEYS;
    private float outcome;
    private float promise;
    private float pace;
    private float effort;
    private float slowness;
    private float predictor;
    private boolean anyEffort;
    private boolean missed;
    private boolean answered;

    /** Returns an empty instance, for {@link #expect} or for a reader to fill. */
    public static AwaitedAnswer blank() {
        return new AwaitedAnswer();
    }

    /** Returns an independent copy. */
    public AwaitedAnswer copy() {
        try {
            AwaitedAnswer copy = (AwaitedAnswer) clone();
            copy.keys = keys.length == 0 ? keys : keys.clone();
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** Lists the fields. */
    public AwaitedAnswer fields(Fields fields) {
        timeMs = fields.time("event", timeMs);
        channel = fields.channel("channel", channel);
        outcome = inRange(fields.number("outcomeLoss", outcome), 0, 1);
        promise = inRange(fields.number("promiseLoss", promise), 0, 1);
        pace = inRange(fields.number("paceLoss", pace), 0, 1);
        effort = inRange(fields.number("effortLoss", effort), 0, 1);
        slowness = inRange(fields.number("slowness", slowness), -Case.MOST_PACE, Case.MOST_PACE);
        predictor = inRange(fields.number("predictor", predictor), -Float.MAX_VALUE, Float.MAX_VALUE);
        anyEffort = fields.flag("anyEffort", anyEffort);
        missed = fields.flag("missed", missed);
        answered = fields.flag("answered", answered);
        List<Key> had = keyList();
        List<Key> read = fields.list("keys", had, () -> Key.NONE, Key::fields);
        if (read != had) {
            restore(read);
        }
        return this;
    }

    private static float inRange(double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException("awaited answer: value " + value + ", expected " + low + " to " + high);
        }
        return (float) value;
    }

    private List<Key> keyList() {
        List<Key> list = new ArrayList<>();
        for (int i = 0; i < keys.length; i += 2) {
            list.add(new Key(keys[i], keys[i + 1]));
        }
        return list;
    }

    private void restore(List<Key> read) {
        if (read.size() > Learner.MAX_EFFECTS) {
            throw new IllegalArgumentException(read.size() + " keys: expected at most " + Learner.MAX_EFFECTS);
        }
        keys = new String[2 * read.size()];
        for (int i = 0; i < read.size(); i++) {
            keys[2 * i] = read.get(i).effect;
            keys[2 * i + 1] = read.get(i).key;
        }
    }

    /** Replaces the previous event by a later one, without the keys and the predictor, which are set next. */
    public void expect(Assessment assessment, Channel where) {
        timeMs = assessment.timeMs();
        channel = where;
        outcome = (float) assessment.loss(LossDriver.OUTCOME);
        promise = (float) assessment.loss(LossDriver.PROMISE);
        pace = (float) assessment.loss(LossDriver.PACE);
        effort = (float) assessment.loss(LossDriver.EFFORT);
        double compared = assessment.pace();
        slowness = Double.isNaN(compared) ? 0 : (float) Math.max(-Case.MOST_PACE, Math.min(compared, Case.MOST_PACE));
        anyEffort = assessment.effort().total() > 0;
        missed = assessment.verdictOrNull() == Verdict.MISSED;
        answered = false;
    }

    /** Allocates this many effects, without keys. */
    public void clearKeys(int effects) {
        if (keys.length != 2 * effects) {
            keys = effects == 0 ? NO_KEYS : new String[2 * effects];
        }
        Arrays.fill(keys, "");
    }

    /** Sets the key of an effect. */
    public void key(int index, String effect, String key) {
        keys[2 * index] = effect;
        keys[2 * index + 1] = key;
    }

    /** Returns the key of an effect; empty if the event has none. */
    String key(String effect) {
        for (int i = 0; i < keys.length; i += 2) {
            if (keys[i].equals(effect)) {
                return keys[i + 1];
            }
        }
        return "";
    }

    /** Sets the {@linkplain Learner#predictor predictor} at the time of the assessment. */
    void predictor(float predicted) {
        predictor = predicted;
    }

    double predictor() {
        return predictor;
    }

    /** Returns the time of the event. */
    public long timeMs() {
        return timeMs;
    }

    /** Returns the channel of the event. */
    public Channel channel() {
        return channel;
    }

    boolean missed() {
        return missed;
    }

    /** Returns whether an answer at a time would be learned from: it is the first, and not too late. */
    public boolean isAwaitedAt(long answerMs) {
        return !answered && isKeptAt(answerMs);
    }

    /** Returns whether the event is recent enough at a time. */
    public boolean isKeptAt(long nowMs) {
        return nowMs - timeMs < KEPT_MS;
    }

    /** Returns the time from which the event is no longer recent enough. */
    public long dueMs() {
        return timeMs + KEPT_MS;
    }

    void answer() {
        answered = true;
    }

    /** Corrects times that are in the future after the clock went back. */
    public void goBack(long toMs) {
        timeMs = Math.min(timeMs, toMs);
    }

    private double quality() {
        return 1.0 - (((double) outcome + promise) + ((double) pace + effort));
    }

    /** Returns the case with the keys of these effects. */
    Case toCase(List<String> effects) {
        return new Case(
                Case.features(quality(), outcome, promise, pace, effort, anyEffort, slowness),
                effects.stream().map(this::key).toList(),
                missed);
    }

    /** Returns the feature that takes the longest to compute, for {@link #mean} and {@link #variance}. */
    double badness() {
        return Case.badness(quality());
    }

    /**
     * Returns the mean of a predictor with these weights: all of them, or only the first two.
     *
     * @param mean the mean of each weight
     */
    double mean(double[] mean, boolean all, double badness) {
        double rest = mean[0];
        if (all) {
            rest += mean[2] * outcome
                    + mean[3] * promise
                    + mean[4] * Case.paceFeature(pace)
                    + mean[5] * effort
                    + (anyEffort ? mean[6] : 0)
                    + mean[7] * slowness;
        }
        return rest + mean[1] * badness; // last, so that nothing waits for it earlier
    }

    /**
     * Returns the variance of a predictor with these weights. Written out, since it is computed for every event and
     * most features are usually 0. A polynomial of the badness, which is known last.
     *
     * @param c the covariance row by row up to its diagonal, with off-diagonal elements doubled
     */
    double variance(double[] c, boolean all, double badness) {
        double linear = c[1];
        double rest = c[0];
        if (all) {
            double f2 = outcome;
            double f3 = promise;
            double f4 = Case.paceFeature(pace);
            double f5 = effort;
            double f6 = anyEffort ? 1 : 0;
            double f7 = slowness;
            linear += f4 * c[11];
            rest += f4 * (c[10] + f2 * c[12] + f3 * c[13] + f4 * c[14]);
            if (f2 != 0) {
                linear += f2 * c[4];
                rest += f2 * (c[3] + f2 * c[5]);
            }
            if (f3 != 0) {
                linear += f3 * c[7];
                rest += f3 * (c[6] + f2 * c[8] + f3 * c[9]);
            }
            if (f5 != 0) {
                linear += f5 * c[16];
                rest += f5 * (c[15] + f2 * c[17] + f3 * c[18] + f4 * c[19] + f5 * c[20]);
            }
            if (anyEffort) {
                linear += c[22];
                rest += c[21] + f2 * c[23] + f3 * c[24] + f4 * c[25] + f5 * c[26] + c[27];
            }
            if (f7 != 0) {
                linear += f7 * c[29];
                rest += f7 * (c[28] + f2 * c[30] + f3 * c[31] + f4 * c[32] + f5 * c[33] + f6 * c[34] + f7 * c[35]);
            }
        }
        return rest + badness * (linear + badness * c[2]);
    }

    /** The key of an effect. */
    private record Key(String effect, String key) {

        static final Key NONE = new Key("", "");

        Key fields(Fields fields) {
            return new Key(fields.text("effect", effect), fields.text("key", key));
        }
    }
}
