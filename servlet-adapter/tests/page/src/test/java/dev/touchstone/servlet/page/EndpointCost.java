package dev.touchstone.servlet.page;

import dev.touchstone.Touchstone;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.PageJson;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Prints how long a Tomcat takes to answer with the page's JSON over 1,000 cells, to one client that comes anew each
 * time: what is asked first in a second, which is computed, and what is asked again, which is not. A program and no test,
 * since it measures.
 */
final class EndpointCost {

    private static final int TOUCHPOINTS = 100;
    private static final int CHANNELS = 10;
    private static final int EVENTS_PER_CELL = 20;
    private static final int WARM_UP = 2_000;
    private static final int ANSWERS = 40;
    private static final int MOST_BYTES = 1 << 21;

    private EndpointCost() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Touchstone touchstone = filled();
        PageJson json = new PageJson();
        for (int i = 0; i < WARM_UP; i++) {
            json.write(touchstone.scoreboard().withholdingSmallGroups());
        }
        List<Double> first = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        byte[] into = new byte[MOST_BYTES];
        try (PageSite site = new PageSite(touchstone, Files.createTempDirectory("endpoint"))) {
            URI address = URI.create(site.address());
            for (int i = 0; i < WARM_UP; i++) {
                ask(address, into);
            }
            for (int i = 0; i < ANSWERS; i++) {
                Thread.sleep(1_050);
                first.add(ask(address, into));
                again.add(ask(address, into));
            }
        }
        touchstone.close();
        System.out.printf("%d answers: %s first in a second, %s again%n", ANSWERS, quantiles(first), quantiles(again));
    }

    private static Touchstone filled() {
        Touchstone touchstone = Touchstone.create();
        for (int i = 0; i < TOUCHPOINTS * CHANNELS * EVENTS_PER_CELL; i++) {
            touchstone.record(TouchpointEvent.builder("touchpoint-" + i % TOUCHPOINTS)
                    .channel(Channel.of("channel-" + i / TOUCHPOINTS % CHANNELS))
                    .customer(CustomerId.of("customer-" + i / (TOUCHPOINTS * CHANNELS)))
                    .durationMs(50 + i % 400)
                    .build());
        }
        return touchstone;
    }

    private static String quantiles(List<Double> values) {
        Collections.sort(values);
        return String.format(
                "median %.1f ms, 90 %% within %.1f ms",
                values.get(values.size() / 2), values.get(values.size() * 9 / 10));
    }

    /** Returns after how many milliseconds a client that does nothing but read has the whole answer. */
    private static double ask(URI address, byte[] into) throws IOException {
        byte[] request = ("GET " + address.getPath() + "scoreboard.json HTTP/1.1\r\nHost: " + address.getAuthority()
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        long before = System.nanoTime();
        int length;
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request);
            length = socket.getInputStream().readNBytes(into, 0, into.length);
        }
        double elapsed = (System.nanoTime() - before) / 1e6;
        String answer = new String(into, 0, length, StandardCharsets.UTF_8);
        if (!answer.startsWith("HTTP/1.1 200") || !answer.endsWith("}")) {
            throw new IOException("not a whole answer: " + answer);
        }
        return elapsed;
    }
}
