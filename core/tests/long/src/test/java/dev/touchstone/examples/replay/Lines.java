package dev.touchstone.examples.replay;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.json.EventJson;
import java.io.IOException;
import java.util.Optional;

/** Reads a source to its end. */
final class Lines {

    private static final EventJson JSON = new EventJson();

    private Lines() {}

    static void read(EventSource source) throws IOException {
        EventLines lines = new EventLines(JSON, Catalog.empty(), new Times(Optional.empty()), new Mends());
        long before = 0;
        while (source.next()) {
            if (source.number() < before) {
                throw new AssertionError("line " + source.number() + " comes after line " + before);
            }
            before = source.number();
            if (source.problem() != null) {
                continue;
            }
            Line line = lines.read(source.buffer(), source.offset(), source.length());
            if (line == null) {
                throw new AssertionError("a line is nothing");
            }
        }
    }

    static void assertExplained(Exception e) {
        if (e.getMessage() == null || e.getMessage().isBlank()) {
            throw new AssertionError("a failure without a message", e);
        }
    }
}
