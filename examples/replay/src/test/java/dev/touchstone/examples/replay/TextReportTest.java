package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {

    @Test
    void theReportIsTheOneOnFile() throws IOException, URISyntaxException {
        String catalog = Path.of(
                        TextReportTest.class.getResource("/golden.json").toURI())
                .toString();
        Ran ran = Ran.with(
                resource("/golden.jsonl"), "--catalog", catalog, "--customers", "--at", "2026-03-02T12:00:00Z");

        assertThat(ran.out()).isEqualTo(resource("/golden.txt"));
    }

    @Test
    void theWorstStandsFirstAndWhatIsNotRankedLast() {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            events.append(event("2026-03-31T10:00:00Z", "good", "SUCCESS"));
            events.append(event("2026-03-31T10:00:00Z", "bad", "FAILURE"));
        }
        events.append(event("2026-03-01T10:00:00Z", "worse.but.stale", "FAILURE"));
        List<String> report = Ran.with(events.toString()).out().lines().toList();

        assertThat(report.subList(9, 12))
                .extracting(line -> line.split(" +", -1)[0])
                .containsExactly("bad", "good", "worse.but.stale");
        assertThat(report.get(11)).endsWith("undeclared, stale");
        assertThat(report).contains("Why bad (unknown) stands at 37.50");
    }

    @Test
    void oneEventOfThisInstantIsNotStale() {
        assertThat(Ran.with(event("2026-03-02T09:01:00Z", "a", "FAILURE")).out())
                .contains("Why a (unknown) stands at 62.50")
                .doesNotContain("stale");
    }

    @Test
    void pointsLostAndTheScoreSumToOneHundred() {
        List<String> report = Ran.with(event("2026-03-01T10:00:00Z", "a", "DEGRADED"))
                .out()
                .lines()
                .toList();

        assertThat(report.get(report.size() - 1)).matches("sum +100\\.00");
    }

    @Test
    void wideNamesStayInTheirColumn() {
        List<String> report = Ran.with(event("2026-03-01T10:00:00Z", "\ud835\udcd0\ud835\udcd1", "SUCCESS")
                        + event("2026-03-01T10:00:00Z", "plain", "SUCCESS"))
                .out()
                .lines()
                .filter(line -> line.contains("unknown"))
                .toList();

        assertThat(report.get(0).codePointCount(0, report.get(0).indexOf("unknown")))
                .isEqualTo(report.get(1).codePointCount(0, report.get(1).indexOf("unknown")));
    }

    private static String event(String time, String touchpoint, String outcome) {
        return "{\"time\":\"" + time + "\",\"touchpoint\":\"" + touchpoint + "\",\"outcome\":\"" + outcome + "\"}\n";
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = TextReportTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
