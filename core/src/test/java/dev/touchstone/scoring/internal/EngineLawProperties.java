package dev.touchstone.scoring.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.survey.Apdex;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;

/** The laws of section 9 for an instance and all its events. */
class EngineLawProperties {

    private static final double LAW = 1e-9;
    private static final long START = Trial.START.toEpochMilli();
    private static final long DAY = 24L * 60 * 60 * 1000;
    private static final long YEAR = 365 * DAY;
    private static final long TARGET = 400;

    private static Catalog.Builder catalog() {
        return catalog(1);
    }

    /** Touchpoints of all kinds, each importance times a factor. */
    private static Catalog.Builder catalog(double factor) {
        ScoreModel model = ScoreModel.STANDARD
                .derive("times " + factor)
                .set(ModelConstant.IMPORTANCE, factor)
                .build();
        return Catalog.builder()
                .model(factor == 1 ? ScoreModel.STANDARD : model)
                .touchpoint("search", t -> t.target(Duration.ofMillis(TARGET)).channel("web"))
                .touchpoint("pay", t -> t.journey("purchase").importance(2 * factor))
                .touchpoint("basket", t -> t.journey("purchase").importance(0.5 * factor))
                .touchpoint("confirm")
                .touchpoint("call", t -> t.supportContact(true).channel("phone").importance(1.5 * factor))
                .touchpoint("chat", t -> t.supportContact(true).journey("help"))
                .touchpoint("once")
                .journey("purchase", j -> j.steps(2).ends("confirm"))
                .journey("help", j -> j.timeout(Duration.ofDays(2)))
                .journey("single", j -> j.ends("once"));
    }

    @Provide
    Arbitrary<List<Happening>> histories() {
        return Happening.histories("search", "pay", "basket", "confirm", "call", "chat", "once", "GET /new/{id}");
    }

    /** An instance with its clock. */
    private record Run(Touchstone touchstone, ManualClock clock, long startMs) {

        static Run of(Catalog.Builder catalog, long startMs, UnaryOperator<TouchstoneBuilder> configuration) {
            ManualClock clock = ManualClock.at(Instant.ofEpochMilli(startMs));
            TouchstoneBuilder builder = Touchstone.builder()
                    .clock(clock)
                    .retention(Duration.ofDays(400))
                    .lifetime()
                    .catalog(catalog.build());
            return new Run(configuration.apply(builder).build(), clock, startMs);
        }

        static Run of(Catalog.Builder catalog, long startMs) {
            return of(catalog, startMs, builder -> builder);
        }

        Run record(List<Happening> history) {
            long now = startMs;
            for (Happening each : history) {
                now += each.gapMs();
                clock.set(Instant.ofEpochMilli(now));
                touchstone.record(each.event(now).build());
            }
            return this;
        }

        CustomerExperience customer(String name) {
            return touchstone.customer(CustomerId.of(name));
        }
    }

    private static void same(Run actual, Run expected) {
        for (String name : Happening.CUSTOMERS) {
            same(actual.customer(name), expected.customer(name));
        }
        Same.board(actual.touchstone().scoreboard(), expected.touchstone().scoreboard());
    }

    private static void same(CustomerExperience actual, CustomerExperience expected) {
        Same.score(actual.experience(), expected.experience());
        Same.score(actual.effort(), expected.effort());
        Same.score(actual.lifetimeExperience(), expected.lifetimeExperience());
        Same.score(actual.lifetimeEffort(), expected.lifetimeEffort());
        assertThat(actual.count()).isEqualTo(expected.count());
        assertThat(actual.verdicts()).isEqualTo(expected.verdicts());
        assertThat(actual.openJourneys()).hasSameSizeAs(expected.openJourneys());
    }

    // L3

