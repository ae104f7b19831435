package dev.touchstone.surveys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.internal.HalfUp;
import dev.touchstone.survey.SurveyResult;
import dev.touchstone.surveys.Acsi.Weights;
import org.junit.jupiter.api.Test;

class IndicesTest {

    @Test
    void acsiOfOneCustomer() {
        SurveyResult one = Acsi.of(Weights.EQUAL).with(8, 7, 7).result().orElseThrow();
        assertThat(HalfUp.format(one.value())).isEqualTo("70.37");
        assertThat(one.interval().low()).isZero();
        assertThat(one.interval().high()).isEqualTo(100);
    }

    @Test
    void acsiOfManyCustomersIsTheirMean() {
        Acsi acsi = Acsi.of(new Weights(0.5, 0.25, 0.25)).with(10, 10, 10).with(1, 1, 1);
        SurveyResult two =
                acsi.plus(Acsi.of(acsi.weights()).with(10, 1, 1)).result().orElseThrow();
        assertThat(two.value()).isCloseTo(50, within(1e-12));
        assertThat(two.n()).isEqualTo(3);
        // sample variance 2500
        assertThat(two.interval().high()).isEqualTo(100);
        assertThat(Acsi.of(Weights.EQUAL).result()).isEmpty();
    }

    @Test
    void acsiRejectsAnswersAndWeightsOutsideTheirBounds() {
        Acsi acsi = Acsi.of(Weights.EQUAL);
        assertThatThrownBy(() -> acsi.with(0.9, 5, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> acsi.with(5, 10.1, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> acsi.with(5, 5, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> acsi.plus(Acsi.of(new Weights(1, 0, 0)))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Weights(0.5, 0.5, 0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Weights(-1, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Weights(Double.NaN, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Acsi(Weights.EQUAL, -1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void userMiseryOfFewUsersShrinksToThePrior() {
        UserMisery misery = new UserMisery(10, 100);
        SurveyResult result = misery.result().orElseThrow();
        assertThat(HalfUp.format(result.value(), 5)).isEqualTo("0.07296");
        assertThat(result.interval().low()).isBetween(0.04, 0.05);
        assertThat(result.interval().high()).isBetween(0.11, 0.12);
        assertThat(misery.plus(new UserMisery(1, 2))).isEqualTo(new UserMisery(11, 102));
        assertThat(new UserMisery(0, 0).result()).isEmpty();
        assertThatThrownBy(() -> new UserMisery(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new UserMisery(-1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void netResolutionLeavesOutUnresolvableContacts() {
        ContactResolution contacts = new ContactResolution(1000, 700, 120);
        assertThat(contacts.gross().orElseThrow().value()).isEqualTo(70.0);
        assertThat(HalfUp.format(contacts.net().orElseThrow().value(), 1)).isEqualTo("79.5");
        assertThat(contacts.net().orElseThrow().n()).isEqualTo(880);
        assertThat(contacts.plus(new ContactResolution(10, 7, 2))).isEqualTo(new ContactResolution(1010, 707, 122));
    }

    @Test
    void repeatedContactCountsAsUnresolved() {
        ContactResolution behavior = ContactResolution.ofRepeats(200, 30);
        assertThat(behavior.gross().orElseThrow().value()).isEqualTo(85.0);
        assertThat(behavior.net()).isEqualTo(behavior.gross());
    }

    @Test
    void noContactsHaveNoRate() {
        assertThat(ContactResolution.NONE.gross()).isEmpty();
        assertThat(new ContactResolution(3, 0, 3).net()).isEmpty();
        assertThat(new ContactResolution(3, 0, 3).gross()).isPresent();
    }

    @Test
    void resolvedContactsAreAtMostAllContacts() {
        assertThatThrownBy(() -> new ContactResolution(10, 8, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ContactResolution(10, -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ContactResolution(10, 0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ContactResolution.ofRepeats(1, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
