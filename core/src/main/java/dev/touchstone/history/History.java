package dev.touchstone.history;

import dev.touchstone.event.Stage;
import dev.touchstone.scoring.Score;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The scores of past periods: hours of the last 8 days, and days, weeks and months (UTC) of the last 400 days. An event
 * belongs to the period of its arrival, with a resolution of one minute. Scores are those of the period alone, with the
 * prior of the model. Only periods with events are listed, the oldest first. The history of a touchpoint in a channel,
 * or of a journey, is limited to 10 kB; if periods take more bytes than usual, fewer are retained. Every method reads
 * the current counters. Thread-safe.
 */
public interface History {

    /** Returns the periods of all touchpoints combined. */
    List<Period> overall(Resolution resolution);

    /** Returns the periods of a touchpoint over all its channels; empty if it is unknown. */
    List<Period> touchpoint(String name, Resolution resolution);

    /** Returns the periods of each touchpoint that has any, by name, in order of first occurrence. */
    Map<String, List<Period>> touchpoints(Resolution resolution);

    /** Returns the periods of a channel; empty if it is unknown. */
    List<Period> channel(String name, Resolution resolution);

    /** Returns the periods of a stage. */
    List<Period> stage(Stage stage, Resolution resolution);

    /** Returns the periods of the touchpoints of an owner; empty if it is unknown. */
    List<Period> owner(String name, Resolution resolution);

    /** Returns the periods of a journey; empty if it is unknown. A journey belongs to the period in which it closed. */
    List<Period> journey(String name, Resolution resolution);

    /** Returns the marks, the oldest first. */
    List<Mark> marks();

    /**
     * Returns the number of series (touchpoint and channel) without history, because they exceed the first 1,000. They
     * are missing from every scope.
     */
    long omitted();

    /** Returns this history without scopes that have fewer customers than the minimum group size of the instance. */
    History withholdingSmallGroups();

    /** The length of periods. */
    enum Resolution {
        /** Hours, for 8 days. */
        HOUR("PT1H"),
        /** Days from midnight to midnight UTC, for 400 days. */
        DAY("P1D"),
        /** Weeks that start on Monday, computed from the retained days. The first week may be incomplete. */
        WEEK("P7D"),
        /** Calendar months, computed from the retained days. The first month may be incomplete. */
        MONTH("P1M");

        private final String iso;

        Resolution(String iso) {
            this.iso = iso;
        }

        /** Returns the length of a period in ISO 8601, such as {@code PT1H}. */
        public String iso() {
            return iso;
        }

        /**
         * Returns the resolution with a length.
         *
         * @param iso the length in ISO 8601: {@code PT1H}, {@code P1D}, {@code P7D} or {@code P1M}
         * @throws IllegalArgumentException if it is none of these
         */
        public static Resolution of(String iso) {
            return Arrays.stream(values())
                    .filter(resolution -> resolution.iso.equals(iso))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("resolution \"" + iso + "\": expected PT1H, P1D, P7D or P1M"));
        }

        /** Returns the start of the period that contains a time. */
        public Instant start(Instant time) {
            if (this == HOUR) {
                return time.truncatedTo(ChronoUnit.HOURS);
            }
            LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
            LocalDate first = switch (this) {
                case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> day.withDayOfMonth(1);
                default -> day;
            };
            return first.atStartOfDay(ZoneOffset.UTC).toInstant();
        }
    }

    /** A period with events. Immutable. */
    final class Period {

        private final Instant start;
        private final long events;
        private final long failures;
        private final long missed;
        private final Score experience;
        private final Score effort;

        private Period(Instant start, long events, long failures, long missed, Score experience, Score effort) {
            this.start = start;
            this.events = events;
            this.failures = failures;
            this.missed = missed;
            this.experience = experience;
            this.effort = effort;
        }

        /** Returns a period made of its parts. */
        public static Period of(
                Instant start, long events, long failures, long missed, Score experience, Score effort) {
            return new Period(start, events, failures, missed, experience, effort);
        }

        /** Returns the start of the period. */
        public Instant start() {
            return start;
        }

        /** Returns the number of assessments (events and answers); for a journey, the number of closed journeys. */
        public long events() {
            return events;
        }

        /** Returns the number of failures; for a journey, the number of abandoned ones. */
        public long failures() {
            return failures;
        }

        /** Returns the number of events that missed the customer's expectation; 0 for a journey. */
        public long missed() {
            return missed;
        }

        /**
         * Returns the experience score of the period alone. Its explanation contains only the total loss and the prior.
         */
        public Score experience() {
            return experience;
        }

        /** Returns the effort score of the period alone, without an explanation. */
        public Score effort() {
            return effort;
        }

        @Override
        public String toString() {
            return start + " " + events + " events, experience " + experience + ", effort " + effort;
        }
    }

    /** An event in time that may explain later changes, such as a release. Immutable. */
    final class Mark {

        private final Instant time;
        private final String text;

        private Mark(Instant time, String text) {
            this.time = time;
            this.text = text;
        }

        /** Returns a mark. */
        public static Mark of(Instant time, String text) {
            return new Mark(time, text);
        }

        /** Returns the time. */
        public Instant time() {
            return time;
        }

        /** Returns the description. */
        public String text() {
            return text;
        }

        @Override
        public String toString() {
            return time + " " + text;
        }
    }
}
