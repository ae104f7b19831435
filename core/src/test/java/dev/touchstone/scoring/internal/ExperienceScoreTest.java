package dev.touchstone.scoring.internal;

import static dev.touchstone.scoring.internal.Trial.at;
import static dev.touchstone.scoring.internal.Trial.failureAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.Scope;
import dev.touchstone.Scoreboard.Status;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.internal.HalfUp;
import dev.touchstone.scoring.Interval;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.Score;
import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Sections 3 and 4: how what is kept becomes a score, an interval and an explanation. */
class ExperienceScoreTest {

    private static final Offset<Double> EXACT = within(1e-12);

    private static void isThatOfTwoEvents(Score score) {
        assertThat(score.value()).isCloseTo(69.0, EXACT);
        assertThat(score.interval().low()).isCloseTo(33.77085551990598, EXACT);
        assertThat(score.interval().high()).isCloseTo(90.66805007445966, EXACT);
        assertThat(score.evidence()).isCloseTo(2.0, EXACT);
        assertThat(score.explanation().parts().keySet())
                .containsExactly("outcome", "promise", "pace", "effort", "feedback", "prior");
        assertThat(score.explanation().part("outcome")).isCloseTo(11.428571428571429, EXACT);
        assertThat(score.explanation().part("promise")).isZero();
        assertThat(score.explanation().part("pace")).isCloseTo(1.714285714285714, EXACT);
        assertThat(score.explanation().part("effort")).isZero();
        assertThat(score.explanation().part("feedback")).isZero();
        assertThat(score.explanation().part("prior")).isCloseTo(17.857142857142858, EXACT);
    }

    @Test
    void theExampleOfTheFormats() {
        Trial trial = Trial.plain();
        trial.record(at("search").durationMs(180));
        trial.record(failureAt("checkout.pay"));
        // w 1.5 and 1, x 0.9 and 0: N = 2, W = 2.5, P = 1.35; (5 * 0.75 + 1.35 * 2 / 2.5) / 7 = 4.83 / 7
        isThatOfTwoEvents(trial.experience());
        isThatOfTwoEvents(trial.touchstone().customer(CustomerId.of("ada")).lifetimeExperience());
        assertThat(trial.experience()).hasToString("69.00 [33.77, 90.67] evidence 2.00");
        assertThat(trial.effort()).hasToString("0.00 [0.00, 20.26] evidence 2.00");
        assertThat(trial.effort().interval().high()).isCloseTo(100 * (1 - Math.pow(2, -1.96 / 2 / 3)), EXACT);
        assertThat(trial.touchstone().customer(CustomerId.of("ada")).count()).isEqualTo(2);
    }

    @Test
    void asUsualTendsToNinety() {
        Trial trial = Trial.plain();
        for (int i = 0; i < 5000; i++) {
            trial.record(at("search"));
        }
        assertThat(trial.experience().value()).isCloseTo(90, within(0.02));
    }

    @Test
    void silencePullsBackToSeventyFive() {
        Trial trial = Trial.plain();
        trial.record(failureAt("search"));
        assertThat(trial.experience().value()).isCloseTo(100 * 3.75 / 6, EXACT);
        trial.clock("P30D");
        // N = 1/2: (3.75 + 0)/5.5
        assertThat(trial.experience().value()).isCloseTo(100 * 3.75 / 5.5, EXACT);
        assertThat(trial.experience().evidence()).isCloseTo(0.5, EXACT);
        trial.clock("P399D");
        assertThat(trial.experience().value()).isBetween(74.9, 75.0);
    }

    @Test
    void theLimitOfSilenceIsThePriorAndItsInterval() {
        Trial trial = Trial.under(Trial.model().set(ModelConstant.CUSTOMER_HALF_LIFE, 60_000));
        trial.record(failureAt("search"));
        trial.clock("PT20M");
        assertThat(trial.experience()).hasToString("75.00 [33.60, 94.68] evidence 0.00");
    }

    @Test
    void lessThanTheLeastEvidenceIsNoScore() {
        Trial trial = Trial.under(Trial.model().set(ModelConstant.CUSTOMER_HALF_LIFE, 60_000));
        assertThat(trial.experience().isPresent()).isFalse();
        trial.record(at("search"));
        trial.clock("PT20M"); // exactly 2^-20
        assertThat(trial.experience().isPresent()).isTrue();
        trial.clock("PT20M0.001S");
        assertThat(trial.experience().isPresent()).isFalse();
        assertThat(trial.experience()).hasToString("no score");
    }

    @Test
    void lessThanOneEventIsStale() {
        Trial trial = Trial.plain();
        trial.record(at("search"));
        assertThat(trial.experience().isStale()).isFalse();
        trial.clock("PT1M");
        assertThat(trial.experience().isStale()).isTrue();
        trial.record(at("search"));
        assertThat(trial.experience().isStale()).isFalse();
        assertThat(Score.absent().isStale()).isFalse();
    }

