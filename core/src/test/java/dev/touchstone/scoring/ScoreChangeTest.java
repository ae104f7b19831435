package dev.touchstone.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/** Why a score changed. */
class ScoreChangeTest {

    private static Explanation explanation(double outcome, double promise, double pace, double prior) {
        Map<String, Double> parts = new LinkedHashMap<>();
        parts.put("outcome", outcome);
        parts.put("promise", promise);
        parts.put("pace", pace);
        parts.put("prior", prior);
        return Explanation.of(parts);
    }

    private static Score score(double low, double high, Explanation explanation) {
        return Score.of(100 - explanation.sum(), low, high, 10, explanation);
    }

    private final Score before = score(86, 92, explanation(4, 1, 3, 2));
    private final Score now = score(80, 88, explanation(4.2, 2.9, 7, 2.1));

    @Test
    void differenceOfExplanationsIsTheDifferenceOfScores() {
        Explanation difference = now.explanation().minus(before.explanation());
        assertThat(difference.sum()).isCloseTo(before.value() - now.value(), within(1e-9));
        assertThat(difference.part("pace")).isCloseTo(4, within(1e-9));
        Explanation other = Explanation.of(Map.of("feedback", 2.0));
        assertThat(other.minus(before.explanation()).part("outcome")).isEqualTo(-4);
        assertThat(other.minus(before.explanation()).part("feedback")).isEqualTo(2);
    }

    @Test
    void lineSaysHowMuchWasLostAndWhy() {
        assertThat(now.changeFrom(before, "search", "since yesterday"))
                .isEqualTo("search lost 6.2 [0.4, 10.5] since yesterday: pace 4.0, promise 1.9, rest 0.3");
    }

    @Test
    void lineSaysWhatWasGained() {
        assertThat(before.changeFrom(now, "search", "since the release"))
                .isEqualTo("search gained 6.2 [0.4, 10.5] since the release: pace 4.0, promise 1.9, rest 0.3");
        assertThat(now.changeFrom(now, "search", "since noon")).isEqualTo("search lost 0.0 [-5.7, 5.7] since noon");
    }

    @Test
    void whatIsNotThereIsNotCompared() {
        assertThatThrownBy(() -> now.changeFrom(Score.absent(), "search", "since noon"))
                .isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> Score.absent().changeFrom(now, "search", "since noon"))
                .isInstanceOf(NoSuchElementException.class);
    }
}
