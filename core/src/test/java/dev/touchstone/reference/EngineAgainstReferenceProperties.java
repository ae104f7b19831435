package dev.touchstone.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.JourneyScope;
import dev.touchstone.Scoreboard.Scores;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The engine agrees with a second implementation of the scoring page, which stores lists and sums them up. */
class EngineAgainstReferenceProperties {

    private static final double EXACT = 1e-9;
    private static final long START = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final long DAY = 24 * 60 * MINUTE;
    private static final long LONGEST = 400 * DAY;
    private static final List<String> CUSTOMERS = List.of("ada", "bob", "cyd");

    private static final Catalog CATALOG = catalog(ScoreModel.STANDARD);

    private static Catalog catalog(ScoreModel model) {
        return Catalog.builder()
                .model(model)
                .touchpoint("search", t -> t.target(Duration.ofMillis(400)).channel("web"))
                .touchpoint("pay", t -> t.journey("purchase").importance(3))
                .touchpoint("basket", t -> t.journey("purchase"))
                .touchpoint("confirm")
                .touchpoint("call", t -> t.supportContact(true).channel("phone"))
                .touchpoint("chat", t -> t.supportContact(true).journey("help"))
                .touchpoint("once")
                .journey("purchase", j -> j.steps(2).ends("confirm"))
                .journey("help", j -> j.timeout(Duration.ofDays(2)))
                .journey("single", j -> j.ends("once"))
                .build();
    }

    private static final ReferenceCatalog REFERENCE_CATALOG = new ReferenceCatalog(
            List.of(
                    RefTouchpoint.named("search").withTarget(400).withChannel("web"),
                    RefTouchpoint.named("pay").withJourney("purchase").withImportance(3),
                    RefTouchpoint.named("basket").withJourney("purchase"),
                    RefTouchpoint.named("confirm"),
                    RefTouchpoint.named("call").asContact().withChannel("phone"),
                    RefTouchpoint.named("chat").asContact().withJourney("help"),
                    RefTouchpoint.named("once")),
            List.of(
                    RefJourney.of("purchase", "confirm").withSteps(2),
                    RefJourney.of("help").withTimeout(2 * DAY),
                    RefJourney.of("single", "once")));

    /** What happens next: time goes on, then an event arrives. */
    private record Step(long gapMs, long lateMs, RefEvent event, boolean sweepBefore) {}

    @Property(tries = 300)
    void underTheStandardModel(@ForAll("histories") List<Step> history) {
        compare(CATALOG, RefModel.touchstone1(), history);
    }

    @Property(tries = 100)
    void withPersonalExpectations(@ForAll("histories") List<Step> history) {
        ScoreModel personal = ScoreModel.STANDARD
                .derive("personal")
                .expectation(ScoreModel.Expectation.PERSONAL)
                .build();
        compare(catalog(personal), RefModel.touchstone1().withExpectation(RefModel.Expectation.PERSONAL), history);
    }

    @Property(tries = 100)
    void asApdexWouldHaveIt(@ForAll("histories") List<Step> history) {
        ScoreModel apdex = ScoreModel.STANDARD
                .derive("apdex")
                .curve(ScoreModel.Curve.STEP)
                .ease(false)
                .set(ModelConstant.PACE_SHARE, 0)
                .set(ModelConstant.PRIOR_EVENTS, 0)
                .build();
        compare(
                catalog(apdex),
                RefModel.touchstone1()
                        .withCurve(RefModel.Curve.STEP)
                        .withEase(false)
                        .withPaceShare(0)
                        .withPrior(0, 0.75),
                history);
    }

    private static void compare(Catalog catalog, RefModel model, List<Step> history) {
        ManualClock clock = ManualClock.at(Instant.ofEpochMilli(START));
        ReferenceScorer reference = new ReferenceScorer(REFERENCE_CATALOG, model);
        reference.clockTo(START);
        long now = START;
        // the reference has no retention: no history is longer than this one
        try (Touchstone touchstone = Touchstone.builder()
                .catalog(catalog)
                .clock(clock)
                .lifetime()
                .retention(Duration.ofMillis(LONGEST))
                .build()) {
            for (Step step : history) {
                now += step.gapMs();
                clock.set(Instant.ofEpochMilli(now));
                reference.clockTo(now);
                if (step.sweepBefore()) {
                    touchstone.scoreboard();
                    reference.sweep();
                }
                RefEvent event = step.event().at(now - step.lateMs());
                reference.offer(event);
                touchstone.record(translated(event));
            }
            compareCustomers(touchstone, reference, now);
            reference.sweep();
            compareScoreboards(touchstone.scoreboard(), reference);
            reference
                    .dropped()
                    .forEach((reason, count) -> assertThat(
                                    touchstone.health().dropped(DropReason.valueOf(reason.toUpperCase(Locale.ROOT))))
                            .as(reason)
                            .isEqualTo(count));
            long dropped = reference.dropped().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            assertThat(touchstone.health().totalDropped()).isEqualTo(dropped);
            assertThat(touchstone.health().accepted()).isEqualTo(history.size() - dropped);
        }
    }

