package dev.touchstone.examples.replay;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Lines of events, in JSON or nearly: every line is an event or has a reason. */
public final class LinesFuzz {

    private LinesFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Lines.read(new LineReader(new ByteArrayInputStream(input), new Mends()));
    }
}
