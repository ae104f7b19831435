package dev.touchstone.examples.replay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A table of events: every line is an event or has a reason. */
public final class CsvFuzz {

    private CsvFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        try {
            Lines.read(new CsvSource(new ByteArrayInputStream(input), input, ColumnMap.SAME_NAMES));
        } catch (IOException | UnreadableException | UncheckedIOException e) {
            Lines.assertExplained(e);
        }
    }
}
