package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Indices.CellAnswers;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Feedback.Scale;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.Stage;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.survey.Answers;
import dev.touchstone.survey.Ces2;
import dev.touchstone.survey.Csat;
import dev.touchstone.survey.Nps;
import dev.touchstone.test.ManualClock;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IndicesTest {

    private static final CustomerId ADA = CustomerId.of("ada");

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final Touchstone touchstone = Touchstone.builder()
            .clock(clock)
            .catalog(Catalog.builder()
                    .touchpoint("search", t -> t.stage(Stage.CONSIDERATION).journey("purchase"))
                    .touchpoint("pay", t -> t.stage(Stage.PURCHASE).channel("web"))
                    .touchpoint("call", t -> t.stage(Stage.SUPPORT).supportContact(true))
                    .journey("purchase", j -> j.ends("pay"))
                    .benchmark(new Catalog.Benchmark("nps", "sector", 32, OptionalLong.of(1200)))
                    .benchmark(new Catalog.Benchmark("csat", "us, last year", 50, OptionalLong.empty()))
                    .benchmark(new Catalog.Benchmark("happiness", "unknown", 1, OptionalLong.empty()))
                    .build())
            .build();

    @AfterEach
    void close() {
        touchstone.close();
    }

    private void answer(String touchpoint, Channel channel, Feedback feedback) {
        touchstone.record(TouchpointEvent.builder(touchpoint)
                .customer(ADA)
                .channel(channel)
                .feedback(feedback)
                .build());
    }

    private Indices indices() {
        return touchstone.scoreboard().indices();
    }

    @Test
    void answersReachEveryScopeOfTheirTouchpoint() {
        answer("search", Channel.WEB, Feedback.nps(10));
        answer("search", Channel.APP, Feedback.nps(2));
        answer("pay", Channel.WEB, Feedback.nps(7));
        answer("call", Channel.PHONE, Feedback.csat(5));

        Indices indices = indices();

        assertThat(indices.overall().nps().groups()).isEqualTo(new Answers.Groups(1, 1, 1, 19, 153));
        assertThat(indices.overall().csat()).isEqualTo(Csat.answer(5));
        assertThat(indices.cells())
                .extracting(cell -> cell.touchpoint() + " " + cell.channel())
                .containsExactly("search app", "search web", "pay web", "call phone");
        assertThat(indices.touchpoints()).containsOnlyKeys("search", "pay", "call");
        assertThat(indices.touchpoints().get("search").nps().groups().n()).isEqualTo(2);
        assertThat(indices.channels()).containsOnlyKeys("app", "phone", "web");
        assertThat(indices.channels().get("web").nps().groups()).isEqualTo(new Answers.Groups(1, 1, 0, 17, 149));
        assertThat(indices.stages()).containsOnlyKeys("CONSIDERATION", "PURCHASE", "SUPPORT");
        assertThat(indices.journeys()).containsOnlyKeys("purchase");
        assertThat(indices.journeys().get("purchase").nps().groups().n()).isEqualTo(3);
        assertThat(indices.cells().stream().map(CellAnswers::answers).reduce(Answers.NONE, Answers::plus))
                .isEqualTo(indices.overall());
    }

    @Test
    void anAnswerBesideAnOutcomeCountsOnceInItsIndex() {
        touchstone.record(TouchpointEvent.builder("pay")
                .customer(ADA)
                .outcome(Outcome.FAILURE)
                .feedback(Feedback.nps(0))
                .build());
        assertThat(indices().overall().nps()).isEqualTo(Nps.of(0, 0, 1));
        assertThat(touchstone.scoreboard().overall().count()).isEqualTo(2);
    }

    @Test
    void anAnswerAboutEffortFeedsItsIndexAndLeavesNoTraceInScores() {
        answer("call", Channel.PHONE, Feedback.ces2(6));
        answer("call", Channel.PHONE, Feedback.ces1(2));

        Scoreboard scoreboard = touchstone.scoreboard();

        assertThat(scoreboard.indices().overall().ces2()).isEqualTo(Ces2.answer(6));
        assertThat(scoreboard.indices().channels().get("phone").ces1().groups().favorable())
                .isOne();
        assertThat(scoreboard.overall().count()).isZero();
        assertThat(scoreboard.channels()).isEmpty();
        assertThat(scoreboard.touchpoints()).allMatch(cell -> cell.status() == Scoreboard.Status.NEVER_SEEN);
        assertThat(touchstone.customer(ADA).experience().isPresent()).isFalse();
        assertThat(touchstone.customer(ADA).effort().isPresent()).isFalse();
    }

    @Test
    void answersDoNotDecay() {
        answer("pay", Channel.WEB, Feedback.nps(10));
        clock.advance(java.time.Duration.ofDays(399));
        assertThat(indices().overall().nps().groups().n()).isOne();
    }

    static List<Feedback> bad() {
        return List.of(
                Feedback.nps(Double.NaN),
                Feedback.nps(10.5),
                Feedback.nps(-1),
                Feedback.csat(0),
                Feedback.csat(Double.POSITIVE_INFINITY),
                Feedback.ces1(6),
                Feedback.ces2(0.5),
                Feedback.sentiment(1.1),
                Feedback.rating(3, 5, 1),
                Feedback.rating(3, Double.NaN, 5),
                Feedback.of(Scale.RATING, 3));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void aBadAnswerIsRejectedAndCountedAndChangesNothing(Feedback feedback) {
        answer("pay", Channel.WEB, Feedback.nps(9));
        Scoreboard before = touchstone.scoreboard();

        answer("pay", Channel.WEB, feedback);
        answer("call", Channel.PHONE, feedback);

        Scoreboard after = touchstone.scoreboard();
        assertThat(after.indices()).isEqualTo(before.indices());
        assertThat(after.overall().count()).isEqualTo(before.overall().count());
        assertThat(after.overall().baseline().experience().value())
                .isEqualTo(before.overall().baseline().experience().value());
        assertThat(after.health().dropped(DropReason.BAD_FEEDBACK)).isEqualTo(2);
        assertThat(after.health().accepted()).isOne();
        assertThat(after.health().offered()).isEqualTo(3);
    }

    @Test
    void anIdThatCameWithABadAnswerMayComeAgain() {
        touchstone.record(TouchpointEvent.builder("pay")
                .id("a")
                .feedback(Feedback.nps(11))
                .build());
        touchstone.record(TouchpointEvent.builder("pay")
                .id("a")
                .feedback(Feedback.nps(10))
                .build());
        touchstone.record(TouchpointEvent.builder("pay")
                .id("a")
                .feedback(Feedback.nps(10))
                .build());
        assertThat(indices().overall().nps().groups().n()).isOne();
    }

    @Test
    void benchmarksAreComparedWithAllAnswers() {
        for (int i = 0; i < 100; i++) {
            answer("pay", Channel.WEB, Feedback.nps(i < 60 ? 9 : i < 80 ? 8 : 3));
        }
        List<Indices.Comparison> comparisons = indices().benchmarks();
        assertThat(comparisons)
                .extracting(one -> one.benchmark().peer())
                .containsExactly("sector", "us, last year", "unknown");
        double own = 40 / 103.0;
        double theirs = 384 / 1203.0;
        double error = 100 * Math.sqrt((81.5 / 103 - own * own) / 103 + (1201.5 / 1203 - theirs * theirs) / 1203);
        assertThat(comparisons.get(0).difference()).hasValueSatisfying(difference -> {
            assertThat(difference.value()).isEqualTo(8);
            assertThat(difference.test().z()).isCloseTo(100 * (own - theirs) / error, within(1e-12));
            assertThat(difference.interval().low()).isCloseTo(100 * (own - theirs) - 1.96 * error, within(1e-12));
        });
        assertThat(comparisons.get(1).difference()).isEmpty();
        assertThat(comparisons.get(2).difference()).isEmpty();
    }

    @Test
    void nobodyAnsweredAtFirst() {
        assertThat(indices().overall().isEmpty()).isTrue();
        assertThat(indices().cells()).isEmpty();
        assertThat(Touchstone.noop().scoreboard().indices()).isEqualTo(Indices.NONE);
    }
}
