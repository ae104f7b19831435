package dev.touchstone;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.Assessment;
import org.jspecify.annotations.Nullable;

/**
 * An accepted event with its assessments, to be added to its cell and announced. Immutable.
 *
 * @param admitted the event
 * @param customer the customer who has it now, another one than admitted if a guest was identified; null if anonymous
 * @param happened the assessment of what happened; null if the event is only an answer
 * @param answered the assessment of the answer; null if there is none that is scored
 * @param consequences what else is to be announced
 */
record Assessed(
        Admitted admitted,
        @Nullable CustomerKey customer,
        @Nullable Assessment happened,
        @Nullable Assessment answered,
        Consequences consequences)
        implements Fate {}
