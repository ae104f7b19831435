package dev.touchstone.examples.plain;

import static dev.touchstone.event.Outcome.FAILURE;
import static java.time.Duration.ofMillis;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Score;

/** Records two events of a customer, and prints the score with its explanation. */
public final class First {

    private First() {}

    public static void main(String[] args) {
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
            System.out.println(score);
            System.out.println(score.explanation());
        }
    }
}
