package dev.touchstone.json;

/**
 * Reads times in RFC 3339 format, such as {@code 2026-03-01T10:00:00.250Z} or {@code 2026-03-01t12:00:00.25+02:00},
 * without allocation. Times are truncated to milliseconds. A leap second, which may end a month in UTC, becomes the
 * following second.
 */
final class Rfc3339 {

    /** The result for an invalid time. No time of a four-digit year has this value. */
    static final long INVALID = Long.MIN_VALUE;

    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private static final int SHORTEST = "0000-00-00T00:00:00Z".length();
    private static final long SECONDS_A_DAY = 86_400;

    private Rfc3339() {}

    /** Returns the time in milliseconds since 1970-01-01T00:00:00Z, or {@link #INVALID}. */
    static long millis(char[] text, int offset, int length) {
        int end = offset + length;
        if (length < SHORTEST
                || text[offset + 4] != '-'
                || text[offset + 7] != '-'
                || (text[offset + 10] | 0x20) != 't'
                || text[offset + 13] != ':'
                || text[offset + 16] != ':') {
            return INVALID;
        }
        int year = 100 * twoDigits(text, offset) + twoDigits(text, offset + 2);
        int month = twoDigits(text, offset + 5);
        int day = twoDigits(text, offset + 8);
        int hour = twoDigits(text, offset + 11);
        int minute = twoDigits(text, offset + 14);
        int second = twoDigits(text, offset + 17);
        // a non-digit makes its number negative, whatever the other digits
        if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
            return INVALID;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return INVALID;
        }
        int at = offset + 19;
        int millis = 0;
        if (text[at] == '.') {
            int digits = 0;
            for (at++; at < end && isDigit(text[at]); at++) {
                digits++;
                if (digits <= 3) {
                    millis = 10 * millis + (text[at] - '0');
                }
            }
            if (digits == 0) {
                return INVALID;
            }
            for (; digits < 3; digits++) {
                millis *= 10;
            }
        }
        long ahead = secondsAhead(text, at, end);
        if (ahead == INVALID) {
            return INVALID;
        }
        long seconds = SECONDS_A_DAY * epochDay(year, month, day) + 3600L * hour + 60L * minute + second - ahead;
        if (second == 60) {
            return startsMonth(seconds) ? 1000 * seconds : INVALID;
        }
        return 1000 * seconds + millis;
    }

    /** Returns the offset of the time zone from UTC in seconds. */
    private static long secondsAhead(char[] text, int at, int end) {
        if (end - at == 1 && (text[at] | 0x20) == 'z') {
            return 0;
        }
        if (end - at != 6 || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') {
            return INVALID;
        }
        int hours = twoDigits(text, at + 1);
        int minutes = twoDigits(text, at + 4);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return INVALID;
        }
        long ahead = 3600L * hours + 60L * minutes;
        return text[at] == '-' ? -ahead : ahead;
    }

    private static boolean startsMonth(long epochSecond) {
        return Math.floorMod(epochSecond, SECONDS_A_DAY) == 0
                && java.time.LocalDate.ofEpochDay(Math.floorDiv(epochSecond, SECONDS_A_DAY))
                                .getDayOfMonth()
                        == 1;
    }

    private static int twoDigits(char[] text, int at) {
        char tens = text[at];
        char ones = text[at + 1];
        return isDigit(tens) && isDigit(ones) ? 10 * (tens - '0') + (ones - '0') : Short.MIN_VALUE;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static int daysOf(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && leap ? 29 : DAYS[month - 1];
    }

    /**
     * Returns the days since 1970-01-01 in the Gregorian calendar. Years here start in March, so that they end with the
     * leap day.
     */
    private static long epochDay(int year, int month, int day) {
        long shifted = month > 2 ? year : year - 1L;
        long era = Math.floorDiv(shifted, 400);
        long yearOfEra = shifted - 400 * era;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return 146_097 * era + dayOfEra - 719_468;
    }
}
