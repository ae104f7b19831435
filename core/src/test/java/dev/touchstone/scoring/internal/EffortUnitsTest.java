package dev.touchstone.scoring.internal;

import static dev.touchstone.scoring.internal.Trial.at;
import static dev.touchstone.scoring.internal.Trial.failureAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.EffortDriver;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 2: what is effort, and how much. */
class EffortUnitsTest {

    private static Trial withContacts() {
        return Trial.of(c -> c.touchpoint("call", t -> t.supportContact(true).channel("phone"))
                .touchpoint("mail", t -> t.supportContact(true).channel("email"))
                .touchpoint("form", t -> t.supportContact(true)));
    }

    private static Trial withJourney() {
        return Trial.of(c -> c.touchpoint("basket", t -> t.journey("purchase"))
                .touchpoint("pay", t -> t.journey("purchase"))
                .journey("purchase", j -> j.steps(2).ends("confirm")));
    }

    private static double units(Assessment assessment, EffortDriver driver) {
        return assessment.effort().units(driver);
    }

    @Test
    void eachUnitHasItsSize() {
        Assessment assessment = Trial.plain()
                .record(at("search").retries(2).excessSteps(2).transfers(2).repeatedInformation(2));
        assertThat(units(assessment, EffortDriver.RETRY)).isEqualTo(1);
        assertThat(units(assessment, EffortDriver.EXCESS_STEP)).isEqualTo(0.3);
        assertThat(units(assessment, EffortDriver.TRANSFER)).isEqualTo(2);
        assertThat(units(assessment, EffortDriver.REPEATED_INFORMATION)).isEqualTo(1.5);
        assertThat(assessment.effort().total()).isCloseTo(4.8, within(1e-12));
        assertThat(Trial.plain()
                        .record(at("search").outcome(Outcome.ABANDONED))
                        .effort()
                        .units(EffortDriver.ABANDONMENT))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, 1",
        "NaN, 0, 1",
        "Infinity, 0, 1",
        "-Infinity, 0, 1",
        "100, 100, 0",
        "100.1, 100, 1",
        "1e300, 100, 1",
        "0.4, 0.4, 0",
        "-0.0, 0, 0"
    })
    void anEffortFactStaysBetweenNoneAndAHundred(double stated, double transfers, long warnings) {
        Trial trial = Trial.plain();
        assertThat(units(trial.record(at("search").transfers(stated)), EffortDriver.TRANSFER))
                .isEqualTo(transfers);
        assertThat(trial.touchstone().health().warnings(Warning.BAD_EFFORT)).isEqualTo(warnings);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0.5", "PT9M59.999S, 0.5", "PT10M, 0"})
    void aRetryFollowsAFailureWithinTenMinutes(String later, double units) {
        for (Outcome outcome : List.of(Outcome.FAILURE, Outcome.ABANDONED)) {
            Trial trial = Trial.plain();
            trial.record(at("pay").outcome(outcome));
            assertThat(units(trial.clock(later).record(at("pay")), EffortDriver.RETRY))
                    .isEqualTo(units);
        }
    }

    @Test
    void nothingButAFailedAttemptAtTheSameTouchpointIsRetried() {
        for (Outcome outcome : List.of(Outcome.SUCCESS, Outcome.DEGRADED)) {
            Trial trial = Trial.plain();
            trial.record(at("pay").outcome(outcome));
            assertThat(units(trial.record(at("pay")), EffortDriver.RETRY)).isZero();
        }
        Trial elsewhere = Trial.plain();
        elsewhere.record(failureAt("pay"));
        assertThat(units(elsewhere.record(at("search")), EffortDriver.RETRY)).isZero();
        // and the previous event is not at "pay" any more
        assertThat(units(elsewhere.record(at("pay")), EffortDriver.RETRY)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0.5", "PT9M59.999S, 0.5", "PT10M, 0"})
    void aRetryFollowsARefusedInputWithinTenMinutes(String later, double units) {
        Trial trial = Trial.plain();
        trial.record(at("form").outcome(Outcome.DEGRADED).invalidInput());
        assertThat(units(trial.clock(later).record(at("form")), EffortDriver.RETRY))
                .isEqualTo(units);
    }

    @Test
    void refusedInputThatDidNotDegradeTheEventIsNotRetried() {
        Trial trial = Trial.plain();
        trial.record(at("form").outcome(Outcome.SUCCESS).invalidInput());
        assertThat(units(trial.record(at("form")), EffortDriver.RETRY)).isZero();
    }

    @Test
    void whatHappenedBeforeTheFailureDoesNotRetryIt() {
        Trial trial = Trial.plain();
        trial.record(failureAt("pay"));
        assertThat(units(trial.record(at("pay").time(Trial.START.minusMillis(1))), EffortDriver.RETRY))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5", "0.4, 0.5", "1, 0.5", "3, 1.5"})
    void ofWhatIsStatedAndDetectedTheLargerHolds(double stated, double units) {
        Trial trial = Trial.plain();
        trial.record(failureAt("pay"));
        assertThat(units(trial.record(at("pay").retries(stated)), EffortDriver.RETRY))
                .isEqualTo(units);
    }

    @Test
    void eachEventBeyondTheStepsOfAJourneyIsExcess() {
        Trial trial = withJourney();
        assertThat(units(trial.record(at("basket")), EffortDriver.EXCESS_STEP)).isZero();
        assertThat(units(trial.record(at("pay")), EffortDriver.EXCESS_STEP)).isZero();
        assertThat(units(trial.record(at("pay")), EffortDriver.EXCESS_STEP)).isEqualTo(0.15);
        assertThat(units(trial.record(at("pay").excessSteps(3)), EffortDriver.EXCESS_STEP))
                .isCloseTo(0.45, within(1e-12));
        assertThat(units(trial.record(at("confirm")), EffortDriver.EXCESS_STEP)).isEqualTo(0.15);
        // the journey is closed: this opens another one
        assertThat(units(trial.record(at("pay")), EffortDriver.EXCESS_STEP)).isZero();
    }

    @Test
    void aSwitchIsFromTheLastKnownChannelOfTheOpenJourney() {
        Trial trial = withJourney();
        assertThat(units(trial.record(at("basket").channel(Channel.WEB)), EffortDriver.CHANNEL_SWITCH))
                .isZero();
        assertThat(units(trial.record(at("basket")), EffortDriver.CHANNEL_SWITCH))
                .isZero();
        assertThat(units(trial.record(at("pay").channel(Channel.WEB)), EffortDriver.CHANNEL_SWITCH))
                .isZero();
        assertThat(units(trial.record(at("pay").channel(Channel.UNKNOWN)), EffortDriver.CHANNEL_SWITCH))
                .isZero();
        assertThat(units(trial.record(at("pay").channel(Channel.PHONE)), EffortDriver.CHANNEL_SWITCH))
                .isEqualTo(1);
        assertThat(units(trial.record(at("confirm").channel(Channel.PHONE)), EffortDriver.CHANNEL_SWITCH))
                .isZero();
        // outside the journey nothing was switched
        assertThat(units(trial.record(at("basket").channel(Channel.WEB)), EffortDriver.CHANNEL_SWITCH))
                .isZero();
    }

    @Test
    void outsideJourneysAndContactsAChangeOfChannelIsNoSwitch() {
        Trial trial = Trial.plain();
        trial.record(at("search").channel(Channel.WEB));
        assertThat(trial.record(at("search").channel(Channel.APP)).effort().total())
                .isZero();
    }

    @Test
    void aSwitchWithinOneContactCountsThroughUnknownChannels() {
        Trial trial = withContacts();
        trial.record(at("call"));
        assertThat(trial.clock("PT20M").record(at("form")).effort().total()).isZero();
        // 40 min after the call, but the contact went on in between
        Assessment mail = trial.clock("PT40M").record(at("mail"));
        assertThat(units(mail, EffortDriver.CHANNEL_SWITCH)).isEqualTo(1);
        assertThat(units(mail, EffortDriver.REPEAT_CONTACT)).isZero();
    }

    @Test
    void aNewContactRemembersNoChannelOfTheOldOne() {
        Trial trial = withContacts();
        trial.record(at("call"));
        assertThat(units(trial.clock("PT30M").record(at("form")), EffortDriver.CHANNEL_SWITCH))
                .isZero();
        assertThat(units(trial.clock("PT40M").record(at("mail")), EffortDriver.CHANNEL_SWITCH))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0", "PT29M59.999S, 0", "PT30M, 2", "P6DT23H59M59.999S, 2", "P7D, 0"})
    void aContactIsRepeatedBetweenHalfAnHourAndAWeek(String later, double units) {
        Trial trial = withContacts();
        trial.record(at("call"));
        trial.record(at("elsewhere")); // does not stand between two contacts
        assertThat(units(trial.clock(later).record(at("call")), EffortDriver.REPEAT_CONTACT))
                .isEqualTo(units);
    }

    @Test
    void anyContactRepeatsAnyOther() {
        Trial trial = withContacts();
        trial.record(at("call"));
        Assessment mail = trial.clock("PT1H").record(at("mail"));
        assertThat(units(mail, EffortDriver.REPEAT_CONTACT)).isEqualTo(2);
        // a repeated contact is not the same one: the channel may differ
        assertThat(units(mail, EffortDriver.CHANNEL_SWITCH)).isZero();
        assertThat(units(trial.record(at("search")), EffortDriver.REPEAT_CONTACT))
                .isZero();
    }

    @Test
    void withoutACustomerNothingIsDetected() {
        Trial trial = withContacts();
        trial.record(TouchpointEvent.builder("call").outcome(Outcome.FAILURE));
        trial.clock("PT1H").record(TouchpointEvent.builder("call").outcome(Outcome.FAILURE));
        assertThat(trial.record(TouchpointEvent.builder("call")).effort().total())
                .isZero();
    }

    @Test
    void whatOneCustomerDidIsNoneOfAnothersBusiness() {
        Trial trial = withContacts();
        trial.record(failureAt("call"));
        Assessment other =
                trial.clock("PT1H").record(TouchpointEvent.builder("call").customer(CustomerId.of("bob")));
        assertThat(other.effort().total()).isZero();
        assertThat(other.weight()).isEqualTo(1.5);
    }
}
