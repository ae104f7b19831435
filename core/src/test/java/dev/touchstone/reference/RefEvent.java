package dev.touchstone.reference;

/** What happened, as it was sent; {@code null} stands for whatever was not said. */
public record RefEvent(
        String id,
        long timeMs,
        String touchpoint,
        String customer,
        String channel,
        String outcome,
        Double durationMs,
        Double promiseMs,
        double retries,
        double excessSteps,
        double transfers,
        double repeatedInformation,
        RefFeedback feedback,
        boolean invalidInput) {

    public static RefEvent at(long timeMs, String touchpoint) {
        return new RefEvent(null, timeMs, touchpoint, null, null, null, null, null, 0, 0, 0, 0, null, false);
    }

    public RefEvent at(long newTimeMs) {
        return new RefEvent(
                id,
                newTimeMs,
                touchpoint,
                customer,
                channel,
                outcome,
                durationMs,
                promiseMs,
                retries,
                excessSteps,
                transfers,
                repeatedInformation,
                feedback,
                invalidInput);
    }

    public RefEvent withId(String value) {
        return new RefEvent(
                value,
                timeMs,
                touchpoint,
                customer,
                channel,
                outcome,
                durationMs,
                promiseMs,
                retries,
                excessSteps,
                transfers,
                repeatedInformation,
                feedback,
                invalidInput);
    }

    public RefEvent withCustomer(String value) {
        return new RefEvent(
                id,
                timeMs,
                touchpoint,
                value,
                channel,
                outcome,
                durationMs,
                promiseMs,
                retries,
                excessSteps,
                transfers,
                repeatedInformation,
                feedback,
                invalidInput);
    }

    public RefEvent withChannel(String value) {
        return new RefEvent(
                id,
                timeMs,
                touchpoint,
                customer,
                value,
                outcome,
                durationMs,
                promiseMs,
                retries,
                excessSteps,
                transfers,
                repeatedInformation,
                feedback,
                invalidInput);
    }

    public RefEvent withOutcome(String value) {
        return new RefEvent(
                id,
                timeMs,
                touchpoint,
                customer,
                channel,
                value,
                durationMs,
                promiseMs,
                retries,
                excessSteps,
                transfers,
                repeatedInformation,
                feedback,
                invalidInput);
    }

    public RefEvent withDuration(double milliseconds) {
        return new RefEvent(
                id,
                timeMs,
                touchpoint,
                customer,
                channel,
                outcome,
                milliseconds,
                promiseMs,
                retries,
                excessSteps,
                transfers,
                repeatedInformation,
                feedback,
                invalidInput);
    }

    public RefEvent withPromise(double milliseconds) {
        return new RefEvent(
                id,
                timeMs,
                touchpoint,
                customer,
                channel,
                outcome,
                durationMs,
                milliseconds,
                retries,
                excessSteps,
                transfers,
                repeatedInformation,
                feedback,
                invalidInput);
    }

    public RefEvent withEffort(double newRetries, double newSteps, double newTransfers, double newRepetitions) {
        return new RefEvent(
                id,
                timeMs,
                touchpoint,
                customer,
                channel,
                outcome,
                durationMs,
                promiseMs,
                newRetries,
                newSteps,
                newTransfers,
                newRepetitions,
                feedback,
                invalidInput);
    }

    public RefEvent withFeedback(RefFeedback value) {
        return new RefEvent(
                id,
                timeMs,
                touchpoint,
                customer,
                channel,
                outcome,
                durationMs,
                promiseMs,
                retries,
                excessSteps,
                transfers,
                repeatedInformation,
                value,
                invalidInput);
    }

    /** The customer's input was refused. */
    public RefEvent withInvalidInput() {
        return new RefEvent(
                id,
                timeMs,
                touchpoint,
                customer,
                channel,
                outcome,
                durationMs,
                promiseMs,
                retries,
                excessSteps,
                transfers,
                repeatedInformation,
                feedback,
                true);
    }
}
