package dev.touchstone.scoring.internal;

import dev.touchstone.internal.Fields;
import dev.touchstone.scoring.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The worst verdict at each touchpoint of a journey, for the first {@value #MOST} touchpoints. Mutable and not
 * thread-safe.
 */
public final class StepVerdicts {

    private static final int MOST = 16;
    private static final String[] NONE = {};
    private static final Verdict[] VERDICTS = Verdict.values();
    private static final int BITS = 2;
    private static final int MASK = (1 << BITS) - 1;

    private String[] touchpoints;
    // two bits per touchpoint, the first one lowest: the ordinal of its verdict
    private int packed;

    /** Creates an empty instance. */
    public StepVerdicts() {
        this(NONE, 0);
    }

    private StepVerdicts(String[] touchpoints, int packed) {
        this.touchpoints = touchpoints;
        this.packed = packed;
    }

    StepVerdicts copy() {
        return new StepVerdicts(touchpoints, packed); // the array is never modified
    }

    boolean isEmpty() {
        return touchpoints.length == 0;
    }

    /** Returns whether a touchpoint was passed. */
    boolean contains(String touchpoint) {
        for (String passed : touchpoints) {
            if (passed.equals(touchpoint)) {
                return true;
            }
        }
        return false;
    }

    /** Adds an event at a touchpoint; ignored without a verdict. */
    void add(String touchpoint, @Nullable Verdict verdict) {
        if (verdict == null) {
            return;
        }
        for (int i = 0; i < touchpoints.length; i++) {
            if (touchpoints[i].equals(touchpoint)) {
                if (verdict.ordinal() > ordinal(i)) {
                    packed = (packed & ~(MASK << (BITS * i))) | (verdict.ordinal() << (BITS * i));
                }
                return;
            }
        }
        int known = touchpoints.length;
        if (known < MOST) {
            touchpoints = Arrays.copyOf(touchpoints, known + 1);
            touchpoints[known] = touchpoint;
            packed |= verdict.ordinal() << (BITS * known);
        }
    }

    private int ordinal(int index) {
        return (packed >>> (BITS * index)) & MASK;
    }

    /** Adds the verdicts in another record of the same journey. */
    void addAll(StepVerdicts other) {
        other.forEach(this::add);
    }

    /** Passes each touchpoint with its worst verdict, in order of the first event. */
    public void forEach(BiConsumer<String, Verdict> visitor) {
        for (int i = 0; i < touchpoints.length; i++) {
            visitor.accept(touchpoints[i], VERDICTS[ordinal(i)]);
        }
    }

    /** Lists the fields. */
    StepVerdicts fields(Fields fields) {
        List<Step> steps = new ArrayList<>();
        forEach((touchpoint, verdict) -> steps.add(new Step(touchpoint, verdict)));
        List<Step> read = fields.list("steps", steps, () -> Step.BLANK, Step::fields);
        if (read != steps) {
            if (read.size() > MOST || read.stream().anyMatch(step -> step.touchpoint.isBlank())) {
                throw new IllegalArgumentException(
                        read.size() + " touchpoints in a journey; expected at most " + MOST + ", each with a name");
            }
            touchpoints = NONE;
            packed = 0;
            read.forEach(step -> add(step.touchpoint, step.verdict));
        }
        return this;
    }

    private record Step(String touchpoint, Verdict verdict) {

        private static final Step BLANK = new Step("", Verdict.EXCEEDED);

        private Step fields(Fields fields) {
            return new Step(fields.text("touchpoint", touchpoint), fields.constant("worst", VERDICTS, verdict));
        }
    }
}
