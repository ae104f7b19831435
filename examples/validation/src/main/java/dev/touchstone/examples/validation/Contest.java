package dev.touchstone.examples.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Ways to rank the same cases, side by side. Not thread-safe. */
final class Contest {

    private final String key;
    private final String title;
    private final boolean[] bad;
    private final List<Line> lines = new ArrayList<>();
    private final List<Learned> learned = new ArrayList<>();

    /**
     * @param key what the keys of its lines begin with
     * @param title what the cases are
     * @param bad how each case ended
     * @throws DataException if all ended alike, for then there is nothing to rank
     */
    Contest(String key, String title, boolean[] bad) {
        this.key = key;
        this.title = title;
        this.bad = bad.clone();
        if (badCases() == 0 || badCases() == cases()) {
            throw new DataException(
                    "too few rows for \"" + title + "\": of " + cases() + " cases " + badCases() + " are bad");
        }
    }

    /** Ranks by a risk, which is the higher the worse. */
    Contest rank(String way, String name, double[] risk) {
        return rank(way, name, risk, OptionalDouble.empty());
    }

    /** Ranks by a risk and says which area it is to reach. */
    Contest rank(String way, String name, double[] risk, double mark) {
        return rank(way, name, risk, OptionalDouble.of(mark));
    }

    private Contest rank(String way, String name, double[] risk, OptionalDouble mark) {
        lines.add(new Line(way.isEmpty() ? key : key + "." + way, name, Auc.of(risk, bad), mark));
        return this;
    }

    /**
     * Ranks by what the learner predicted from all earlier answers, and adds what it predicted in every run.
     *
     * @param key what the keys begin with
     * @param risks the probability of a bad answer for each case, by run
     * @param mark which area it is to reach
     */
    Contest predicted(String key, Function<Run, double[]> risks, OptionalDouble mark) {
        for (Run run : Run.values()) {
            double[] risk = risks.apply(run);
            learned(key + run.key, run.label, risk);
            if (run == Run.ALL) {
                lines.add(new Line(key, "predicted from earlier answers", Auc.of(risk, bad), mark));
            }
        }
        return this;
    }

    /**
     * Adds what was predicted from a part of the answers.
     *
     * @param key what the keys begin with
     */
    Contest learned(String key, String name, double[] risk) {
        learned.add(new Learned(key, name, Forecast.of(risk, bad)));
        return this;
    }

    String key() {
        return key;
    }

    String title() {
        return title;
    }

    int cases() {
        return bad.length;
    }

    int badCases() {
        int count = 0;
        for (boolean one : bad) {
            count += one ? 1 : 0;
        }
        return count;
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    List<Learned> learned() {
        return List.copyOf(learned);
    }

    /**
     * Predictions from a part of the answers.
     *
     * @param name which answers
     */
    record Learned(String key, String name, Forecast forecast) {}

    /**
     * One way.
     *
     * @param mark which area it is to reach on the development rows
     */
    record Line(String key, String name, Auc auc, OptionalDouble mark) {}
}
