package dev.touchstone.examples.replay;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads times as people write them: RFC 3339, also with a space for {@code T}, a comma for the point, {@code +0000} or
 * {@code +00}, or local in a given zone; or a number of seconds, milliseconds, microseconds or nanoseconds since
 * 1970-01-01T00:00:00Z, distinguished by size. Finer than a millisecond is cut off. Not
 * thread-safe: the last day is remembered, because the next line is mostly of the same one.
 */
final class Times {

    /** Stands for a text that is not a time. */
    static final long NONE = Long.MIN_VALUE;
    /** Stands for a local time if there is no zone. */
    static final long LOCAL = Long.MIN_VALUE + 1;

    private static final int SHORTEST = "2026-03-01T10:00:00".length();
    private static final long SECONDS_A_DAY = 86_400;
    /** The least number that is a time: 1973-03-03 in seconds. A smaller number could be anything. */
    private static final long LEAST = 100_000_000L;
    /** From here on a number is in milliseconds; 1000 and 1,000,000 times this, in microseconds and nanoseconds. */
    private static final long LEAST_MILLIS = 100_000_000_000L;

    private static final int MAX_DIGITS = 18;

    private final @Nullable ZoneId zone;
    private int lastDate = -1;
    private long lastEpochDay;

    Times(Optional<ZoneId> zone) {
        this.zone = zone.orElse(null);
    }

    /** Returns the time in milliseconds since 1970-01-01T00:00:00Z, {@link #NONE} or {@link #LOCAL}. */
    long millis(CharSequence text) {
        int length = text.length();
        if (length < SHORTEST || text.charAt(4) != '-') {
            return epoch(text);
        }
        int year = 100 * twoDigits(text, 0) + twoDigits(text, 2);
        int month = twoDigits(text, 5);
        int day = twoDigits(text, 8);
        int hour = twoDigits(text, 11);
        int minute = twoDigits(text, 14);
        int second = twoDigits(text, 17);
        char separator = text.charAt(10);
        boolean shaped = text.charAt(7) == '-'
                && (separator == 'T' || separator == 't' || separator == ' ')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
        // a character that is no digit makes its number negative
        if (!shaped || year < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || minute < 0 || second < 0) {
            return NONE;
        }
        if (!isDate(year, month, day) || hour > 23 || minute > 59 || second > 60) {
            return NONE;
        }
        int at = SHORTEST;
        int millis = 0;
        if (at < length && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
            int digits = 0;
            for (at++; at < length && isDigit(text.charAt(at)); at++, digits++) {
                millis += digits == 0 ? 100 * digit(text, at) : digits == 1 ? 10 * digit(text, at) : 0;
                millis += digits == 2 ? digit(text, at) : 0;
            }
            if (digits == 0) {
                return NONE;
            }
        }
        boolean leap = second == 60;
        long local = SECONDS_A_DAY * lastEpochDay + 3600L * hour + 60L * minute + second;
        long ahead = secondsAhead(text, at, local);
        if (ahead == NONE || ahead == LOCAL) {
            return ahead;
        }
        long seconds = local - ahead;
        if (leap) {
            return startsMonth(seconds) ? 1000 * seconds : NONE;
        }
        return 1000 * seconds + millis;
    }

    /** Returns whether there is such a day, and remembers it. */
    private boolean isDate(int year, int month, int day) {
        int date = 10_000 * year + 100 * month + day;
        if (date == lastDate) {
            return true;
        }
        if (day > YearMonth.of(year, month).lengthOfMonth()) {
            return false;
        }
        lastDate = date;
        lastEpochDay = LocalDate.of(year, month, day).toEpochDay();
        return true;
    }

    /** Returns by how many seconds the zone of a text is ahead of UTC. */
    private long secondsAhead(CharSequence text, int from, long localSecond) {
        int at = from < text.length() && text.charAt(from) == ' ' ? from + 1 : from;
        int left = text.length() - at;
        if (left == 0) {
            return zone == null || at > from ? (at > from ? NONE : LOCAL) : offset(zone, localSecond);
        }
        char sign = text.charAt(at);
        if (left == 1 && (sign == 'Z' || sign == 'z')) {
            return 0;
        }
        boolean colon = left == 6 && text.charAt(at + 3) == ':';
        if ((sign != '+' && sign != '-') || !(left == 3 || left == 5 || colon)) {
            return NONE;
        }
        int hours = twoDigits(text, at + 1);
        int minutes = left == 3 ? 0 : twoDigits(text, colon ? at + 4 : at + 3);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return NONE;
        }
        long ahead = 3600L * hours + 60L * minutes;
        return sign == '-' ? -ahead : ahead;
    }

    private static long offset(ZoneId zone, long localSecond) {
        LocalDateTime local = LocalDateTime.ofEpochSecond(localSecond, 0, java.time.ZoneOffset.UTC);
        try {
            return localSecond - local.atZone(zone).toEpochSecond();
        } catch (DateTimeException e) {
            return NONE;
        }
    }

    private static boolean startsMonth(long epochSecond) {
        return Math.floorMod(epochSecond, SECONDS_A_DAY) == 0
                && LocalDate.ofEpochDay(Math.floorDiv(epochSecond, SECONDS_A_DAY))
                                .getDayOfMonth()
                        == 1;
    }

    /** Reads a number since 1970, of which seconds may have a fraction. */
    private static long epoch(CharSequence text) {
        int point = 0;
        while (point < text.length() && text.charAt(point) != '.') {
            point++;
        }
        long number = 0;
        for (int i = 0; i < point; i++) {
            if (!isDigit(text.charAt(i)) || point > MAX_DIGITS + 1) {
                return NONE;
            }
            number = 10 * number + digit(text, i);
        }
        int millis = 0;
        for (int i = point + 1, unit = 100; i < text.length(); i++, unit /= 10) {
            if (!isDigit(text.charAt(i))) {
                return NONE;
            }
            millis += unit * digit(text, i);
        }
        if (point == 0 || number < LEAST) {
            return NONE;
        }
        if (number < LEAST_MILLIS) {
            return 1000 * number + millis;
        }
        long divisor = 1;
        while (number / divisor >= 1000 * LEAST_MILLIS) {
            divisor *= 1000;
        }
        return number / divisor;
    }

    /** Returns the time as RFC 3339 writes it. */
    static String written(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private static int twoDigits(CharSequence text, int at) {
        return isDigit(text.charAt(at)) && isDigit(text.charAt(at + 1))
                ? 10 * digit(text, at) + digit(text, at + 1)
                : Short.MIN_VALUE;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static int digit(CharSequence text, int at) {
        return text.charAt(at) - '0';
    }
}
