package dev.touchstone.scoring.internal;

import static dev.touchstone.scoring.internal.Trial.at;
import static dev.touchstone.scoring.internal.Trial.failureAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.EffortDriver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Section 3: which events begin a task of the customer, and to the time of which task the others belong. */
class TaskTest {

    private static Trial trial() {
        return Trial.of(c -> c.touchpoint("call", t -> t.supportContact(true))
                .touchpoint("chat", t -> t.supportContact(true).journey("help"))
                .touchpoint("basket", t -> t.journey("purchase"))
                .journey("help", j -> j.timeout(Duration.ofDays(300)))
                .journey("purchase", j -> j.ends("confirm")));
    }

    private static void beginsATask(Assessment assessment) {
        assertThat(assessment.tasks()).isEqualTo(1);
        assertThat(assessment.taskTimeMs()).isEqualTo(assessment.timeMs());
    }

    private static void belongsTo(String time, Assessment assessment) {
        assertThat(assessment.tasks()).isZero();
        assertThat(assessment.taskTimeMs()).isEqualTo(Trial.time(time).toEpochMilli());
    }

    @Test
    void anEventOutsideAnyJourneyIsATask() {
        Trial trial = trial();
        beginsATask(trial.record(at("search")));
        beginsATask(trial.clock("PT1M").record(failureAt("search")));
    }

    @Test
    void inEveryOtherScopeEachEventIsATask() {
        Trial trial = trial();
        trial.record(failureAt("search"));
        Assessment retry = trial.record(at("search"));
        assertThat(retry.tasks()).isZero();
        assertThat(retry.ownTasks()).isEqualTo(1);
    }

    @Test
    void aRetryBelongsToTheTaskThatItRepeats() {
        Trial trial = trial();
        trial.record(failureAt("search"));
        belongsTo("PT0S", trial.clock("PT9M").record(failureAt("search")));
        belongsTo("PT0S", trial.clock("PT18M").record(at("search")));
        beginsATask(trial.clock("PT19M").record(at("search")));
    }

    @Test
    void aStatedRetryIsStillATask() {
        beginsATask(trial().record(at("search").retries(3)));
    }

    @Test
    void theSameContactIsTheSameTask() {
        Trial trial = trial();
        trial.record(at("call"));
        belongsTo("PT0S", trial.clock("PT29M").record(at("call")));
        belongsTo("PT0S", trial.clock("PT58M").record(at("call")));
    }

    @Test
    void aRepeatedContactIsTheSameTaskForThirtyDays() {
        Trial trial = trial();
        trial.record(at("call"));
        for (int day = 6; day < 30; day += 6) {
            belongsTo("PT0S", trial.clock("P" + day + "D").record(at("call")));
        }
        belongsTo("PT0S", trial.clock("P30D").record(at("call")));
    }

    @Test
    void aRepeatedContactOfAnOlderTaskIsANewOneAndStillARepetition() {
        Trial trial = trial();
        trial.record(at("call"));
        for (int day = 6; day < 30; day += 6) {
            trial.clock("P" + day + "D").record(at("call"));
        }
        Assessment late = trial.clock("P30DT0.001S").record(at("call"));
        beginsATask(late);
        assertThat(late.effort().units(EffortDriver.REPEAT_CONTACT)).isEqualTo(2);
        belongsTo("P30DT0.001S", trial.clock("P31D").record(at("call")));
    }

    @Test
    void theSameContactNeverBecomesANewTask() {
        Trial trial = trial();
        trial.record(at("call"));
        for (int day = 6; day < 30; day += 6) {
            trial.clock("P" + day + "D").record(at("call"));
        }
        trial.clock("P29DT23H50M").record(at("call"));
        belongsTo("PT0S", trial.clock("P30DT10M").record(at("call")));
    }

    @Test
    void openingAJourneyIsATaskToWhichTheRestOfItBelongs() {
        Trial trial = trial();
        beginsATask(trial.record(at("basket")));
        belongsTo("PT0S", trial.clock("PT20M").record(failureAt("basket")));
        belongsTo("PT0S", trial.clock("PT25M").record(at("basket")));
        belongsTo("PT0S", trial.clock("PT30M").record(at("confirm")));
        beginsATask(trial.clock("PT31M").record(at("confirm")));
        beginsATask(trial.clock("PT32M").record(at("basket")));
    }

    @Test
    void aRepeatedContactThatOpensAJourneyIsATaskOfItsOwn() {
        Trial trial = trial();
        trial.record(at("call"));
        Assessment chat = trial.clock("PT1H").record(at("chat"));
        beginsATask(chat);
        assertThat(chat.effort().units(EffortDriver.REPEAT_CONTACT)).isEqualTo(2);
        belongsTo("PT1H", trial.clock("PT2H").record(at("chat")));
        // and a contact outside the journey goes on with what it repeats
        belongsTo("PT1H", trial.clock("PT3H").record(at("call")));
    }

    @Test
    void aRetryOfAFailedEndBelongsToTheTaskOfTheClosedJourney() {
        Trial trial = trial();
        trial.record(at("basket"));
        trial.clock("PT1M").record(at("confirm").outcome(dev.touchstone.event.Outcome.DEGRADED));
        trial.clock("PT2M").record(failureAt("confirm"));
        belongsTo("PT2M", trial.clock("PT3M").record(at("confirm")));
    }

    @Test
    void effortIsWeighedAtTheTimeOfItsTask() {
        Trial trial = trial();
        trial.record(at("chat"));
        trial.clock("P30D").record(at("chat").transfers(4));
        // the transfers weigh as much as the task that began thirty days ago: U = 4/2, T = 1/2
        // more
        assertThat(trial.effort().evidence()).isCloseTo(0.5, within(1e-12));
        assertThat(trial.effort().value()).isCloseTo(100 * (1 - Math.pow(2, -4.0 / 3)), within(1e-9));
        // while the experience counts both events at their own times
        assertThat(trial.experience().evidence()).isCloseTo(1.5, within(1e-12));
        // a new task has its full weight: U/T = 2/1.5
        trial.record(at("search"));
        assertThat(trial.effort().evidence()).isCloseTo(1.5, within(1e-12));
        assertThat(trial.effort().value()).isCloseTo(100 * (1 - Math.pow(2, -2 / 1.5 / 3)), within(1e-9));
    }
}
