package dev.touchstone.scoring.internal;

/**
 * The situation of an event: everything besides the event and the pace that its assessment depends on.
 *
 * @param first whether this is the first event of the customer
 * @param repeatedFailure whether a failure now would follow another one
 * @param retry whether the event repeats an unsuccessful one
 * @param excessStep whether the journey has already used all its steps
 * @param channelSwitch whether the customer had to switch the channel
 * @param repeatContact whether the customer had to ask again
 * @param tasks the number of tasks that the event starts for its customer: 0 or 1
 * @param taskTimeMs the time of the task that the event belongs to
 * @param habit how much slower than others this customer usually is, from -1 to 1; 0 unless the model uses it
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

    /** Returns the situation of an event without a customer. */
    static Situation ofNobody(long timeMs) {
        return new Situation(false, false, false, false, false, false, 1, timeMs, 0);
    }
}
