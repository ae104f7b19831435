package dev.touchstone.examples.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private record Case(int number, long asked, long answered, String key, boolean bad) {}

    private static final History<Case> HISTORY = new History<>(Case::asked, Case::answered, Case::bad);

    @Test
    void onlyAnswersThatHaveArrivedCount() {
        Case early = new Case(1, 10, 20, "a", true);
        Case during = new Case(2, 20, 30, "a", true);
        Case after = new Case(3, 21, 40, "a", true);
        Case elsewhere = new Case(4, 21, 40, "b", true);
        Map<Case, Double> shares = HISTORY.shares(List.of(after, elsewhere, during, early), Case::key);
        assertThat(shares.get(early)).isEqualTo(0.5);
        assertThat(shares.get(during)).isEqualTo(0.5); // at the same instant is not before
        assertThat(shares.get(after)).isCloseTo((1 + 20 * 2 / 3.0) / 21, within(1e-12));
        assertThat(shares.get(elsewhere)).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void whatComesLaterChangesNothing() {
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            cases.add(new Case(i, i, i + 3, "k" + i % 3, i % 4 == 0));
        }
        Map<Case, Double> before = HISTORY.shares(cases, Case::key);
        List<Case> more = new ArrayList<>(cases);
        for (int i = 50; i < 100; i++) {
            more.add(new Case(i, i, i + 3, "k" + i % 3, true));
        }
        assertThat(HISTORY.shares(more, Case::key)).containsAllEntriesOf(before);
    }
}
