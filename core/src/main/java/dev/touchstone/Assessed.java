package dev.touchstone;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.Assessment;
import org.jspecify.annotations.Nullable;

/**
 * An accepted event with its assessments, ready to be added to its cell and announced. Immutable.
 *
 * @param admitted the event
 * @param customer the customer of the event, or the identified customer if the event's guest was identified; null if
 *  anonymous
 * @param happened the assessment of the event itself; null if the event is only an answer
 * @param answered the assessment of the answer; null if there is no scored answer
 * @param consequences what else to announce
 */
record Assessed(
        Admitted admitted,
        @Nullable CustomerKey customer,
        @Nullable Assessment happened,
        @Nullable Assessment answered,
        Consequences consequences)
        implements Fate {}
