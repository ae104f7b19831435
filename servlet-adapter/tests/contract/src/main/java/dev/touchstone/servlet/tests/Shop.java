package dev.touchstone.servlet.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Touchstone;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.CatalogJson;
import dev.touchstone.servlet.TouchstoneFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A shop that is open, and what was recorded in it. */
final class Shop {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<TouchpointEvent> events;
    private final Touchstone touchstone;
    private final Container.Running running;

    private Shop(List<TouchpointEvent> events, Touchstone touchstone, Container.Running running) {
        this.events = events;
        this.touchstone = touchstone;
        this.running = running;
    }

    /** Opens one that records with an instance of its own, under a catalog. */
    static Shop open(Container container, Site site, String catalog) throws Exception {
        List<TouchpointEvent> events = new CopyOnWriteArrayList<>();
        Touchstone touchstone = Touchstone.builder()
                .catalog(CatalogJson.read("touchstone.json", catalog.getBytes(StandardCharsets.UTF_8))
                        .build())
                .listener((event, touchpoint, assessment) -> events.add(event))
                .build();
        return new Shop(events, touchstone, container.start(site.attribute(TouchstoneFilter.TOUCHSTONE, touchstone)));
    }

    Touchstone touchstone() {
        return touchstone;
    }

    int port() {
        return running.port();
    }

    /** Asks for a path on a connection of its own and returns the response. */
    String get(String path, String... headers) {
        return send("GET " + path + " HTTP/1.1\r\nHost: shop\r\n" + lines(headers) + "Connection: close\r\n\r\n");
    }

    String send(String request) {
        try (Wire wire = new Wire(port())) {
            return wire.exchange(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lines(String... headers) {
        StringBuilder lines = new StringBuilder();
        for (String header : headers) {
            lines.append(header).append("\r\n");
        }
        return lines.toString();
    }

    /** Returns the one event, once it is recorded. */
    TouchpointEvent event() {
        await().atMost(PATIENCE).until(() -> !events.isEmpty());
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    List<TouchpointEvent> events() {
        return events;
    }

    /** Waits until as many events are recorded. */
    List<TouchpointEvent> events(int number) {
        await().atMost(PATIENCE).until(() -> events.size() >= number);
        assertThat(events).hasSize(number);
        return events;
    }

    void forget() {
        events.clear();
        Probe.take();
    }

    void close() throws Exception {
        try {
            running.stop();
        } finally {
            touchstone.close();
        }
    }
}