    @Property(tries = 250)
    void whatWasJudgedMergesToTheSameInAnyOrderAndGrouping(
            @ForAll("histories") List<Happening> history, @ForAll long seed) {
        Map<String, List<Assessment>> byCell = new HashMap<>();
        List<Assessment> all = new ArrayList<>();
        Run run = Run.of(
                        catalog(),
                        START,
                        builder -> builder.listener((event, touchpoint, assessment) -> {
                            all.add(assessment);
                            byCell.computeIfAbsent(
                                            touchpoint.name() + " "
                                                    + event.channel().orElseThrow(),
                                            absent -> new ArrayList<>())
                                    .add(assessment);
                        }))
                .record(history);
        long now = run.clock().instant().toEpochMilli();
        Random random = new Random(seed);
        Scorer scorer = new Scorer(ScoreModel.STANDARD);
        HalfLife hour = HalfLife.of(ScoreModel.STANDARD, ModelConstant.NOW_HALF_LIFE);
        HalfLife week = HalfLife.of(ScoreModel.STANDARD, ModelConstant.BASELINE_HALF_LIFE);
        Scoreboard board = run.touchstone().scoreboard();
        for (Scoreboard.TouchpointScope cell : board.touchpoints()) {
            List<Assessment> judged = byCell.getOrDefault(cell.definition().name() + " " + cell.channel(), List.of());
            same(scorer, MergeTree.ofCell(judged, hour, random), MergeTree.ofCell(judged, week, random), cell, now);
        }
        Score usual = scorer.experience(MergeTree.ofCell(all, week, random).at(now));
        Same.score(usual, board.overall().baseline().experience());
        Same.score(
                scorer.experience(MergeTree.ofCell(all, hour, random).at(now), usual),
                board.overall().now().experience());
    }

    private static void same(Scorer scorer, Evidence hour, Evidence week, Scoreboard.TouchpointScope cell, long nowMs) {
        Score usual = scorer.experience(week.at(nowMs));
        Same.score(usual, cell.scores().baseline().experience());
        Same.score(scorer.experience(hour.at(nowMs), usual), cell.scores().now().experience());
        Same.score(scorer.effort(week.at(nowMs)), cell.scores().baseline().effort());
        Same.score(scorer.effort(hour.at(nowMs)), cell.scores().now().effort());
        assertThat(week.count()).isEqualTo(cell.scores().count());
    }

    @Property(tries = 250)
    void whatACustomerWasJudgedMergesToTheirScoreInAnyOrderAndGrouping(
            @ForAll("histories") List<Happening> history, @ForAll long seed) {
        List<Happening> ofOne =
                history.stream().filter(each -> "ada".equals(each.customer())).toList();
        List<Assessment> judged = new ArrayList<>();
        // without journeys, whose timeouts listeners do not receive
        Catalog.Builder withoutJourneys = Catalog.builder()
                .touchpoint("search", t -> t.target(Duration.ofMillis(TARGET)))
                .touchpoint("call", t -> t.supportContact(true))
                .touchpoint("chat", t -> t.supportContact(true));
        Run run = Run.of(
                        withoutJourneys,
                        START,
                        builder -> builder.listener((event, touchpoint, assessment) -> judged.add(assessment)))
                .record(ofOne);
        long now = run.clock().instant().toEpochMilli();
        Scorer scorer = new Scorer(ScoreModel.STANDARD);
        HalfLife month = HalfLife.of(ScoreModel.STANDARD, ModelConstant.CUSTOMER_HALF_LIFE);
        Evidence merged = MergeTree.ofCustomer(judged, month, new Random(seed));
        Evidence lifetime = MergeTree.ofCustomer(judged, HalfLife.NONE, new Random(seed));
        CustomerExperience ada = run.customer("ada");
        Same.score(scorer.experience(merged.at(now)), ada.experience());
        Same.score(scorer.effort(merged.at(now)), ada.effort());
        Same.score(scorer.experience(lifetime.at(now)), ada.lifetimeExperience());
        Same.score(scorer.effort(lifetime.at(now)), ada.lifetimeEffort());
    }

    // L4

