package dev.touchstone.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.survey.Mentions.Side;
import org.junit.jupiter.api.Test;

class MentionsTest {

    @Test
    void voiceIsSharedByMentionsAndByReach() {
        Mentions mentions = new Mentions(new Side(30, 10, 20, 4_000), new Side(5, 30, 5, 1_000));
        assertThat(mentions.shareOfVoice().orElseThrow().value()).isEqualTo(60);
        assertThat(mentions.shareOfVoice().orElseThrow().n()).isEqualTo(100);
        assertThat(mentions.shareOfReach()).hasValue(80);
        assertThat(mentions.own().netSentiment().orElseThrow().value()).isCloseTo(100 / 6.0, within(1e-12));
        assertThat(mentions.competitors().netSentiment().orElseThrow().value()).isZero();
        assertThat(mentions.plus(Mentions.NONE)).isEqualTo(mentions);
        assertThat(mentions.plus(mentions).own()).isEqualTo(new Side(60, 20, 40, 8_000));
    }

    @Test
    void silenceHasNoShare() {
        assertThat(Mentions.NONE.shareOfVoice()).isEmpty();
        assertThat(Mentions.NONE.shareOfReach()).isEmpty();
        assertThat(Mentions.NONE.own().netSentiment()).isEmpty();
        assertThatThrownBy(() -> new Side(0, 0, -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Side(0, 0, 0, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
