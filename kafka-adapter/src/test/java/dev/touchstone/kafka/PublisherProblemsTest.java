package dev.touchstone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.kafka.KafkaPublisher.Loss;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PublisherProblemsTest {

    private static final CustomerKey ADA = new CustomerKey(1, 2);
    private static final CustomerChange CHANGE = new CustomerChange.Identified(new CustomerKey(3, 4), ADA);
    private static final CustomerChange ERASURE = new CustomerChange.Erased(ADA, Instant.EPOCH);

    private long nowNs = Long.MAX_VALUE - 7; // nanoTime may begin anywhere
    private final Outbox outbox = new Outbox(2, () -> nowNs);
    private final PublisherProblems problems = new PublisherProblems(outbox, () -> nowNs);

    private void pass(Duration time) {
        nowNs += time.toNanos();
    }

    @Test
    void silenceIsAProblemWhileSomethingWaits() {
        outbox.offer(CHANGE);
        pass(Duration.ofSeconds(15));
        assertThat(problems.text()).isEmpty();

        pass(Duration.ofSeconds(1));
        assertThat(problems.text())
                .hasValue(
                        "kafka: the brokers have not confirmed anything for 16 s; 1 changes wait; check the brokers and the"
                                + " network");

        outbox.offer(ERASURE);
        assertThat(problems.text().orElseThrow())
                .contains("2 changes wait")
                .contains("1 erasures are among them; they are lost if the process ends now");

        outbox.published(CHANGE);
        assertThat(problems.text()).isEmpty();

        outbox.published(ERASURE);
        pass(Duration.ofHours(1));
        assertThat(problems.text()).isEmpty();

        outbox.offer(CHANGE);
        assertThat(problems.text()).isEmpty(); // it waits since now
    }

    @Test
    void droppingIsAProblemForFiveMinutes() {
        problems.refused("PolicyViolationException");
        assertThat(problems.text()).isEmpty();

        outbox.offer(CHANGE);
        outbox.failed(CHANGE, Loss.BROKER);
        assertThat(problems.text())
                .hasValue("kafka: changes were dropped within the last five minutes, the latest refusal being"
                        + " PolicyViolationException; health has the reasons");

        pass(Duration.ofMinutes(5));
        assertThat(problems.text()).isEmpty();
    }

    @Test
    void failureIsAProblemUntilItIsOver() {
        outbox.offer(CHANGE);
        problems.failed("TimeoutException");
        assertThat(problems.text()).hasValue("kafka: TimeoutException; 1 changes wait");

        problems.recovered();
        assertThat(problems.text()).isEmpty();
    }
}