    @Test
    void oneEventAtThisInstantIsNeverStaleByRounding() {
        Trial trial = Trial.plain();
        for (int minute = 0; minute < 1000; minute++) {
            String now = "PT" + 7 * minute + "M";
            CustomerId customer = CustomerId.of("customer " + minute);
            trial.clock(now).recordAll(at("search").customer(customer));
            assertThat(trial.touchstone().customer(customer).experience().isStale())
                    .as(now)
                    .isFalse();
        }
    }

    @Test
    void anOlderEventCountsWithItsSmallerWeight() {
        Trial trial = Trial.plain();
        trial.record(at("search")); // w 1.5
        trial.record(failureAt("pay").time(Trial.time("P-30D")));
        double events = 1 + 0.5;
        double weight = 1.5 + 0.5;
        assertThat(trial.experience().evidence()).isCloseTo(events, EXACT);
        assertThat(trial.experience().value())
                .isCloseTo(100 * (3.75 + 1.5 * 0.9 * events / weight) / (5 + events), EXACT);
    }

    @Test
    void unequalWeightsTellLess() {
        Trial trial = Trial.of(c -> c.touchpoint("pay", t -> t.importance(10)).touchpoint("search"));
        trial.record(at("pay").feedback(Feedback.nps(10)));
        trial.record(at("search").feedback(Feedback.sentiment(-1)));
        // w = 30 and 1: p = (3.75 + 30 * 2/31)/7, and n = min(2, 31^2/901) + 5
        double p = (3.75 + 60.0 / 31) / 7;
        double n = 31.0 * 31 / 901 + 5;
        Interval wilson = Interval.wilson(p, n);
        assertThat(trial.experience().value()).isCloseTo(100 * p, EXACT);
        assertThat(trial.experience().interval().low()).isCloseTo(100 * wilson.low(), EXACT);
        assertThat(trial.experience().interval().high()).isCloseTo(100 * wilson.high(), EXACT);
        assertThat(trial.experience().explanation().part("feedback")).isCloseTo(100 * (1.0 / 31) * 2 / 7, EXACT);
    }

    @Test
    void theIntervalIsWilsons() {
        Interval csat = Interval.wilson(90.0 / 120, 120);
        assertThat(HalfUp.format(100 * csat.low())).isEqualTo("66.56");
        assertThat(HalfUp.format(100 * csat.high())).isEqualTo("81.89");
        Interval limit = Interval.wilson(0.75, 5);
        // center (0.75 + 1.96^2/10)/(1 + 1.96^2/5), half 1.96 sqrt(0.1875/5 + 1.96^2/100)/(1 + 1.96^2/5)
        double denominator = 1 + 3.8416 / 5;
        double center = (0.75 + 3.8416 / 10) / denominator;
        double half = 1.96 * Math.sqrt(0.1875 / 5 + 3.8416 / 100) / denominator;
        assertThat(limit.low()).isCloseTo(center - half, EXACT);
        assertThat(limit.high()).isCloseTo(center + half, EXACT);
        assertThat(Interval.wilson(0.3, 0)).isEqualTo(new Interval(0, 1));
    }

    @Test
    void nowStartsFromTheBaseline() {
        Trial trial = Trial.plain();
        trial.recordAll(TouchpointEvent.builder("search").outcome(Outcome.FAILURE));
        trial.clock("PT1H");
        // baseline: N = 2^(-1/168), (3.75 + 0)/(5 + N); now: N = 1/2, (5 * baseline + 0)/5.5
        double baseline = 3.75 / (5 + Math.pow(2, -1.0 / 168));
        Scope overall = trial.touchstone().scoreboard().overall();
        assertThat(overall.baseline().experience().value()).isCloseTo(100 * baseline, EXACT);
        assertThat(overall.now().experience().value()).isCloseTo(100 * 5 * baseline / 5.5, EXACT);
        assertThat(overall.now().experience().explanation().part("prior"))
                .isCloseTo(100 * 5 * (1 - baseline) / 5.5, EXACT);
        assertThat(overall.count()).isEqualTo(1);
    }

    @Test
    void aChangeIsOneWhenTheIntervalsHaveNothingInCommon() {
        Trial trial = Trial.plain();
        for (int i = 0; i < 400; i++) {
            trial.recordAll(TouchpointEvent.builder("search"));
        }
        trial.clock("PT24H");
        for (int i = 0; i < 100; i++) {
            trial.recordAll(TouchpointEvent.builder("search").outcome(Outcome.FAILURE));
        }
        assertThat(trial.touchstone().scoreboard().overall().change()).contains(Scoreboard.Change.WORSE);
        trial.clock("PT48H");
        for (int i = 0; i < 200; i++) {
            trial.recordAll(TouchpointEvent.builder("search"));
        }
        assertThat(trial.touchstone().scoreboard().overall().change()).contains(Scoreboard.Change.BETTER);
        trial.clock("PT60H");
        assertThat(trial.touchstone().scoreboard().overall().change()).isEmpty();
    }

