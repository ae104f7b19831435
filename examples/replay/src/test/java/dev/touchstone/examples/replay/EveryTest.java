package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row for each touchpoint and period of a file. */
class EveryTest {

    /** The seconds in which something happens, each twice at "pay" and once at "search", which fails on Sundays. */
    private static String events(String... times) {
        StringBuilder events = new StringBuilder();
        for (String time : times) {
            events.append(event(time, "pay", "SUCCESS"))
                    .append(event(time, "pay", "SUCCESS"))
                    .append(event(time, "search", "FAILURE"));
        }
        return events.toString();
    }

    private static String event(String time, String touchpoint, String outcome) {
        return String.format("{\"time\":\"%s\",\"touchpoint\":\"%s\",\"outcome\":\"%s\"}%n", time, touchpoint, outcome);
    }

    private static List<String> rows(Ran ran) {
        return ran.out()
                .lines()
                .filter(line -> line.startsWith("pay ") || line.startsWith("search "))
                .map(line -> line.replaceAll(" +", " "))
                .toList();
    }

    /** Returns name, begin, events and failures of a row. */
    private static List<String> counts(Ran ran) {
        return rows(ran).stream()
                .map(row ->
                        row.replaceAll("^(\\S+ [\\d-]+(?: \\d\\d:\\d\\d)?) .*\\] \\S+ (\\d+) (\\d+) \\d+$", "$1 $2 $3"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PT1H | pay 2026-01-31 23:00 2 0, pay 2026-02-01 00:00 4 0, pay 2026-02-02 10:00 2 0,"
                        + "search 2026-01-31 23:00 1 1, search 2026-02-01 00:00 2 2, search 2026-02-02 10:00 1 1",
                "P1D | pay 2026-01-31 2 0, pay 2026-02-01 4 0, pay 2026-02-02 2 0,"
                        + "search 2026-01-31 1 1, search 2026-02-01 2 2, search 2026-02-02 1 1",
                "P7D | pay 2026-01-26 6 0, pay 2026-02-02 2 0, search 2026-01-26 3 3, search 2026-02-02 1 1",
                "P1M | pay 2026-01-01 2 0, pay 2026-02-01 6 0, search 2026-01-01 1 1, search 2026-02-01 3 3"
            })
    void eachPeriodHasARow(String every, String expected) {
        String events =
                events("2026-01-31T23:59:59Z", "2026-02-01T00:00:00Z", "2026-02-01T00:59:59Z", "2026-02-02T10:00:00Z");
        assertThat(counts(Ran.with(events, "--every", every)))
                .containsExactlyElementsOf(List.of(expected.split(", ?", -1)));
    }

    /** An instance keeps hours for 8 days. */
    @Test
    void noHourOfALongFileIsMissing() {
        Instant first = Instant.parse("2025-11-01T10:30:00Z");
        StringBuilder events = new StringBuilder();
        for (int day = 0; day < 120; day += day == 20 ? 60 : 1) {
            events.append(events(
                    first.plus(day, ChronoUnit.DAYS).toString(),
                    first.plus(day, ChronoUnit.DAYS).plus(5, ChronoUnit.HOURS).toString()));
        }
        int days = 21 + 40;
        assertThat(counts(Ran.with(events.toString(), "--every", "PT1H")))
                .hasSize(2 * 2 * days)
                .contains(
                        "pay 2025-11-21 10:00 2 0",
                        "pay 2025-11-21 15:00 2 0",
                        "pay 2026-01-20 10:00 2 0",
                        "search 2026-02-28 15:00 1 1");
        assertThat(counts(Ran.with(events.toString(), "--every", "P1D"))).hasSize(2 * days);
        assertThat(counts(Ran.with(events.toString(), "--every", "PT1H", "--at", "2026-05-01T00:00:00Z")))
                .hasSize(2 * 2 * days);
    }

    /** An instance keeps days for 400 days. */
    @Test
    void noDayOfALongMonthIsMissing() {
        Instant first = Instant.parse("2023-01-01T10:00:00Z");
        StringBuilder events = new StringBuilder();
        for (int day = 0; day < 3 * 365; day++) {
            events.append(event(first.plus(day, ChronoUnit.DAYS).toString(), "pay", "SUCCESS"));
        }
        assertThat(counts(Ran.with(events.toString(), "--every", "P1M")))
                .hasSize(36)
                .contains("pay 2023-01-01 31 0", "pay 2023-02-01 28 0", "pay 2024-02-01 29 0", "pay 2025-11-01 30 0");
    }

    @Test
    void scoresAreThoseOfThePeriodAlone() {
        Ran ran = Ran.with(events("2026-01-31T10:00:00Z", "2026-02-01T10:00:00Z"), "--every", "P1D");
        List<String> scores = rows(ran).stream()
                .map(row -> row.replaceAll("^\\S+ \\S+ (\\S+) .*", "$1"))
                .toList();
        assertThat(scores).hasSize(4);
        assertThat(scores.get(0)).isEqualTo(scores.get(1)).isNotEqualTo(scores.get(2));
    }

    @Test
    void asJson() {
        Ran ran = Ran.with(events("2026-01-31T10:00:00Z"), "--every", "P7D", "--format", "json");
        assertThat(ran.out().replaceAll("\\s", ""))
                .startsWith("{\"resolution\":\"P7D\",\"touchpoints\":[{\"touchpoint\":\"pay\",\"periods\":[{\"start\":"
                        + "\"2026-01-26T00:00:00Z\",\"events\":2,")
                .contains("{\"touchpoint\":\"search\",\"periods\":[{")
                .endsWith("\"marks\":[]}");
    }

    @Test
    void otherPeriodsAndCustomersAreRefused() {
        assertThat(Ran.with("", "--every", "PT24H").err())
                .startsWith("replay: --every: \"PT24H\" is none of PT1H, P1D, P7D and P1M");
        assertThat(Ran.with("", "--every", "P1D", "--customers").err()).startsWith("replay: --customers ");
    }
}
