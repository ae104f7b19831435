package dev.touchstone.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T10:00:00Z, 2026-03-01T10:00:00Z",
        "2026-03-01t10:00:00z, 2026-03-01T10:00:00Z",
        "2026-03-01T10:00:00.2Z, 2026-03-01T10:00:00.200Z",
        "2026-03-01T10:00:00.25Z, 2026-03-01T10:00:00.250Z",
        "2026-03-01T10:00:00.2509999999999Z, 2026-03-01T10:00:00.250Z",
        "2026-03-01T12:00:00+02:00, 2026-03-01T10:00:00Z",
        "2026-03-01T04:15:00.5-05:45, 2026-03-01T10:00:00.500Z",
        "2026-03-01T10:00:00-00:00, 2026-03-01T10:00:00Z",
        "2024-02-29T23:59:59Z, 2024-02-29T23:59:59Z",
        "1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
        "2016-12-31T23:59:60.5Z, 2017-01-01T00:00:00Z",
        "2017-01-01T08:59:60+09:00, 2017-01-01T00:00:00Z",
    })
    void aTimeIsRead(String text, Instant time) {
        assertThat(millis(text)).isEqualTo(time.toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-03-01",
                "2026-03-01T10:00Z",
                "2026-03-01T10:00:00",
                "2026-03-01 10:00:00Z",
                "2026-03-01T10:00:00.Z",
                "2026-03-01T10:00:00,5Z",
                "2026-03-01T10:00:00+0200",
                "2026-03-01T10:00:00+02",
                "2026-03-01T10:00:00+24:00",
                "2026-03-01T10:00:00+02:60",
                "2026-03-01T10:00:00Z ",
                " 2026-03-01T10:00:00Z",
                "2026-03-01T10:00:00ZZ",
                "2026-03-01T24:00:00Z",
                "2026-03-01T10:60:00Z",
                "2026-03-01T10:00:61Z",
                "2026-03-01T10:00:60Z",
                "2016-12-30T23:59:60Z",
                "2026-00-01T10:00:00Z",
                "2026-13-01T10:00:00Z",
                "2026-01-00T10:00:00Z",
                "2026-01-32T10:00:00Z",
                "2025-02-29T10:00:00Z",
                "1900-02-29T10:00:00Z",
                "+2026-03-01T10:00:00Z",
                "-026-03-01T10:00:00Z",
                "12026-03-01T10:00:00Z",
                "2026-3-01T10:00:000Z",
                "\u0662026-03-01T10:00:00Z",
                "2026-W09-7T10:00:00Z",
                "1772359200",
                "1772359200000000000000",
            })
    void whatIsNoTimeIsNotRead(String text) {
        assertThat(millis(text)).isEqualTo(Rfc3339.INVALID);
    }

    @Property
    void everyTimeIsReadAsTheJdkReadsIt(
            @ForAll @LongRange(min = -62_167_219_200_000L, max = 253_402_300_799_999L) long epochMilli,
            @ForAll @IntRange(min = -1079, max = 1079) int offsetMinutes) {
        OffsetDateTime time = Instant.ofEpochMilli(epochMilli).atOffset(ZoneOffset.ofTotalSeconds(60 * offsetMinutes));
        if (time.getYear() < 0 || time.getYear() > 9999) {
            return;
        }

        assertThat(millis(full(time))).isEqualTo(epochMilli);
        assertThat(millis(Instant.ofEpochMilli(epochMilli).toString())).isEqualTo(epochMilli);
    }

    @Property
    void nothingThatLooksLikeATimeThrows(
            @ForAll @StringLength(max = 40) @CharRange(from = '+', to = ':') String middle,
            @ForAll @IntRange(max = 20) int from) {
        String time = "2026-03-01T10:00:00Z";
        millis(time.substring(0, from) + middle);
        millis(time.substring(0, from) + middle + time.substring(from));
    }

    private static String full(OffsetDateTime time) {
        return time.format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx"));
    }

    private static long millis(String text) {
        char[] padded = ("##" + text).toCharArray();
        return Rfc3339.millis(padded, 2, text.length());
    }
}
