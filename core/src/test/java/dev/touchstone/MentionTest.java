package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Mention;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.survey.Mentions;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MentionTest {

    private static final CustomerId ADA = CustomerId.of("ada");

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final Touchstone touchstone = Touchstone.builder().clock(clock).build();

    @AfterEach
    void close() {
        touchstone.close();
    }

    private Mentions mentions() {
        return touchstone.scoreboard().indices().mentions();
    }

    private void assertBalanced() {
        Health health = touchstone.health();
        assertThat(health.offered()).isEqualTo(health.accepted() + health.totalDropped());
        assertThat(health.accepted())
                .isEqualTo(health.anonymous() + health.live() + health.evicted() + health.erased());
    }

    @Test
    void aCompetitorsMentionNeverMovesAnOwnScore() {
        touchstone.record(TouchpointEvent.builder("pay").customer(ADA).build());
        String before = scores();

        for (double sentiment : new double[] {-1, -0.5, 0, 1}) {
            touchstone.mention(Mention.competitor()
                    .touchpoint("pay")
                    .customer(ADA)
                    .channel(Channel.SOCIAL)
                    .sentiment(sentiment)
                    .reach(1_000)
                    .build());
        }

        assertThat(scores()).isEqualTo(before);
        assertThat(mentions().competitors()).isEqualTo(new Mentions.Side(1, 1, 2, 4_000));
        assertThat(mentions().shareOfVoice().orElseThrow().value()).isZero();
        assertBalanced();
    }

    private String scores() {
        Scoreboard board = touchstone.scoreboard();
        return board.overall() + " " + board.touchpoints() + " " + board.channels() + " " + touchstone.customer(ADA);
    }

    @Test
    void anOwnMentionWithoutATouchpointOrASentimentTouchesNoScore() {
        touchstone.mention(Mention.own().sentiment(-1).reach(5).customer(ADA).build());
        touchstone.mention(Mention.own().touchpoint("pay").reach(7).build());

        assertThat(touchstone.scoreboard().overall().count()).isZero();
        assertThat(touchstone.scoreboard().touchpoints()).isEmpty();
        assertThat(mentions().own()).isEqualTo(new Mentions.Side(0, 1, 1, 12));
        assertThat(mentions().shareOfReach()).hasValue(100);
        assertBalanced();
    }

    @Test
    void aSentimentAboutAnOwnTouchpointIsAnAnswerThere() {
        touchstone.mention(Mention.own()
                .touchpoint("pay")
                .customer(ADA)
                .channel(Channel.SOCIAL)
                .sentiment(-1)
                .build());

        try (Touchstone other = Touchstone.builder().clock(clock).build()) {
            other.record(TouchpointEvent.builder("pay")
                    .customer(ADA)
                    .channel(Channel.SOCIAL)
                    .feedback(Feedback.sentiment(-1))
                    .build());
            assertThat(touchstone.customer(ADA).experience())
                    .hasToString(other.customer(ADA).experience().toString());
            assertThat(touchstone.scoreboard().touchpoints().get(0).scores().count())
                    .isOne();
        }
        assertThat(mentions().own().negative()).isOne();
        assertThat(touchstone.health().live()).isOne();
        assertBalanced();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.1, -1.1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aSentimentOutOfRangeIsRejectedAndCountedAndChangesNothing(double sentiment) {
        touchstone.mention(Mention.own().touchpoint("pay").sentiment(sentiment).build());
        touchstone.mention(Mention.competitor().sentiment(sentiment).build());
        assertThat(mentions()).isEqualTo(Mentions.NONE);
        assertThat(touchstone.health().dropped(DropReason.BAD_FEEDBACK)).isEqualTo(2);
        assertBalanced();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY, 1e13})
    void aReachThatCannotBeIsRejected(double reach) {
        touchstone.mention(Mention.own().sentiment(1).reach(reach).build());
        assertThat(mentions()).isEqualTo(Mentions.NONE);
        assertThat(touchstone.health().dropped(DropReason.BAD_FEEDBACK)).isOne();
        assertThatThrownBy(() -> Mentions.of(Mention.own().reach(reach).build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void mentionsAreDroppedForTheReasonsOfEvents() {
        touchstone.mention(null);
        touchstone.mention(Mention.own().touchpoint(" ").sentiment(1).build());
        touchstone.mention(Mention.own().id("").build());
        touchstone.mention(
                Mention.own().time(clock.instant().minus(Duration.ofDays(401))).build());
        touchstone.mention(Mention.competitor().id("a").build());
        touchstone.mention(Mention.competitor().id("a").build());
        touchstone.pause();
        touchstone.mention(Mention.own().build());

        Health health = touchstone.health();
        assertThat(health.dropped(DropReason.BAD_EVENT)).isEqualTo(2);
        assertThat(health.dropped(DropReason.BLANK_TOUCHPOINT)).isOne();
        assertThat(health.dropped(DropReason.TOO_OLD)).isOne();
        assertThat(health.dropped(DropReason.DUPLICATE)).isOne();
        assertThat(health.dropped(DropReason.PAUSED)).isOne();
        assertThat(health.accepted()).isOne();
        assertThat(mentions().competitors().n()).isOne();
        assertBalanced();
    }

    @Test
    void aStrictInstanceThrowsWhatItDrops() {
        try (Touchstone strict = Touchstone.builder().strict().build()) {
            assertThatThrownBy(() -> strict.mention(Mention.own().sentiment(2).build()))
                    .isInstanceOf(RecordingException.class);
        }
    }

    @Test
    void noneIsLostUnderContention() throws InterruptedException {
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            pool.execute(() -> {
                for (int j = 0; j < 1_000; j++) {
                    touchstone.mention(Mention.own().reach(2).build());
                }
            });
        }
        pool.shutdown();
        assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(mentions().own()).isEqualTo(new Mentions.Side(0, 8_000, 0, 16_000));
        assertBalanced();
    }

    @Test
    void mentionsAreWrittenBesideTheAnswers() {
        touchstone.mention(Mention.own().sentiment(1).reach(3).build());
        touchstone.mention(Mention.competitor().reach(1).build());
        assertThat(ScoreboardJson.compact().write(touchstone.scoreboard()))
                .contains("\"mentions\":{\"shareOfVoice\":{\"value\":50.0,")
                .contains("\"shareOfReach\":75.0,\"own\":{\"netSentiment\":{\"value\":100.0,")
                .contains("\"positive\":1,\"neutral\":0,\"negative\":0,\"reach\":3.0}");
    }

    @Test
    void itIsPrintedWithoutWhoSaidIt() {
        assertThat(Mention.own()
                        .customer(CustomerId.of("canary-1"))
                        .sentiment(1)
                        .build()
                        .toString())
                .doesNotContain("canary");
    }
}
