package dev.touchstone.customers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.care.internal.Standing;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.Assessor;
import dev.touchstone.scoring.internal.CustomerFold;
import org.junit.jupiter.api.Test;

/** What is kept of a customer besides the scores. */
class FullRecordTest {

    private final CustomerFold fold = new CustomerFold(new Assessor(ScoreModel.STANDARD), false);

    @Test
    void retiredRecordLetsGoOfEverything() {
        FullRecord record = new FullRecord(new CustomerKey(1, 2), fold);
        record.await(AwaitedAnswer.blank());
        record.stand(new Standing());
        record.visit(1);
        assertThat(record.awaited()).isNotNull();
        assertThat(record.standing()).isNotNull();
        record.retire(fold.newState());
        assertThat(record.awaited())
                .as("the eviction order holds the record for a while")
                .isNull();
        assertThat(record.standing()).isNull();
        assertThat(record.hasVisited()).isFalse();
    }

    @Test
    void recordWithoutPredictionAndCareKeepsNothingMore() {
        CustomerRecord record = new CustomerRecord(new CustomerKey(1, 2), fold);
        record.await(AwaitedAnswer.blank());
        record.stand(new Standing());
        assertThat(record.awaited()).isNull();
        assertThat(record.standing()).isNull();
    }
}
