package dev.touchstone.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {

    @ParameterizedTest
    @CsvSource({
        "1, 12.706204736174694",
        "2, 4.302652729749462",
        "3.5, 2.9400886379827282",
        "5, 2.5705818356363146",
        "10, 2.228138851986274",
        "30, 2.0422724563012378",
        "200, 1.9718962236339088",
        "100000, 1.9599877075346095"
    })
    void quantileIsThatOfTheTables(double freedom, double t) {
        assertThat(StudentT.quantile(freedom)).isCloseTo(t, within(t * 1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 3, 1.0",
        "0.3, 1, 0.8144528418445154",
        "1, 2.5, 0.40406102727827364",
        "2, 7.3, 0.08394103933410313",
        "1.96, 1000, 0.050273184955748736",
        "10, 12, 3.5813236876723737e-07",
        "40, 3, 3.4380680789158506e-05",
        "3, 100000, 0.0027004608840647234"
    })
    void bothTailsAreThoseOfTheTables(double t, double freedom, double p) {
        assertThat(StudentT.bothTails(t, freedom)).isCloseTo(p, within(p * 1e-9));
        assertThat(StudentT.bothTails(-t, freedom)).isEqualTo(StudentT.bothTails(t, freedom));
    }

    @Property
    void quantileLeavesOutFivePercent(@ForAll @DoubleRange(min = 1, max = 1e7) double freedom) {
        double t = StudentT.quantile(freedom);
        assertThat(t).isBetween(1.9599, 12.7063);
        assertThat(StudentT.bothTails(t, freedom)).isCloseTo(0.05, within(1e-11));
    }

    @Property
    void tailsAreProbabilitiesThatFallWithDistance(
            @ForAll @DoubleRange(min = 0, max = 1e3) double t,
            @ForAll @DoubleRange(min = 1, max = 1e5) double freedom) {
        double p = StudentT.bothTails(t, freedom);
        assertThat(p).isBetween(0.0, 1.0);
        assertThat(StudentT.bothTails(t * 1.01 + 1e-6, freedom)).isLessThanOrEqualTo(p);
    }
}
