package dev.touchstone.http;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Scoreboard;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.json.internal.Buffers;
import dev.touchstone.json.internal.SafeEscapes;
import dev.touchstone.scoring.ScoreModel;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the JSON of the page in UTF-8: the scoreboard, and one customer. It is not an API and changes with the
 * page. Thread-safe.
 */
public final class PageJson {

    private static final int LEAST_BYTES = 1 << 10;

    // the JDK's conversion of doubles is slow before version 19
    private final JsonFactory factory = JsonFactory.builder()
            .recyclerPool(new Buffers())
            .characterEscapes(new SafeEscapes())
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    // the length of the last result, so that the buffer need not grow; only a hint
    private volatile int expectedBytes = LEAST_BYTES;

    private final ScoreModel model;

    /**
     * Creates a writer.
     *
     * @param model the model of the scores, which says how long their windows are
     */
    public PageJson(ScoreModel model) {
        this.model = model;
    }

    /** Returns a scoreboard. */
    public byte[] write(Scoreboard scoreboard) {
        byte[] written = write(expectedBytes, page -> page.write(scoreboard, model));
        expectedBytes = written.length + LEAST_BYTES;
        return written;
    }

    /** Returns the experience and the recovery cases of a customer. */
    public byte[] write(CustomerKey customer, CustomerExperience experience, List<RecoveryCase> cases) {
        return write(LEAST_BYTES, page -> page.write(customer, experience, cases));
    }

    /**
     * Returns when customers missed a touchpoint, its links, and its comparisons of variants.
     *
     * @param comparisons JSON
     */
    byte[] write(Map<CustomerKey, Instant> missed, PageLinks links, String comparisons) {
        return write(LEAST_BYTES, page -> page.write(missed, links, comparisons));
    }

    private byte[] write(int expected, Consumer<PageWriter> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(expected);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(new PageWriter(json));
        }
        return bytes.toByteArray();
    }
}