    private static void compareCustomers(Touchstone touchstone, ReferenceScorer reference, long now) {
        for (String name : CUSTOMERS) {
            CustomerExperience customer = touchstone.customer(CustomerId.of(name));
            same(name + " experience", customer.experience(), reference.customerExperience(name, now));
            same(name + " effort", customer.effort(), reference.customerEffort(name, now));
            same(name + " lifetime", customer.lifetimeExperience(), reference.lifetimeExperience(name, now));
            same(name + " lifetime effort", customer.lifetimeEffort(), reference.lifetimeEffort(name, now));
            assertThat(customer.count()).isEqualTo(reference.customerCount(name));
            assertThat(customer.openJourneys().stream()
                            .map(CustomerExperience.OpenJourney::name)
                            .toList())
                    .isEqualTo(reference.openJourneys(name, now));
        }
    }

    private static void compareScoreboards(Scoreboard board, ReferenceScorer reference) {
        same("overall", board.overall(), reference.overall());
        for (Scoreboard.Scope channel : board.channels()) {
            same(channel.name(), channel, reference.channel(channel.name()));
        }
        for (TouchpointScope cell : board.touchpoints()) {
            String name = cell.definition().name();
            String channel = cell.channel().name();
            same(name + " " + channel, cell.scores(), reference.cell(name, channel));
            assertThat(new RefVerdicts(
                            cell.verdicts().get(Verdict.EXCEEDED),
                            cell.verdicts().get(Verdict.MET),
                            cell.verdicts().get(Verdict.MISSED)))
                    .as(name)
                    .isEqualTo(reference.verdicts(name, channel));
            assertThat(cell.apdex().map(dev.touchstone.survey.Apdex::text))
                    .isEqualTo(
                            Optional.ofNullable(reference.apdex(name, channel)).map(RefApdex::text));
        }
        for (JourneyScope journey : board.journeys()) {
            RefJourneyReport report = reference.journey(journey.name());
            assertThat(List.of(
                            journey.started(),
                            journey.completed(),
                            journey.abandoned(),
                            journey.unknown(),
                            journey.open()))
                    .as(journey.name())
                    .isEqualTo(List.of(
                            report.started(), report.completed(), report.abandoned(), report.unknown(), report.open()));
            sameRate(journey, reference, board.asOf().toEpochMilli());
            same(
                    journey.name(),
                    journey.now(),
                    report.scope().nowExperience(),
                    report.scope().nowEffort());
            same(
                    journey.name(),
                    journey.baseline(),
                    report.scope().baselineExperience(),
                    report.scope().baselineEffort());
        }
    }

    /** The engine rounds the time from which a journey is in the rate up to a sixtieth of the timeout. */
    private static void sameRate(JourneyScope journey, ReferenceScorer reference, long now) {
        long timeoutMs = CATALOG.journey(journey.name()).orElseThrow().timeout().toMillis();
        List<Long> before = reference.rated(journey.name(), now - timeoutMs / 60);
        List<Long> exact = reference.rated(journey.name(), now);
        assertThat(journey.rated()).as(journey.name()).isBetween(before.get(1), exact.get(1));
        if (before.equals(exact)) {
            assertThat(journey.completionRate())
                    .isEqualTo(
                            exact.get(1) == 0
                                    ? OptionalDouble.empty()
                                    : OptionalDouble.of((double) exact.get(0) / exact.get(1)));
        }
        assertThat(journey.recent()).isEqualTo(journey.completed() + journey.abandoned() - journey.rated());
    }

    private static void same(String what, Scoreboard.Scope scope, RefScope expected) {
        same(what + " now", scope.now(), expected.nowExperience(), expected.nowEffort());
        same(what + " baseline", scope.baseline(), expected.baselineExperience(), expected.baselineEffort());
        assertThat(scope.count()).as(what).isEqualTo(expected.count());
        assertThat(scope.change().map(Enum::name)).as(what).isEqualTo(Optional.ofNullable(expected.change()));
    }

    private static void same(String what, Scores scores, RefScore experience, RefScore effort) {
        same(what + " experience", scores.experience(), experience);
        same(what + " effort", scores.effort(), effort);
    }

    private static void same(String what, Score score, RefScore expected) {
        assertThat(score.isPresent()).as(what).isEqualTo(expected != null);
        if (expected == null) {
            return;
        }
        assertThat(score.value()).as(what).isCloseTo(expected.score(), within(EXACT));
        assertThat(score.interval().low()).as(what).isCloseTo(expected.low(), within(EXACT));
        assertThat(score.interval().high()).as(what).isCloseTo(expected.high(), within(EXACT));
        assertThat(score.evidence()).as(what).isCloseTo(expected.evidence(), within(EXACT));
        expected.explanation()
                .forEach((driver, points) -> assertThat(score.explanation().part(driver))
                        .as(what + " " + driver)
                        .isCloseTo(points, within(EXACT)));
        assertThat(score.explanation().parts()).hasSameSizeAs(expected.explanation());
    }

