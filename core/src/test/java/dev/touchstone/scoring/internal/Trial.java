package dev.touchstone.scoring.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An instance under a clock that stands still, and everything that it judged so far. Not thread-safe. */
final class Trial {

    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private static final CustomerId ADA = CustomerId.of("ada");

    private final ManualClock clock = ManualClock.at(START);
    private final List<Assessment> assessments = new ArrayList<>();
    private final Touchstone touchstone;

    private Trial(Consumer<TouchstoneBuilder> configuration) {
        TouchstoneBuilder builder = Touchstone.builder()
                .clock(clock)
                .retention(Duration.ofDays(400))
                .lifetime()
                .strict()
                .listener((event, touchpoint, assessment) -> assessments.add(assessment));
        configuration.accept(builder);
        this.touchstone = builder.build();
    }

    /** Declares nothing. */
    static Trial plain() {
        return new Trial(builder -> {});
    }

    static Trial of(Consumer<Catalog.Builder> declaration) {
        return new Trial(builder -> builder.catalog(declaration));
    }

    static Trial under(ScoreModel.Builder model) {
        return of(catalog -> catalog.model(model.build()));
    }

    static ScoreModel.Builder model() {
        return ScoreModel.STANDARD.derive("trial");
    }

    /** What happened to the one customer of a trial. */
    static TouchpointEvent.Builder at(String touchpoint) {
        return TouchpointEvent.builder(touchpoint).customer(ADA);
    }

    static TouchpointEvent.Builder failureAt(String touchpoint) {
        return at(touchpoint).outcome(Outcome.FAILURE);
    }

    static Instant time(String sinceStart) {
        return START.plus(Duration.parse(sinceStart));
    }

    /** Sets the clock to an ISO-8601 duration after the start. */
    Trial clock(String sinceStart) {
        clock.set(time(sinceStart));
        return this;
    }

    /** Records at the clock's time, unless the event has one, something that makes one assessment. */
    Assessment record(TouchpointEvent.Builder event) {
        List<Assessment> all = recordAll(event);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    List<Assessment> recordAll(TouchpointEvent.Builder event) {
        int before = assessments.size();
        touchstone.record(event.build());
        return List.copyOf(assessments.subList(before, assessments.size()));
    }

    Score experience() {
        return touchstone.customer(ADA).experience();
    }

    Score effort() {
        return touchstone.customer(ADA).effort();
    }

    Touchstone touchstone() {
        return touchstone;
    }

    Scoreboard.JourneyScope journey() {
        List<Scoreboard.JourneyScope> journeys = touchstone.scoreboard().journeys();
        assertThat(journeys).hasSize(1);
        return journeys.get(0);
    }
}
