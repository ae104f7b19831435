package dev.touchstone.surveys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.survey.SurveyResult;
import dev.touchstone.surveys.HcahpsAnswers.Scale;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class IndicesProperties {

    @Property
    void resultsLieWithinTheirScales(
            @ForAll @LongRange(max = 1_000_000) long part,
            @ForAll @LongRange(max = 1_000_000) long rest,
            @ForAll Scale scale,
            @ForAll @Size(11) List<@LongRange(max = 10_000) Long> counts) {
        HcahpsAnswers answers = new HcahpsAnswers(
                scale, counts.subList(0, HcahpsAnswers.none(scale).counts().size()));
        assertWithin(answers.linearScore().stream(), 0, 100);
        assertWithin(answers.topBox().stream(), 0, 100);
        assertWithin(new UserMisery(part, part + rest).result().stream(), 0, 1);
        assertWithin(ContactResolution.ofRepeats(part + rest, part).gross().stream(), 0, 100);
    }

    private static void assertWithin(Stream<SurveyResult> results, double min, double max) {
        results.forEach(result -> {
            assertThat(result.value()).isBetween(min, max);
            assertThat(result.interval().low()).isBetween(min, result.value());
            assertThat(result.interval().high()).isBetween(result.value(), max);
        });
    }
}
