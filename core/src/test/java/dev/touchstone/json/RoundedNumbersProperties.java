package dev.touchstone.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.StringWriter;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

class RoundedNumbersProperties {

    private static String written(double number) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            new RoundedNumbers(json).writeNumber(number);
        }
        return text.toString();
    }

    @Property
    void whatIsWrittenIsTheNumberToFourDecimals(@ForAll @DoubleRange(min = -1e9, max = 1e9) double number) {
        String text = written(number);
        assertThat(Double.parseDouble(text)).isCloseTo(number, within(0.5001e-4 + Math.ulp(number)));
        assertThat(text).matches("-?(0|[1-9]\\d*)(\\.\\d{0,3}[1-9])?");
    }

    @Property
    void soAreScores(@ForAll @DoubleRange(min = 0, max = 100) double number) {
        assertThat(Double.parseDouble(written(number))).isCloseTo(number, within(0.5001e-4));
    }

    @Property
    void whatCannotBeRoundedIsWrittenAsItIs(@ForAll double number) {
        if (Double.isFinite(number) && Math.abs(number) >= 1e11) {
            assertThat(Double.parseDouble(written(number))).isEqualTo(number);
        }
    }

    @Example
    void someNumbers() {
        assertThat(written(0)).isEqualTo("0");
        assertThat(written(-0.0)).isEqualTo("0");
        assertThat(written(-0.00001)).isEqualTo("0");
        assertThat(written(100)).isEqualTo("100");
        assertThat(written(99.99996)).isEqualTo("100");
        assertThat(written(69.00499999)).isEqualTo("69.005");
        assertThat(written(-12.0304)).isEqualTo("-12.0304");
        assertThat(written(0.05)).isEqualTo("0.05");
        assertThat(written(Double.NaN)).isEqualTo("\"NaN\"");
    }
}
