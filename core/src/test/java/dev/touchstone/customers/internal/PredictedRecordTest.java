package dev.touchstone.customers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.Assessor;
import dev.touchstone.scoring.internal.CustomerFold;
import org.junit.jupiter.api.Test;

/** What is kept of a customer besides the scores. */
class PredictedRecordTest {

    private final CustomerFold fold = new CustomerFold(new Assessor(ScoreModel.STANDARD), false);

    @Test
    void retiredRecordLetsGoOfTheEvent() {
        PredictedRecord record = new PredictedRecord(new CustomerKey(1, 2), fold.newState());
        record.await(AwaitedAnswer.blank());
        assertThat(record.awaited()).isNotNull();
        record.retire(fold.newState());
        assertThat(record.awaited())
                .as("the eviction order holds the record for a while")
                .isNull();
    }

    @Test
    void recordWithoutPredictionKeepsNone() {
        CustomerRecord record = new CustomerRecord(new CustomerKey(1, 2), fold.newState());
        record.await(AwaitedAnswer.blank());
        assertThat(record.awaited()).isNull();
    }
}
