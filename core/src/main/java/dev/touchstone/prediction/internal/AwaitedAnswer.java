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
 * The last event of a customer as the learner sees it, for 30 days after the event. In as few bytes as possible, since
 * every customer who did something has one: losses, pace and predictor are floats, and features are computed from these,
 * so that whatever is restored predicts and teaches the same. Mutable and not thread-safe.
 */
public final class AwaitedAnswer implements Cloneable {

    /** For how long after the event an answer teaches something, in milliseconds. */
    public static final long KEPT_MS = 30L * 86_400_000;

    private static final String[] NO_KEYS = {};

    private long timeMs;
    private Channel channel = Channel.UNKNOWN;
    // each effect that the event has, followed by its key
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

    /** Returns one for an event that is still to be {@linkplain #expect expected an answer to}, or for a reader to fill. */
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
            throw new IllegalArgumentException("awaited answer: " + value + " is not within " + low + " and " + high);
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
            throw new IllegalArgumentException(read.size() + " keys: there are at most " + Learner.MAX_EFFECTS);
        }
        keys = new String[2 * read.size()];
        for (int i = 0; i < read.size(); i++) {
            keys[2 * i] = read.get(i).effect;
            keys[2 * i + 1] = read.get(i).key;
        }
    }

    /** Forgets the event before and begins with a later one, without the keys and the predictor, which come next. */
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

    /** Has room for the keys of so many effects, and none of them. */
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

    /** Sets what the {@linkplain Learner#predictor predictor} was when the event was assessed. */
    void predictor(double predicted) {
        predictor = (float) predicted;
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

    /** Returns whether an answer given at a time would teach something: it is the first, and not too late. */
    public boolean isAwaitedAt(long answerMs) {
        return !answered && isKeptAt(answerMs);
    }

    /** Returns whether the event is recent enough at a time. */
    public boolean isKeptAt(long nowMs) {
        return nowMs - timeMs < KEPT_MS;
    }

    void answer() {
        answered = true;
    }

    /** Corrects what was dated later than the time is now, after the time went back. */
    public void goBack(long toMs) {
        timeMs = Math.min(timeMs, toMs);
    }

    private double quality() {
        return 1.0 - outcome - promise - pace - effort;
    }

    /** Returns it with the keys of these effects. */
    Case toCase(List<String> effects) {
        return new Case(
                Case.features(quality(), outcome, promise, pace, effort, anyEffort, slowness),
                effects.stream().map(this::key).toList(),
                missed);
    }

    /**
     * Returns the mean of a predictor with these weights: of all of them, or of the first alone.
     *
     * @param mean the mean of each weight
     */
    double mean(double[] mean, boolean all) {
        double few = mean[0] + mean[1] * Case.badness(quality());
        return all
                ? few
                        + mean[2] * outcome
                        + mean[3] * promise
                        + mean[4] * Case.paceFeature(pace)
                        + mean[5] * effort
                        + (anyEffort ? mean[6] : 0)
                        + mean[7] * slowness
                : few;
    }

    /** Returns the variance of a predictor with these weights, written out since it is computed for every event. */
    double variance(double[][] c, boolean all) {
        double f1 = Case.badness(quality());
        double few = c[0][0] + f1 * (2 * c[1][0] + f1 * c[1][1]);
        if (!all) {
            return few;
        }
        double f2 = outcome;
        double f3 = promise;
        double f4 = Case.paceFeature(pace);
        double f5 = effort;
        double f6 = anyEffort ? 1 : 0;
        double f7 = slowness;
        double[] r2 = c[2];
        double[] r3 = c[3];
        double[] r4 = c[4];
        double[] r5 = c[5];
        double[] r6 = c[6];
        double[] r7 = c[7];
        return few
                + f2 * (2 * (r2[0] + f1 * r2[1]) + f2 * r2[2])
                + f3 * (2 * (r3[0] + f1 * r3[1] + f2 * r3[2]) + f3 * r3[3])
                + f4 * (2 * (r4[0] + f1 * r4[1] + f2 * r4[2] + f3 * r4[3]) + f4 * r4[4])
                + f5 * (2 * (r5[0] + f1 * r5[1] + f2 * r5[2] + f3 * r5[3] + f4 * r5[4]) + f5 * r5[5])
                + f6 * (2 * (r6[0] + f1 * r6[1] + f2 * r6[2] + f3 * r6[3] + f4 * r6[4] + f5 * r6[5]) + f6 * r6[6])
                + f7
                        * (2 * (r7[0] + f1 * r7[1] + f2 * r7[2] + f3 * r7[3] + f4 * r7[4] + f5 * r7[5] + f6 * r7[6])
                                + f7 * r7[7]);
    }

    /** The key of an effect. */
    private record Key(String effect, String key) {

        static final Key NONE = new Key("", "");

        Key fields(Fields fields) {
            return new Key(fields.text("effect", effect), fields.text("key", key));
        }
    }
}