    private static TouchpointEvent translated(RefEvent event) {
        TouchpointEvent.Builder builder = TouchpointEvent.builder(event.touchpoint())
                .id(event.id())
                .timeMs(event.timeMs())
                .retries(event.retries())
                .excessSteps(event.excessSteps())
                .transfers(event.transfers())
                .repeatedInformation(event.repeatedInformation());
        if (event.customer() != null) {
            builder.customer(CustomerId.of(event.customer()));
        }
        if (event.channel() != null) {
            builder.channel(Channel.of(event.channel()));
        }
        if (event.outcome() != null) {
            builder.outcome(Outcome.valueOf(event.outcome()));
        }
        if (event.durationMs() != null) {
            builder.durationMs(event.durationMs());
        }
        if (event.promiseMs() != null) {
            builder.promiseMs(event.promiseMs());
        }
        if (event.feedback() != null) {
            builder.feedback(translated(event.feedback()));
        }
        if (event.invalidInput()) {
            builder.invalidInput();
        }
        return builder.build();
    }

    private static Feedback translated(RefFeedback feedback) {
        return feedback.scale().equals("rating")
                ? Feedback.rating(feedback.value(), feedback.min(), feedback.max())
                : Feedback.of(Feedback.Scale.valueOf(feedback.scale().toUpperCase(Locale.ROOT)), feedback.value());
    }

    @Provide
    Arbitrary<List<Step>> histories() {
        return Combinators.combine(gaps(), lateness(), events(), Arbitraries.of(true, false, false, false))
                .as(Step::new)
                .list()
                .ofMaxSize(60)
                .filter(steps -> steps.stream().mapToLong(Step::gapMs).sum() <= LONGEST);
    }

    private static Arbitrary<Long> gaps() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.longs().between(1, 2 * MINUTE)),
                Tuple.of(3, Arbitraries.longs().between(MINUTE, 45 * MINUTE)),
                Tuple.of(2, Arbitraries.longs().between(MINUTE, 2 * DAY)),
                Tuple.of(1, Arbitraries.longs().between(DAY, 40 * DAY)));
    }

    private static Arbitrary<Long> lateness() {
        return Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.just(0L)),
                Tuple.of(3, Arbitraries.longs().between(-10 * MINUTE, 10 * MINUTE)),
                Tuple.of(1, Arbitraries.longs().between(0, 410 * DAY)));
    }

    private static Arbitrary<RefEvent> events() {
        Arbitrary<String> touchpoints =
                Arbitraries.of("search", "pay", "basket", "confirm", "call", "chat", "once", "GET /new/{id}");
        Arbitrary<String> customers = Arbitraries.of("ada", "ada", "bob", "cyd", null);
        Arbitrary<String> channels = Arbitraries.of(null, null, "web", "app", "phone", "unknown", "no channel");
        Arbitrary<String> outcomes =
                Arbitraries.of(null, null, "SUCCESS", "SUCCESS", "DEGRADED", "ABANDONED", "FAILURE", "FAILURE");
        Arbitrary<RefEvent> plain = Combinators.combine(touchpoints, customers, channels, outcomes)
                .as((touchpoint, customer, channel, outcome) -> RefEvent.at(0, touchpoint)
                        .withCustomer(customer)
                        .withChannel(channel)
                        .withOutcome(outcome));
        Arbitrary<RefEvent> caused = Combinators.combine(plain, Arbitraries.of(true, false, false))
                .as((event, refused) -> refused ? event.withInvalidInput() : event);
        return Combinators.combine(caused, times(), times(), efforts(), feedbacks(), ids())
                .as((event, duration, promise, effort, feedback, id) -> {
                    RefEvent full = event.withEffort(effort.get(0), effort.get(1), effort.get(2), effort.get(3))
                            .withFeedback(feedback)
                            .withId(id);
                    full = duration == null ? full : full.withDuration(duration);
                    return promise == null || promise > 1000 ? full : full.withPromise(promise);
                });
    }

    private static Arbitrary<Double> times() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(null)),
                Tuple.of(8, Arbitraries.doubles().between(50, 3000)),
                Tuple.of(1, Arbitraries.of(-5.0, 0.0, Double.NaN, Double.POSITIVE_INFINITY)));
    }

    private static Arbitrary<List<Double>> efforts() {
        Arbitrary<Double> count = Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.just(0.0)),
                Tuple.of(2, Arbitraries.of(1.0, 2.0, 0.4)),
                Tuple.of(1, Arbitraries.of(-1.0, 300.0, Double.NaN)));
        return count.list().ofSize(4);
    }

    private static Arbitrary<RefFeedback> feedbacks() {
        return Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.just(null)),
                Tuple.of(
                        3,
                        Combinators.combine(
                                        Arbitraries.of("nps", "csat", "ces1", "ces2", "sentiment"),
                                        Arbitraries.doubles().between(-1, 8))
                                .as(RefFeedback::of)),
                Tuple.of(1, Arbitraries.doubles().between(-1, 110).map(value -> RefFeedback.rating(value, 0, 100))));
    }

    private static Arbitrary<String> ids() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(null)),
                Tuple.of(1, Arbitraries.integers().between(1, 5).map(i -> "e-" + i)));
    }
}
