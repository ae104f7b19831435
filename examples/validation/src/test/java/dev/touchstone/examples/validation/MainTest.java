package dev.touchstone.examples.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    private static final LocalDateTime START = LocalDateTime.parse("2018-01-01T00:00:00");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... args) {
        return new Main(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(args));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void withoutTheFilesItSaysWhereTheyComeFromAndEndsWithTwo() {
        assertThat(run("--data", folder.toString())).isEqualTo(2);
        assertThat(out()).isEmpty();
        assertThat(err())
                .contains("olist_orders_*.csv.gz", "support_tickets_*.csv.gz", "incidents_*.csv.gz", "hcahps_stars.csv")
                .contains("kaggle.com/datasets/olistbr", "archive.ics.uci.edu", "data.cms.gov");
        assertThat(run("--data", folder.resolve("nowhere").toString())).isEqualTo(2);
    }

    @Test
    void aCommandLineThatMakesNoSenseEndsWithTwo() {
        assertThat(run("--dta", "x")).isEqualTo(2);
        assertThat(run("--data")).isEqualTo(2);
        assertThat(run("--format", "xml")).isEqualTo(2);
        assertThat(run("--data", "x", "--data", "y")).isEqualTo(2);
        assertThat(err()).contains("usage:", "--dta is not an option", "--data needs a value", "given twice");
        assertThat(run("--help")).isZero();
        assertThat(out()).startsWith("usage:");
    }

    @Test
    void whatIsThereIsMeasuredAndWhatIsMissingIsTold() throws IOException {
        writeHospitals();
        assertThat(run("--data=" + folder, "--format=json")).isEqualTo(2);
        assertThat(out()).contains("\"hcahps.matched\": 2").doesNotContain("olist");
        assertThat(err()).contains("olist_orders_*.csv.gz").doesNotContain("hcahps_stars.csv");
    }

    @Test
    void tooFewRowsAreSaidSoAndEndWithTwo() throws IOException {
        write("incidents_dev.csv.gz", MappingTest.INCIDENTS);
        assertThat(run("--data", folder.toString())).isEqualTo(2);
        write("incidents_dev.csv.gz", MappingTest.INCIDENTS + "I,Resolved,0,0,2,c,2018-01-01,2018-01-02,Phone,s,p\n");
        assertThat(run("--data", folder.toString())).isEqualTo(2);
        assertThat(err()).contains("no incident was resolved", "none is early enough to learn from");
        assertThat(out()).isEmpty();
    }

    @Test
    void everythingOfAllFilesIsMeasured() throws IOException {
        writeHospitals();
        writeOrders("olist_orders_dev.csv.gz", 1, 150);
        writeOrders("olist_orders_more.csv.gz", 2, 150);
        writeTickets();
        writeIncidents();

        assertThat(run("--data", folder.toString(), "--format", "json")).isZero();

        assertThat(err()).isEmpty();
        assertThat(out()).startsWith("{\n").endsWith("\n}\n");
        for (String key : List.of(
                "olist.delivered.event.auc",
                "olist.delivered.journey.auc",
                "olist.all.event.auc",
                "olist.delivered.logistic.auc",
                "tickets.auc",
                "incidents.auc",
                "olist.delivered.predicted.auc",
                "olist.delivered.predicted.ece",
                "olist.delivered.predicted.answers1.auc",
                "olist.delivered.predicted.inverted20.logLoss",
                "olist.delivered.merged.auc",
                "tickets.predicted.auc",
                "tickets.predicted.ece",
                "tickets.predicted.recall10",
                "incidents.predicted.auc",
                "hcahps.matched")) {
            assertThat(out()).containsOnlyOnce("  \"" + key + "\": ");
        }
        assertThat(out()).contains("\"olist.delivered.event.mark\": 0.745").contains("\"tickets.cases\": 80");
        assertThat(value("olist.all.cases")).isEqualTo(2 * 91); // those from March on, of both files
        assertThat(value("olist.delivered.event.auc")).isGreaterThan(0.9);

        out.reset();
        assertThat(run("--data", folder.toString())).isZero();
        assertThat(out())
                .contains(
                        "| predicted from earlier answers",
                        "| all answers, 20 % inverted",
                        "lift, recall of worst 5 %");
        assertThat(out()).contains("| this model, delivery event", "0.745 reached", "2 of 2 hospitals");
    }

    private double value(String key) {
        String after = out().substring(out().indexOf("\"" + key + "\": ") + key.length() + 4);
        return Double.parseDouble(after.substring(0, after.indexOf('\n')).replace(",", ""));
    }

    private void writeHospitals() throws IOException {
        StringBuilder text = new StringBuilder("Provider.ID,H_COMP_6_Y_P,H_STAR_RATING");
        for (String code : List.of("COMP_1", "COMP_2", "COMP_3", "COMP_5", "COMP_6", "COMP_7", "CLEAN", "QUIET")) {
            text.append(",H_" + code + "_LINEAR_SCORE,H_" + code + "_STAR_RATING");
        }
        text.append(",H_HSP_RATING_LINEAR_SCORE,H_HSP_RATING_STAR_RATING,H_RECMND_LINEAR_SCORE,H_RECMND_STAR_RATING\n");
        text.append("1,90,4").append(",90,4".repeat(10)).append('\n');
        text.append("2,70,2").append(",70,2".repeat(10)).append('\n');
        Files.writeString(folder.resolve("hcahps_stars.csv"), text);
    }

    /** Orders a day apart, every third of which comes late and is disliked. */
    private void writeOrders(String name, int file, int days) throws IOException {
        StringBuilder text = new StringBuilder(MappingTest.OLIST);
        for (int i = 0; i < days; i++) {
            LocalDateTime purchased = START.plusDays(i).plusHours(file);
            boolean late = i % 3 == 0;
            LocalDateTime delivered = purchased.plusDays(late ? 14 : 5);
            text.append(String.join(
                            ",",
                            "o" + file + "-" + i,
                            file + "-" + i,
                            "delivered",
                            purchased.toString(),
                            purchased.plusHours(1).toString(),
                            purchased.plusDays(1).toString(),
                            delivered.toString(),
                            purchased.plusDays(10).toString(),
                            purchased.plusDays(2).toString(),
                            "1,1,1,SP",
                            delivered.plusDays(1).toString(),
                            delivered.plusDays(2).toString(),
                            late ? "1" : "5"))
                    .append('\n');
        }
        write(name, text);
    }

    private void writeTickets() throws IOException {
        Random random = new Random(3);
        StringBuilder text = new StringBuilder(MappingTest.TICKETS);
        for (int i = 0; i < 80; i++) {
            int minutes = 1 + random.nextInt(200);
            text.append(String.format(
                    Locale.ROOT,
                    "t%d,Inbound,Returns,x,%s,%s,%d%n",
                    i,
                    START.plusHours(i),
                    START.plusHours(i).plusMinutes(minutes),
                    minutes > 100 ? 1 : 5));
        }
        write("support_tickets_dev.csv.gz", text);
    }

    private void writeIncidents() throws IOException {
        StringBuilder text = new StringBuilder(MappingTest.INCIDENTS);
        for (int i = 0; i < 60; i++) {
            LocalDateTime opened = START.plusDays(i);
            int moves = i % 4;
            text.append("I" + i + ",New,0,0,0,c," + opened + "," + opened + ",Phone,s,p\n");
            text.append(
                    "I" + i + ",Resolved," + moves + ",0,2,c," + opened + "," + opened.plusHours(3) + ",Phone,s,p\n");
            text.append("I" + i + ",Active," + moves + "," + (moves > 1 ? 1 : 0) + ",3,c," + opened + ","
                    + opened.plusHours(9) + ",Phone,s,p\n");
        }
        write("incidents_dev.csv.gz", text);
    }

    private void write(String name, CharSequence text) throws IOException {
        try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            file.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
