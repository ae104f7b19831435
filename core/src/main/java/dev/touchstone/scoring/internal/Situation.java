package dev.touchstone.scoring.internal;

/**
 * What a customer's history says about an event that just happened: all that an assessment depends on beside the event
 * itself and the pace.
 *
 * @param first whether nothing of the customer is known yet
 * @param repeatedFailure whether a failure now would be one of several
 * @param retry whether the event repeats one that did not succeed
 * @param excessStep whether the journey has taken all its steps already
 * @param channelSwitch whether the customer had to change the channel
 * @param repeatContact whether the customer comes back to ask again
 * @param tasks how many tasks of the customer the event begins: 0 or 1
 * @param taskTimeMs the time of the task to which the event belongs
 * @param habit how much slower than others this customer usually is, from -1 to 1; 0 unless that is asked for
 */
record Situation(
        boolean first,
        boolean repeatedFailure,
        boolean retry,
        boolean excessStep,
        boolean channelSwitch,
        boolean repeatContact,
        int tasks,
        long taskTimeMs,
        double habit) {

    /** The situation of somebody of whom nothing is kept. */
    static Situation ofNobody(long timeMs) {
        return new Situation(false, false, false, false, false, false, 1, timeMs, 0);
    }
}