    @Property(tries = 250)
    void aSilentCustomerWithoutJourneysComesBackToThePrior(
            @ForAll("histories") List<Happening> history, @ForAll("silences") List<Long> silences) {
        List<Happening> outsideJourneys = history.stream()
                .filter(each -> each.touchpoint().equals("search")
                        || each.touchpoint().equals("call")
                        || each.touchpoint().startsWith("GET"))
                .toList();
        Run run = Run.of(catalog(), START).record(outsideJourneys);
        // an event may be up to five minutes ahead
        run.clock().advance(Duration.ofMinutes(5));
        Map<String, Score> before = new HashMap<>();
        Happening.CUSTOMERS.forEach(name -> before.put(name, run.customer(name).experience()));
        for (long silence : silences) {
            run.clock().advance(Duration.ofMillis(silence));
            for (String name : Happening.CUSTOMERS) {
                Score earlier = before.get(name);
                Score later = run.customer(name).experience();
                if (later.isPresent()) {
                    assertThat(Math.abs(later.value() - 75)).isLessThanOrEqualTo(Math.abs(earlier.value() - 75) + LAW);
                    assertThat(later.evidence()).isLessThanOrEqualTo(earlier.evidence());
                }
                before.put(name, later);
            }
        }
    }

    @Provide
    Arbitrary<List<Long>> silences() {
        return Arbitraries.longs().between(1, 60 * DAY).list().ofMinSize(1).ofMaxSize(6);
    }

    // L5

    @Property
    void withoutAllThatApdexDoesNotKnowTheScoreIsApdex(@ForAll("timedCalls") List<TouchpointEvent.Builder> calls) {
        ScoreModel model = ScoreModel.STANDARD
                .derive("apdex")
                .curve(ScoreModel.Curve.STEP)
                .ease(false)
                .set(ModelConstant.PACE_SHARE, 0)
                .set(ModelConstant.PRIOR_EVENTS, 0)
                .set(ModelConstant.FIRST_WEIGHT, 1)
                .set(ModelConstant.REPEAT_FAILURE_WEIGHT, 1)
                .build();
        Run run = Run.of(
                Catalog.builder().model(model).touchpoint("search", t -> t.target(Duration.ofMillis(TARGET))), START);
        for (TouchpointEvent.Builder call : calls) {
            run.clock().advance(Duration.ofDays(3));
            run.touchstone()
                    .record(call.customer(CustomerId.of("ada"))
                            .time(run.clock().instant())
                            .build());
        }
        Scoreboard.TouchpointScope cell =
                run.touchstone().scoreboard().touchpoints().get(0);
        Apdex apdex = cell.apdex().orElseThrow();
        assertThat(apdex.total()).isEqualTo(calls.size());
        // the lifetime's evidence does not decay
        Score score = run.customer("ada").lifetimeExperience();
        assertThat(score.isPresent()).isEqualTo(apdex.total() > 0);
        if (score.isPresent()) {
            double exact = (apdex.satisfied() + apdex.tolerating() / 2.0) / apdex.total();
            assertThat(score.value()).isCloseTo(100 * exact, within(LAW));
            assertThat(cell.totals().quality() / cell.totals().weight()).isCloseTo(exact, within(LAW));
        }
    }

    @Provide
    Arbitrary<List<TouchpointEvent.Builder>> timedCalls() {
        Arbitrary<Double> durations = Arbitraries.frequencyOf(
                Tuple.of(
                        1,
                        Arbitraries.of(
                                (double) TARGET,
                                Math.nextUp((double) TARGET),
                                4.0 * TARGET,
                                Math.nextUp(4.0 * TARGET),
                                Math.nextDown(4.0 * TARGET),
                                Double.MIN_VALUE,
                                Double.MAX_VALUE)),
                Tuple.of(3, Arbitraries.doubles().between(1, 6.0 * TARGET).ofScale(4)));
        return Combinators.combine(
                        durations,
                        Arbitraries.of(Outcome.SUCCESS, Outcome.SUCCESS, Outcome.FAILURE),
                        Arbitraries.integers().between(0, 3))
                .as((duration, outcome, transfers) -> TouchpointEvent.builder("search")
                        .durationMs(duration)
                        .outcome(outcome)
                        .transfers(transfers))
                .list()
                .ofMaxSize(60);
    }

    // L9

