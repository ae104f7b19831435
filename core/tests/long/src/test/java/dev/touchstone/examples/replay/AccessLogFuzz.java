package dev.touchstone.examples.replay;

import dev.touchstone.catalog.Catalog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** The access log of a web server, in both formats: every line is an event or has a reason. */
public final class AccessLogFuzz {

    private static final Catalog CATALOG = Catalog.builder()
            .touchpoint("order", t -> t.routes(List.of("GET /orders/{id}")))
            .build();

    private AccessLogFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Lines.read(AccessLogSource.combined(new LineReader(new ByteArrayInputStream(input), new Mends()), CATALOG));
        Lines.read(AccessLogSource.w3c(new LineReader(new ByteArrayInputStream(input), new Mends()), CATALOG));
    }
}
