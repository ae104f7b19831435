package dev.touchstone.scoring;

import dev.touchstone.internal.HalfUp;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The change of an experience score as one line. */
final class ScoreChange {

    private static final int MOST_PARTS = 3;
    // smaller parts are not named
    private static final double LEAST_PART = 0.5;
    private static final double LEAST_SHOWN = 0.05;

    private final Score now;
    private final Score before;

    ScoreChange(Score now, Score before) {
        this.now = now;
        this.before = before;
    }

    String text(String subject, String since) {
        double lost = before.value() - now.value();
        int sign = lost < 0 ? -1 : 1;
        Interval interval = Interval.lost(before.value(), before.interval(), now.value(), now.interval());
        Interval shown = sign > 0 ? interval : new Interval(-interval.high(), -interval.low());
        Explanation difference = now.explanation().minus(before.explanation());
        List<Map.Entry<String, Double>> parts = difference.parts().entrySet().stream()
                .filter(part -> sign * part.getValue() >= LEAST_PART)
                .sorted(Comparator.comparingDouble((Map.Entry<String, Double> part) -> -sign * part.getValue()))
                .limit(MOST_PARTS)
                .toList();
        double rest = sign * lost
                - parts.stream().mapToDouble(part -> sign * part.getValue()).sum();
        String why = parts.stream()
                .map(part -> part.getKey() + " " + HalfUp.format(sign * part.getValue(), 1))
                .collect(Collectors.joining(", "));
        if (!parts.isEmpty() && Math.abs(rest) >= LEAST_SHOWN) {
            why += ", rest " + HalfUp.format(rest, 1);
        }
        return subject + (sign > 0 ? " lost " : " gained ") + HalfUp.format(sign * lost, 1) + " ["
                + HalfUp.format(shown.low(), 1) + ", " + HalfUp.format(shown.high(), 1) + "] " + since
                + (why.isEmpty() ? "" : ": " + why);
    }
}