    @Test
    void rollUpsAreMergesOfCells() {
        Trial trial = Trial.of(c -> c.touchpoint(
                        "pay",
                        t -> t.owner("payments")
                                .stage(dev.touchstone.event.Stage.PURCHASE)
                                .channel("web"))
                .touchpoint("ship", t -> t.owner("logistics").stage(dev.touchstone.event.Stage.PURCHASE)));
        trial.recordAll(TouchpointEvent.builder("pay"));
        trial.recordAll(TouchpointEvent.builder("pay").channel(Channel.PHONE).outcome(Outcome.FAILURE));
        trial.recordAll(TouchpointEvent.builder("ship").channel(Channel.WEB).feedback(Feedback.nps(5)));
        trial.recordAll(TouchpointEvent.builder("GET /new/{id}"));
        Scoreboard board = trial.touchstone().scoreboard();
        double none = 3.75;
        assertThat(baseline(board.owners(), "payments")).isCloseTo(100 * (none + 0.9) / 7, EXACT);
        // N = 2, W = 1 + 3, P = 0.9 + 3 * 0.5
        assertThat(baseline(board.channels(), "web")).isCloseTo(100 * (none + 2.4 * 2 / 4) / 7, EXACT);
        assertThat(baseline(board.channels(), "phone")).isCloseTo(100 * none / 6, EXACT);
        assertThat(baseline(board.channels(), "unknown")).isCloseTo(100 * (none + 0.9) / 6, EXACT);
        // N = 3, W = 5, P = 2.4
        assertThat(baseline(board.stages(), "PURCHASE")).isCloseTo(100 * (none + 2.4 * 3 / 5) / 8, EXACT);
        assertThat(board.overall().baseline().experience().value()).isCloseTo(100 * (none + 3.3 * 4 / 6) / 9, EXACT);
        assertThat(board.overall().baseline().effort().evidence()).isEqualTo(3);
        assertThat(board.touchpoints())
                .extracting(cell -> cell.definition().name() + " " + cell.channel() + " " + cell.status())
                .containsExactly(
                        "pay phone " + Status.ACTIVE,
                        "pay web " + Status.ACTIVE,
                        "ship web " + Status.ACTIVE,
                        "GET /new/{id} unknown " + Status.UNDECLARED);
    }

    private static double baseline(List<Scope> scopes, String name) {
        return scopes.stream()
                .filter(scope -> scope.name().equals(name))
                .findFirst()
                .orElseThrow()
                .baseline()
                .experience()
                .value();
    }

    @Test
    void theApdexOfACellIsAgainstItsTargetAndNeverAPromise() {
        Trial trial = Trial.of(
                c -> c.touchpoint("pay", t -> t.target(Duration.ofMillis(400))).touchpoint("rest"));
        assertThat(apdex(trial)).isEqualTo("NS [0.4]");
        trial.record(at("pay").durationMs(400));
        trial.record(at("pay").outcome(Outcome.DEGRADED).durationMs(1).promiseMs(0.5));
        trial.record(at("pay").durationMs(1600).promiseMs(9e9));
        trial.record(at("pay").durationMs(1600.5));
        trial.record(at("pay")); // neither a duration nor a failure: not counted
        trial.record(failureAt("pay").durationMs(1));
        trial.record(at("pay").outcome(Outcome.ABANDONED));
        trial.record(at("pay").feedback(Feedback.nps(0)));
        // (2 + 1/2)/6 = 0.4167
        assertThat(apdex(trial)).isEqualTo("0.42* [0.4]");
    }

    private static String apdex(Trial trial) {
        List<Scoreboard.TouchpointScope> cells = trial.touchstone().scoreboard().touchpoints();
        assertThat(cells.get(1).apdex()).isEmpty();
        return cells.get(0).apdex().orElseThrow().text();
    }

    @Test
    void channelsThatAreAlikeAreConsistent() {
        Trial trial = Trial.plain();
        trial.recordAll(TouchpointEvent.builder("a").channel(Channel.WEB));
        assertThat(trial.touchstone().scoreboard().consistency()).isEmpty();
        trial.recordAll(TouchpointEvent.builder("a").channel(Channel.PHONE));
        assertThat(trial.touchstone().scoreboard().consistency()).hasValue(100);
        trial.recordAll(TouchpointEvent.builder("a").channel(Channel.APP).outcome(Outcome.FAILURE));
        // qualities 0.9, 0.9 and 0 of one event each: sd = 0.9 sqrt(2)/3
        assertThat(trial.touchstone().scoreboard().consistency().orElseThrow())
                .isCloseTo(100 - 200 * 0.9 * Math.sqrt(2) / 3, EXACT);
    }
}
