package dev.touchstone.examples.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Ways to rank the same cases, side by side. Not thread-safe. */
final class Contest {

    private final String key;
    private final String title;
    private final boolean[] bad;
    private final List<Line> lines = new ArrayList<>();

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

    /**
     * One way.
     *
     * @param mark which area it is to reach on the development rows
     */
    record Line(String key, String name, Auc auc, OptionalDouble mark) {}
}
