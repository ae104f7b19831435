package dev.touchstone.examples.replay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What a run in this process printed, and with which status it ended. */
record Ran(int status, String out, String err) {

    static final InstantSource WALL_CLOCK = InstantSource.fixed(Instant.parse("2026-06-01T00:00:00Z"));

    static Ran with(String input, String... args) {
        return with(input.getBytes(StandardCharsets.UTF_8), args);
    }

    static Ran with(byte[] input, String... args) {
        return with(new ByteArrayInputStream(input), 1 << 20, args);
    }

    static Ran with(InputStream input, int chunkBytes, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = new Main(
                        input,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        WALL_CLOCK,
                        chunkBytes)
                .run(List.of(args));
        return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
