package dev.touchstone.examples.backends;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The system's Prometheus as a process of its own, with its own storage and our rules. */
final class Prometheus implements AutoCloseable {

    static final Path RULES = Path.of("..", "..", "docs", "prometheus");

    private static final Pattern LISTENING = Pattern.compile("msg=\"Listening on\" address=(127\\.0\\.0\\.1:\\d+)");

    private final Child child;
    private final String address;

    private Prometheus(Child child) {
        this.child = child;
        this.address = "http://" + child.said(LISTENING) + "/api/v1/";
    }

    /** Returns where a program of the system is. */
    static Optional<Path> program(String name) {
        return Stream.of("/usr/bin", "/usr/local/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts one that scrapes each second. */
    static Prometheus open(Path folder, List<Storefront> shops) throws IOException {
        Path configuration = folder.resolve("prometheus.yml");
        Files.writeString(configuration, """
                global: { scrape_interval: 1s, evaluation_interval: 2s }
                rule_files: [ "%1$s/touchstone.rules.yml", "%1$s/touchstone.alerts.yml" ]
                scrape_configs:
                  - job_name: storefront
                    metrics_path: /actuator/prometheus
                    static_configs: [ targets: [ %2$s ] ]
                """.formatted(
                        RULES.toRealPath(),
                        shops.stream().map(shop -> '"' + shop.authority() + '"').collect(Collectors.joining(", "))));
        Child child = Child.start(
                folder,
                Map.of(),
                List.of(
                        program("prometheus").orElseThrow().toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("storage"),
                        "--web.listen-address=127.0.0.1:0"));
        try {
            Prometheus prometheus = new Prometheus(child);
            await().ignoreExceptions().until(() -> !prometheus.query("up").isEmpty());
            return prometheus;
        } catch (RuntimeException e) {
            child.close();
            throw e;
        }
    }

    /** Returns the value of each series by its labels, the name of the metric among them. */
    Map<String, Double> query(String promQl) {
        Map<String, Double> values = new TreeMap<>();
        data("query?query=" + Web.encoded(promQl))
                .get("result")
                .forEach(series -> values.put(
                        series.get("metric").toString(),
                        Double.valueOf(series.get("value").get(1).asString())));
        return values;
    }

    /** Returns the one value of a query, as it is printed. */
    String printed(String promQl) {
        JsonNode result = data("query?query=" + Web.encoded(promQl)).get("result");
        if (result.size() != 1) {
            throw new IllegalStateException(promQl + " returns " + result);
        }
        return result.get(0).get("value").get(1).asString();
    }

    /** Returns the values of the last minute of each series. */
    List<Double> range(String promQl) {
        long now = System.currentTimeMillis() / 1000;
        Stream.Builder<Double> values = Stream.builder();
        data("query_range?step=1&start=" + (now - Duration.ofMinutes(1).toSeconds()) + "&end=" + now + "&query="
                        + Web.encoded(promQl))
                .get("result")
                .forEach(series -> series.get("values")
                        .forEach(value -> values.add(Double.valueOf(value.get(1).asString()))));
        return values.build().toList();
    }

    JsonNode data(String path) {
        return Web.json(Web.get(address + path)).get("data");
    }

    @Override
    public void close() {
        child.close();
    }
}