    @Property(tries = 250)
    void shiftingAllTimesChangesNothing(@ForAll("histories") List<Happening> history, @ForAll("shifts") long shift) {
        same(
                Run.of(catalog(), START + shift).record(history),
                Run.of(catalog(), START).record(history));
    }

    @Provide
    Arbitrary<Long> shifts() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.longs().between(-DAY, DAY)),
                // where times change their sign
                Tuple.of(1, Arbitraries.longs().between(-START - 3 * DAY, -START)),
                Tuple.of(1, Arbitraries.longs().between(-3000 * YEAR, 3000 * YEAR)),
                Tuple.of(1, Arbitraries.longs().between(-60_000_000 * YEAR, 60_000_000 * YEAR)));
    }

    // L11

    @Property(tries = 250)
    void whatIsDeliveredTwiceCountsOnce(@ForAll("histories") List<Happening> history, @ForAll long seed) {
        Run once = Run.of(catalog(), START);
        Run again = Run.of(catalog(), START);
        List<TouchpointEvent> sent = new ArrayList<>();
        Random random = new Random(seed);
        long now = START;
        for (Happening each : history) {
            now += each.gapMs();
            once.clock().set(Instant.ofEpochMilli(now));
            again.clock().set(Instant.ofEpochMilli(now));
            TouchpointEvent event = each.event(now).id("e-" + sent.size()).build();
            once.touchstone().record(event);
            sent.add(event);
            again.touchstone().record(event);
            while (random.nextInt(3) == 0) {
                again.touchstone().record(sent.get(random.nextInt(sent.size())));
            }
        }
        same(again, once);
        assertThat(again.touchstone().health().accepted())
                .isEqualTo(once.touchstone().health().accepted());
    }

    // L12

    @Property(tries = 500)
    void nothingMakesItThrowOrLoseItsNumbers(@ForAll("anything") List<Extreme> extremes) {
        Run run = Run.of(catalog(), START);
        for (Extreme extreme : extremes) {
            run.clock().set(extreme.clock());
            run.touchstone().record(extreme.event());
            run.touchstone().scoreboard();
            for (CustomerId customer : extreme.customers()) {
                isSane(run.touchstone().customer(customer).experience());
                isSane(run.touchstone().customer(customer).effort());
                isSane(run.touchstone().customer(customer).lifetimeExperience());
                isSane(run.touchstone().customer(customer).lifetimeEffort());
            }
        }
        Scoreboard board = run.touchstone().scoreboard();
        isSane(board.overall());
        board.channels().forEach(EngineLawProperties::isSane);
        board.touchpoints().forEach(cell -> isSane(cell.scores()));
        board.journeys().forEach(journey -> {
            isSane(journey.now().experience());
            isSane(journey.baseline().experience());
            isSane(journey.baseline().effort());
            assertThat(journey.started())
                    .isEqualTo(journey.completed() + journey.abandoned() + journey.unknown() + journey.open());
        });
        assertThat(run.touchstone().health().dropped(DropReason.ERROR)).isZero();
        assertThat(run.touchstone().health().offered()).isEqualTo(extremes.size());
        assertThat(run.touchstone().health().accepted()
                        + run.touchstone().health().totalDropped())
                .isEqualTo(extremes.size());
    }

    private static void isSane(Scoreboard.Scope scope) {
        isSane(scope.now().experience());
        isSane(scope.now().effort());
        isSane(scope.baseline().experience());
        isSane(scope.baseline().effort());
    }

    private static void isSane(Score score) {
        if (score.isPresent()) {
            assertThat(score.value()).isBetween(0.0, 100.0);
            assertThat(score.interval().low()).isBetween(0.0, score.value());
            assertThat(score.interval().high()).isBetween(score.value(), 100.0);
            assertThat(score.evidence()).isFinite();
            assertThat(score.explanation().sum()).isFinite();
        }
    }

    /** An event at a time, and the clock somewhere else. */
    private record Extreme(Instant clock, TouchpointEvent event) {

        List<CustomerId> customers() {
            return List.of(event.customerId().orElse(CustomerId.of("ada")), CustomerId.of("ada"));
        }
    }

    @Provide
    Arbitrary<List<Extreme>> anything() {
        Arbitrary<String> touchpoints = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of("search", "pay", "basket", "confirm", "call", "chat", "once", "other")),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(20)));
        Arbitrary<CustomerId> customers = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.just(CustomerId.of("ada"))),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(8).map(CustomerId::of)),
                Tuple.of(1, Arbitraries.just(null)));
        Arbitrary<Channel> channels = Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.of(null, Channel.WEB, Channel.PHONE)),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(8).map(Channel::of)));
        Arbitrary<Feedback> feedbacks = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(null)),
                Tuple.of(
                        1,
                        Combinators.combine(anyDoubles(), anyDoubles(), anyDoubles())
                                .as(Feedback::rating)),
                Tuple.of(
                        1,
                        Combinators.combine(Arbitraries.of(Feedback.Scale.class), anyDoubles())
                                .as(Feedback::of)));
        Arbitrary<TouchpointEvent.Builder> events = Combinators.combine(
                        touchpoints,
                        customers,
                        channels,
                        Arbitraries.of(Outcome.class).injectNull(0.2),
                        instants().injectNull(0.4),
                        feedbacks)
                .as((touchpoint, customer, channel, outcome, time, feedback) -> TouchpointEvent.builder(touchpoint)
                        .customer(customer)
                        .channel(channel)
                        .outcome(outcome)
                        .time(time)
                        .feedback(feedback));
        // milliseconds of a clock must fit into a long
        Arbitrary<Instant> clocks = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(START, START + DAY).map(Instant::ofEpochMilli)),
                Tuple.of(1, instants().filter(time -> !time.equals(Instant.MIN) && !time.equals(Instant.MAX))));
        return Combinators.combine(events, clocks, anyDoubles().list().ofSize(6), Arbitraries.integers())
                .as((event, clock, numbers, id) -> new Extreme(
                        clock,
                        event.durationMs(numbers.get(0))
                                .promiseMs(numbers.get(1))
                                .retries(numbers.get(2))
                                .excessSteps(numbers.get(3))
                                .transfers(numbers.get(4))
                                .repeatedInformation(numbers.get(5))
                                .id(id % 3 == 0 ? "e-" + id % 7 : null)
                                .build()))
                .withoutEdgeCases()
                .list()
                .ofMaxSize(12);
    }

    private static Arbitrary<Instant> instants() {
        return Arbitraries.frequencyOf(
                Tuple.of(5, Arbitraries.longs().between(START, START + DAY).map(Instant::ofEpochMilli)),
                Tuple.of(
                        2, Arbitraries.longs().between(START - 410 * DAY, START).map(Instant::ofEpochMilli)),
                Tuple.of(
                        2,
                        Arbitraries.longs()
                                .between(START, START + 9_000_000 * YEAR)
                                .map(Instant::ofEpochMilli)),
                Tuple.of(1, Arbitraries.longs().map(Instant::ofEpochMilli)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                Instant.EPOCH,
                                Instant.ofEpochMilli(Long.MIN_VALUE),
                                Instant.ofEpochMilli(Long.MAX_VALUE / 4),
                                Instant.ofEpochMilli(Long.MAX_VALUE),
                                Instant.MIN,
                                Instant.MAX)));
    }

    private static Arbitrary<Double> anyDoubles() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.doubles().between(-1, 10)),
                Tuple.of(2, Arbitraries.doubles().between(10, 1e6)),
                Tuple.of(1, Arbitraries.longs().map(Double::longBitsToDouble)),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                0.0,
                                Double.NaN,
                                Double.MIN_VALUE,
                                Double.MAX_VALUE,
                                Double.POSITIVE_INFINITY,
                                Double.NEGATIVE_INFINITY)));
    }

    // L13

    @Property(tries = 250)
    void importanceIsRelative(
            @ForAll("histories") List<Happening> history,
            @ForAll @Scale(4) @DoubleRange(min = 0.2, max = 5) double factor) {
        same(
                Run.of(catalog(factor), START).record(history),
                Run.of(catalog(), START).record(history));
    }
}
