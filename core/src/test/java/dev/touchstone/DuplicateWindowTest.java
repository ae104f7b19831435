package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.PseudonymKey.EventKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DuplicateWindowTest {

    private final DuplicateWindow window = new DuplicateWindow();

    @Test
    void remembersAsASetOfTheLastIdsDoes() {
        SplittableRandom random = new SplittableRandom(1);
        Set<EventKey> expected = new LinkedHashSet<>();
        int differences = 0;
        for (int i = 0; i < 4 * DuplicateWindow.SIZE; i++) {
            EventKey id = new EventKey(random.nextInt(3), random.nextInt(2 * DuplicateWindow.SIZE));
            differences += window.add(id) == expected.add(id) ? 0 : 1;
            if (expected.size() > DuplicateWindow.SIZE) {
                expected.remove(expected.iterator().next());
            }
        }
        assertThat(differences).isZero();
        assertThat(window.saved()).isEqualTo(List.copyOf(expected));
    }

    @Test
    void idsWithTheSameLowerBitsStayDistinctWhenTheOldestIsForgotten() {
        List<EventKey> crowded = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            crowded.add(
                    new EventKey(i, 4L * DuplicateWindow.SIZE * i - 3)); // their slots go around the end of the table
        }
        crowded.forEach(id -> assertThat(window.add(id)).isTrue());
        for (int i = crowded.size(); i < DuplicateWindow.SIZE + 50; i++) {
            window.add(new EventKey(-1, 1_000 + i));
        }
        crowded.subList(50, 100).forEach(id -> assertThat(window.add(id)).isFalse());
        crowded.subList(0, 50).forEach(id -> assertThat(window.add(id)).isTrue());
    }

    @Test
    void theAllZeroIdIsAnIdLikeAnyOther() {
        assertThat(window.add(new EventKey(0, 0))).isTrue();
        assertThat(window.add(new EventKey(0, 0))).isFalse();
        assertThat(window.saved()).containsExactly(new EventKey(0, 0));
    }

    @Test
    void restoredIdsKeepTheirOrder() {
        List<EventKey> ids = new ArrayList<>();
        for (int i = 0; i < DuplicateWindow.SIZE + 10; i++) {
            ids.add(new EventKey(i, 7L * i));
        }
        window.restore(ids);
        assertThat(window.saved()).isEqualTo(ids.subList(10, ids.size()));
        DuplicateWindow next = new DuplicateWindow();
        next.restore(window.saved());
        assertThat(next.saved()).isEqualTo(window.saved());
    }
}
