package dev.touchstone.examples.replay;

import dev.touchstone.catalog.Catalog;
import java.io.IOException;

/** Opens the source of an input by its format. */
final class Sources {

    private Sources() {}

    /**
     * Returns the event lines of an input.
     *
     * @throws UnreadableException if the format is recognized but not read
     * @throws InputException if the input does not have what the options name
     */
    static EventSource open(Input input, Options options, Catalog catalog, Mends mends) throws IOException {
        InputFormat format = options.inputFormat().isPresent()
                ? options.inputFormat().get()
                : InputFormat.of(input.start(), hasRoutes(catalog));
        return switch (format) {
            case JSON -> new ValueReader(input.stream());
            case CSV ->
                new CsvSource(input.stream(), input.start(), options.columns().orElse(ColumnMap.SAME_NAMES));
            case COMBINED -> AccessLogSource.combined(new LineReader(input.stream(), mends), routes(catalog, format));
            case W3C -> AccessLogSource.w3c(new LineReader(input.stream(), mends), routes(catalog, format));
            case OTLP_JSON -> new OtlpSource(new LineReader(input.stream(), mends, OtlpSource.MAX_LENGTH), catalog);
            case JSONL -> new LineReader(input.stream(), mends);
        };
    }

    private static boolean hasRoutes(Catalog catalog) {
        return catalog.touchpoints().stream()
                .anyMatch(touchpoint -> !touchpoint.routes().isEmpty());
    }

    private static Catalog routes(Catalog catalog, InputFormat format) {
        if (!hasRoutes(catalog)) {
            throw new UsageException("--format-in " + format + " needs a catalog whose touchpoints have routes");
        }
        return catalog;
    }
}
