package dev.touchstone;

import static dev.touchstone.event.Outcome.FAILURE;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The first lines of the README, as they stand there. */
class FirstExampleTest {

    @Test
    void tenLinesGiveAScore() {
        try (Touchstone touchstone = Touchstone.create()) {
            CustomerId ada = CustomerId.of("ada");
            touchstone.record(TouchpointEvent.builder("search")
                    .customer(ada)
                    .duration(ofMillis(180))
                    .build());
            touchstone.record(TouchpointEvent.builder("checkout.pay")
                    .customer(ada)
                    .outcome(FAILURE)
                    .build());
            Score score = touchstone.customer(ada).experience();
            assertThat(score).hasToString("69.00 [33.77, 90.67] evidence 2.00");
            assertThat(score.explanation()).hasToString("outcome 11.43, pace 1.71, prior 17.86");
        }
    }

    @Test
    void theReadmeShowsTheseLines() throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        assertThat(readme)
                .contains(
                        "touchstone.record(TouchpointEvent.builder(\"search\").customer(ada).duration(ofMillis(180)).build());")
                .contains(
                        "touchstone.record(TouchpointEvent.builder(\"checkout.pay\").customer(ada).outcome(FAILURE).build());")
                .contains("69.00 [33.77, 90.67] evidence 2.00")
                .contains("outcome 11.43, pace 1.71, prior 17.86");
    }
}
