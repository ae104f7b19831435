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
        boolean routes =
                catalog.touchpoints().stream().anyMatch(touchpoint -> !touchpoint.routes().isEmpty());
        InputFormat format = options.inputFormat().isPresent()
                ? options.inputFormat().get()
                : InputFormat.of(input.start(), routes);
        return switch (format) {
            case JSON -> new ValueReader(input.stream());
            case CSV -> new CsvSource(
                    input.stream(), input.start(), options.columns().orElse(ColumnMap.SAME_NAMES));
            default -> new LineReader(input.stream(), mends);
        };
    }
}
