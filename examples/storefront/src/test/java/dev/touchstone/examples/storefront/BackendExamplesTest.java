package dev.touchstone.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The files of {@code examples/collector} and {@code examples/grafana}. */
class BackendExamplesTest {

    private static final Path ROOT = Path.of("..", "..");
    private static final Path EXAMPLES = ROOT.resolve("examples");

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

    /** Reads YAML as JSON, for paths. */
    private static String yaml(Path file) throws IOException {
        Object content = new Yaml().load(Files.readString(file));
        return JsonPath.parse(content).jsonString();
    }
}
