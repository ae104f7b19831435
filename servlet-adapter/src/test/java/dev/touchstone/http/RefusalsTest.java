package dev.touchstone.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalsTest {

    private final Refusals refusals = new Refusals();

    @Test
    void refusalsAreCountedByStatusAndChallengesApart() {
        refusals.count("pay", 401, true);
        refusals.count("pay", 401, false);
        refusals.count("pay", 503, false);
        refusals.count("pay", 503, false);
        assertThat(refusals.of("pay")).isEqualTo(Map.of("401", 1L, "503", 2L, "challenges", 1L));
        assertThat(refusals.of("search")).isEmpty();
    }

    @Test
    void onlyA401WithoutCredentialsIsAChallenge() {
        assertThat(Refusals.isChallenge(401, false)).isTrue();
        assertThat(Refusals.isChallenge(401, true)).isFalse();
        assertThat(Refusals.isChallenge(403, false)).isFalse();
    }

    @Test
    void numberOfTouchpointsIsLimited() {
        for (int i = 0; i < 1_000; i++) {
            refusals.count("t" + i, 403, false);
        }
        refusals.count("one.more", 403, false);
        refusals.count("t0", 403, false);
        assertThat(refusals.of("one.more")).isEmpty();
        assertThat(refusals.of("t0")).isEqualTo(Map.of("403", 2L));
    }
}
