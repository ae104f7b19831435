package dev.touchstone.servlet.page;

import dev.touchstone.Touchstone;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.http.PageJson;
import dev.touchstone.scoring.ScoreModel;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Prints how long a Tomcat takes to answer with the page's JSON over 1,000 cells: what is asked first in a second, which
 * is computed, on a connection that a browser with the page keeps open and on a new one, and what is asked again, which is
 * not computed. A program and no test, since it measures.
 */
final class EndpointCost {

    private static final int TOUCHPOINTS = 100;
    private static final int CHANNELS = 10;
    private static final int EVENTS_PER_CELL = 20;
    private static final int WARM_UP = 2_000;
    private static final int ANSWERS = 40;
    private static final int MOST_BYTES = 1 << 21;
    private static final Pattern HEAD = Pattern.compile(
            "HTTP/1\\.1 200 .*?content-length: (\\d+).*?\r\n\r\n", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    private EndpointCost() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Touchstone touchstone = filled();
        PageJson json = new PageJson(ScoreModel.STANDARD);
        for (int i = 0; i < WARM_UP; i++) {
            json.write(touchstone.scoreboard().withholdingSmallGroups());
        }
        byte[] into = new byte[MOST_BYTES];
        List<Double> first = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        List<Double> anew = new ArrayList<>();
        try (PageSite site = new PageSite(touchstone, Files.createTempDirectory("endpoint"))) {
            URI page = URI.create(site.address());
            for (int i = 0; i < WARM_UP; i++) {
                askOnce(page, into);
            }
            try (Client open = new Client(page, into)) {
                for (int i = 0; i < ANSWERS; i++) {
                    Thread.sleep(1_050);
                    first.add(open.ask());
                    again.add(open.ask());
                }
            }
            for (int i = 0; i < ANSWERS; i++) {
                Thread.sleep(1_050);
                anew.add(askOnce(page, into));
            }
        }
        touchstone.close();
        System.out.println("first in a second, on an open connection: " + quantiles(first));
        System.out.println("again: " + quantiles(again));
        System.out.println("first in a second, with a new connection: " + quantiles(anew));
    }

    private static double askOnce(URI page, byte[] into) throws IOException {
        long before = System.nanoTime();
        try (Client client = new Client(page, into)) {
            client.ask();
            return (System.nanoTime() - before) / 1e6;
        }
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
                "median %.1f ms, 75 %% within %.1f ms, 90 %% within %.1f ms",
                values.get(values.size() / 2), values.get(values.size() * 3 / 4), values.get(values.size() * 9 / 10));
    }

    /** A client that does nothing but read, on one connection. */
    private static final class Client implements AutoCloseable {

        private final Socket socket;
        private final InputStream answers;
        private final byte[] request;
        private final byte[] into;

        Client(URI page, byte[] into) throws IOException {
            this.into = into;
            this.socket = new Socket(page.getHost(), page.getPort());
            this.socket.setTcpNoDelay(true);
            this.answers = socket.getInputStream();
            this.request = ("GET " + page.getPath() + "scoreboard.json HTTP/1.1\r\nHost: " + page.getAuthority()
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
        }

        /** Returns after how many milliseconds the whole answer is there. */
        double ask() throws IOException {
            long before = System.nanoTime();
            socket.getOutputStream().write(request);
            int length = 0;
            int end = into.length;
            while (length < end) {
                int read = answers.read(into, length, end - length);
                if (read < 0) {
                    throw new IOException("the answer ends early: " + text(length));
                }
                if (length == 0) {
                    end = wholeLength(text(read)); // a Tomcat sends the head in one piece
                }
                length += read;
            }
            return (System.nanoTime() - before) / 1e6;
        }

        private static int wholeLength(String begun) throws IOException {
            Matcher head = HEAD.matcher(begun);
            if (!head.lookingAt()) {
                throw new IOException("not the page's JSON: " + begun);
            }
            return head.end() + Integer.parseInt(head.group(1));
        }

        private String text(int length) {
            return new String(into, 0, length, StandardCharsets.UTF_8);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
