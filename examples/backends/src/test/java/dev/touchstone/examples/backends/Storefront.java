package dev.touchstone.examples.backends;

import dev.touchstone.survey.Apdex;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The packaged storefront as a process of its own, without visitors of its own. */
final class Storefront implements AutoCloseable {

    private static final Path JAR = Path.of("..", "storefront", "target", "storefront.jar");
    private static final Pattern ADDRESS = Pattern.compile("in it: (http://localhost:\\d+)/");
    private static final Duration TARGET_OF_SEARCH = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Child child;
    private final String address;

    private Storefront(Child child) {
        this.child = child;
        this.address = child.said(ADDRESS).replace("localhost", "127.0.0.1");
    }

    static Storefront open(
            Path folder, Map<String, String> environment, List<String> javaOptions, String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("--server.port=0", "--storefront.visitors=0", "--storefront.failed-payments=0.35"));
        all.addAll(List.of(arguments));
        Child child = Child.java(folder, environment, javaOptions, JAR, all);
        try {
            return new Storefront(child);
        } catch (RuntimeException e) {
            child.close();
            throw e;
        }
    }

    String authority() {
        return URI.create(address).getAuthority();
    }

    String get(String path) {
        return Web.get(address + path);
    }

    String output() {
        return child.output();
    }

    /** Returns the samples that a scrape reads, by their names with labels. */
    Map<String, Double> samples() {
        Map<String, Double> samples = new TreeMap<>();
        get("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith("touchstone_"))
                .forEach(line -> {
                    int value = line.lastIndexOf(' ');
                    samples.put(line.substring(0, value), Double.valueOf(line.substring(value + 1)));
                });
        return samples;
    }

    /** Returns the Apdex of the search according to the library. */
    Apdex apdexOfSearch() {
        for (JsonNode touchpoint : Web.json(get("/actuator/touchstone")).get("touchpoints")) {
            if (touchpoint.get("name").asString().equals("search")) {
                JsonNode told = touchpoint.get("apdex");
                Apdex apdex = new Apdex(
                        TARGET_OF_SEARCH,
                        told.get("satisfied").asLong(),
                        told.get("tolerating").asLong(),
                        told.get("frustrated").asLong());
                if (!apdex.text().equals(told.get("text").asString())) {
                    throw new IllegalStateException(told + " is not " + apdex);
                }
                return apdex;
            }
        }
        throw new IllegalStateException("no search");
    }

    /** A visitor looks around, asks for help, pays until it works, and answers a survey. */
    void visit(String name) {
        Visitor visitor = new Visitor();
        visitor.go("GET", "/");
        visitor.go("GET", "/search?q=tea");
        visitor.go("GET", "/search?q=cup");
        visitor.go("GET", "/product/cup");
        visitor.go("GET", "/help");
        visitor.go("POST", "/cart/cup");
        visitor.go("POST", "/login?name=" + name);
        for (int i = 0; i < 5 && visitor.go("POST", "/pay") != 200; i++) {
            visitor.go("GET", "/cart");
        }
        visitor.go("POST", "/answer?recommend=9&satisfied=4&easy=6");
    }

    @Override
    public void close() {
        child.close();
    }

    /** Keeps a session. */
    private final class Visitor {

        private final HttpClient client = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();

        /** Returns the status of where it ends. */
        int go(String method, String path) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .timeout(PATIENCE)
                    .build();
            try {
                return client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
