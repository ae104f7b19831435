package dev.touchstone.examples.replay;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** Writes a catalog and any number of events, always the same ones: something large to replay. */
final class GenerateEvents {

    private static final List<String> TOUCHPOINTS = List.of(
            "search",
            "product.view",
            "basket.add",
            "checkout.address",
            "checkout.pay",
            "checkout.confirm",
            "order.track",
            "support.call",
            "support.chat",
            "account.login");
    private static final List<String> CHANNELS = List.of("web", "web", "web", "app", "app", "phone");
    private static final int CUSTOMERS = 20_000;
    private static final long START_MS = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    private static final long STEP_MS = 2_500;

    private GenerateEvents() {}

    /** Takes the folder and the number of events; writes {@code touchstone.json} and {@code events.jsonl}. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Files.writeString(folder.resolve("touchstone.json"), catalog());
        try (Writer out = Files.newBufferedWriter(folder.resolve("events.jsonl"))) {
            write(Long.parseLong(args[1]), out);
        }
    }

    static String catalog() {
        StringBuilder json = new StringBuilder("{ \"touchpoints\": [\n");
        for (String touchpoint : TOUCHPOINTS) {
            json.append("  { \"name\": \"").append(touchpoint).append("\", \"target\": \"PT0.4S\"");
            json.append(
                    touchpoint.startsWith("checkout") ? ", \"journey\": \"purchase\", \"stage\": \"PURCHASE\"" : "");
            json.append(touchpoint.startsWith("support") ? ", \"contact\": true, \"stage\": \"SUPPORT\"" : "");
            json.append(" },\n");
        }
        json.setLength(json.length() - 2);
        return json
                + " ],\n  \"journeys\": [ { \"name\": \"purchase\", \"steps\": 3, \"ends\": [\"checkout.confirm\"] } ] }\n";
    }

    static void write(long events, Writer out) throws IOException {
        SplittableRandom random = new SplittableRandom(42);
        for (long i = 0; i < events; i++) {
            long time = START_MS + i * STEP_MS + random.nextInt(20_000);
            StringBuilder line = new StringBuilder("{\"");
            if (i % 2 == 0) {
                line.append("id\":\"e-").append(i).append("\",\"");
            }
            line.append("time\":\"").append(Instant.ofEpochMilli(time));
            line.append("\",\"touchpoint\":\"").append(TOUCHPOINTS.get(random.nextInt(TOUCHPOINTS.size())));
            line.append("\",\"customer\":\"customer-").append(random.nextInt(CUSTOMERS));
            line.append("\",\"channel\":\"").append(CHANNELS.get(random.nextInt(CHANNELS.size())));
            int kind = random.nextInt(100);
            if (kind < 5) {
                line.append("\",\"feedback\":{\"scale\":\"csat\",\"value\":")
                        .append(random.nextInt(1, 6))
                        .append('}');
            } else {
                line.append("\",\"outcome\":\"").append(kind < 90 ? "SUCCESS" : kind < 95 ? "DEGRADED" : "FAILURE");
                line.append("\",\"durationMs\":").append(Math.round(4_000 * Math.exp(2 * random.nextDouble())) / 10.0);
                line.append(kind % 10 == 0 ? ",\"transfers\":1" : "");
            }
            out.write(line.append("}\n").toString());
        }
    }
}
