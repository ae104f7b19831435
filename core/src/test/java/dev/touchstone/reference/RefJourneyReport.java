package dev.touchstone.reference;

/** The report on a journey; rate and interval are {@code null} before the first one has ended. */
public record RefJourneyReport(
        RefScope scope,
        long started,
        long completed,
        long abandoned,
        long unknown,
        long open,
        Double completionRate,
        RefInterval completionInterval) {}
