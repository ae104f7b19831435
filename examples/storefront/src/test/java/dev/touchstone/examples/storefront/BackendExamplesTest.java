package dev.touchstone.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The files of {@code examples/collector} and {@code examples/grafana}, and the storefront whose telemetry they expect. */
class BackendExamplesTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path EXAMPLES = ROOT.resolve("examples");
    private static final Pattern NAME = Pattern.compile("(?:\\w+:)?touchstone_[a-z0-9_:]+");
    private static final Pattern SAMPLE = Pattern.compile("^(touchstone_\\w+)", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("[{,](\\w+)=\"");
    private static final Pattern RECORD = Pattern.compile("record: (\\S+)");

    @Test
    void collectorTakesEachSignalOfTheStorefront() throws IOException {
        String collector = yaml(EXAMPLES.resolve("collector/collector.yml"));
        assertThat(JsonPath.<String>read(collector, "$.receivers.otlp.protocols.http.endpoint"))
                .isEqualTo("127.0.0.1:4318");
        assertThat(JsonPath.<Set<String>>read(collector, "$.service.pipelines.keys()"))
                .containsExactlyInAnyOrder("traces", "metrics", "logs");
        for (String kind : List.of("receivers", "processors", "exporters")) {
            assertThat(JsonPath.<List<String>>read(collector, "$.service.pipelines.*." + kind + "[*]"))
                    .isNotEmpty()
                    .isSubsetOf(JsonPath.<Set<String>>read(collector, "$." + kind + ".keys()"));
        }
        assertThat(Files.readString(EXAMPLES.resolve("collector/README.md")))
                .contains("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318");
    }

    @Test
    void containersFindTheirFiles() throws IOException {
        Path grafana = EXAMPLES.resolve("grafana");
        String compose = yaml(grafana.resolve("compose.yaml"));
        List<String> mounts = JsonPath.read(compose, "$.services.*.volumes[*]");
        assertThat(mounts)
                .hasSize(4)
                .allSatisfy(mount ->
                        assertThat(grafana.resolve(mount.split(":", -1)[0])).exists());

        String dashboards = yaml(grafana.resolve("provisioning/dashboards/touchstone.yml"));
        String folder = JsonPath.read(dashboards, "$.providers[0].options.path");
        assertThat(mounts).contains("../../docs/grafana:" + folder + ":ro");
        assertThat(ROOT.resolve("docs/grafana/touchstone.json")).exists();

        assertThat(JsonPath.<List<String>>read(yaml(grafana.resolve("prometheus.yml")), "$.rule_files[*]"))
                .containsExactly(
                        "../../docs/prometheus/touchstone.rules.yml", "../../docs/prometheus/touchstone.alerts.yml");
        assertThat(mounts).contains("../../docs/prometheus:/etc/touchstone/docs/prometheus:ro");
    }

    @Test
    void everyMetricOfTheDashboardIsScrapedOrRecorded() throws IOException {
        String prometheus = yaml(EXAMPLES.resolve("grafana/prometheus.yml"));
        String path = JsonPath.read(prometheus, "$.scrape_configs[0].metrics_path");
        String scrape;
        try (RunningShop shop = RunningShop.open("--storefront.visitors=0", "--storefront.failed-payments=0")) {
            Browser browser = shop.browser();
            assertThat(browser.get("/search?q=tea")).isEqualTo(200);
            assertThat(browser.post("/login?name=ada")).isEqualTo(200);
            assertThat(browser.post("/pay")).isEqualTo(200);
            assertThat(browser.post("/answer?recommend=9&satisfied=4&easy=6")).isEqualTo(200);
            scrape = shop.read(path);
        }
        String rules = Files.readString(ROOT.resolve("docs/prometheus/touchstone.rules.yml"));
        Set<String> labels = all(LABEL, scrape);
        Set<String> known = Stream.concat(all(SAMPLE, scrape).stream(), all(RECORD, rules).stream())
                .collect(Collectors.toSet());

        List<String> queries = JsonPath.read(
                Files.readString(ROOT.resolve("docs/grafana/touchstone.json")), "$.panels[*].targets[*].expr");
        assertThat(queries).hasSizeGreaterThan(20).allSatisfy(query -> {
            Set<String> metrics = all(NAME, query);
            metrics.removeAll(labels);
            assertThat(metrics).as(query).isNotEmpty().isSubsetOf(known);
        });
    }

    /** Reads YAML as JSON, for paths. */
    private static String yaml(Path file) throws IOException {
        Object content = new Yaml().load(Files.readString(file));
        return JsonPath.parse(content).jsonString();
    }

    /** Returns the first group of each match, or the match. */
    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.groupCount() == 0 ? match.group() : match.group(1))
                .collect(Collectors.toSet());
    }
}
