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
 * The scores of past periods: hours of the last 8 days, and days, weeks and months (UTC) of the last 400 days. An event belongs to the period in which it
 * arrived, which is known to a minute; scores are those of the period alone, with the prior of the model. Only periods in which something
 * happened are listed, the oldest first. A touchpoint in a channel, or a journey, has 10 kB: where each period takes more bytes than
 * usual, fewer are kept. Every method looks at the counters as they are now. Thread-safe.
 */
public interface History {

    /** Returns the periods of all touchpoints together. */
    List<Period> overall(Resolution resolution);

    /** Returns the periods of a touchpoint in all its channels; none if it is not known. */
    List<Period> touchpoint(String name, Resolution resolution);

    /** Returns the periods of each touchpoint that has any, by name, in the order in which the touchpoints became known. */
    Map<String, List<Period>> touchpoints(Resolution resolution);

    /** Returns the periods of a channel; none if it is not known. */
    List<Period> channel(String name, Resolution resolution);

    /** Returns the periods of a stage. */
    List<Period> stage(Stage stage, Resolution resolution);

    /** Returns the periods of the touchpoints of an owner; none if it is not known. */
    List<Period> owner(String name, Resolution resolution);

    /** Returns the periods of a journey; a journey belongs to the period in which it was closed. None if it is not known. */
    List<Period> journey(String name, Resolution resolution);

    /** Returns the marks, the oldest first. */
    List<Mark> marks();

    /**
     * Returns how many touchpoints in channels have no history, because there are more than the first 1,000. They are missing in every
     * scope.
     */
    long omitted();

    /** Returns this without scopes of fewer customers than the minimum group size of the instance. */
    History withholdingSmallGroups();

    /** The length of periods. */
    enum Resolution {
        /** Hours, for 8 days. */
        HOUR("PT1H"),
        /** Days from midnight to midnight UTC, for 400 days. */
        DAY("P1D"),
        /** Weeks that begin on Monday, of the days that are kept: of the first one, some may be missing. */
        WEEK("P7D"),
        /** Months of the calendar, of the days that are kept: of the first one, some may be missing. */
        MONTH("P1M");

        private final String iso;

        Resolution(String iso) {
            this.iso = iso;
        }

        /** Returns the length of a period by ISO 8601, such as {@code PT1H}. */
        public String iso() {
            return iso;
        }

        /**
         * Returns the resolution with a length.
         *
         * @param iso the length by ISO 8601: {@code PT1H}, {@code P1D}, {@code P7D} or {@code P1M}
         * @throws IllegalArgumentException if it is none of these
         */
        public static Resolution of(String iso) {
            return Arrays.stream(values())
                    .filter(resolution -> resolution.iso.equals(iso))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException("resolution \"" + iso + "\": expected PT1H, P1D, P7D or P1M"));
        }

        /** Returns when the period of a time began. */
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

    /** A period in which something happened. Immutable. */
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

        /** Returns a period with all its parts. */
        public static Period of(
                Instant start, long events, long failures, long missed, Score experience, Score effort) {
            return new Period(start, events, failures, missed, experience, effort);
        }

        /** Returns when it began. */
        public Instant start() {
            return start;
        }

        /** Returns the number of assessments: events and answers; of a journey, how many were closed. */
        public long events() {
            return events;
        }

        /** Returns the number of failures; of a journey, how many were abandoned. */
        public long failures() {
            return failures;
        }

        /** Returns the number of events that missed what the customer could expect; 0 for a journey. */
        public long missed() {
            return missed;
        }

        /** Returns the experience score of the period alone; its explanation says only what was lost and what the prior took. */
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

    /** Something that happened at a time and may explain what follows, such as a release. Immutable. */
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

        /** Returns when it was. */
        public Instant time() {
            return time;
        }

        /** Returns what it was. */
        public String text() {
            return text;
        }

        @Override
        public String toString() {
            return time + " " + text;
        }
    }
}
