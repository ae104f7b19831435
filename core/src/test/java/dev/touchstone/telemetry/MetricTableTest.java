package dev.touchstone.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.telemetry.internal.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of metrics in the documentation describes each as exporters do. */
class MetricTableTest {

    @Test
    void eachRowHasTheUnitAndBeginsWithTheDescription() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("../docs/telemetry.md"));
        for (Metric metric : Metric.values()) {
            String kind = metric.kind() == Metric.Kind.GAUGE ? "gauge" : "counter";
            String unit = metric.unit().isEmpty() ? " " : " `" + metric.unit() + "` ";
            assertThat(rows)
                    .as("%s", metric)
                    .filteredOn(row -> row.startsWith("| `" + metric.key() + "` | " + kind + " |" + unit + "|"))
                    .singleElement()
                    .asString()
                    .contains("| " + metric.description());
        }
    }
}
