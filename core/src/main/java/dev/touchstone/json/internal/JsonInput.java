package dev.touchstone.json.internal;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** The configuration for reading external JSON: plain JSON in UTF-8, within limits. */
public final class JsonInput {

    /** The maximum length of a catalog in bytes. */
    public static final int MAX_CATALOG_BYTES = 1 << 20;

    /** The maximum length of an event in bytes. */
    public static final int MAX_EVENT_BYTES = 64 << 10;

    /** The maximum depth. */
    public static final int MAX_DEPTH = 32;

    /** The maximum number of tokens. */
    public static final int MAX_TOKENS = 100_000;

    /** What is wrong with a text that {@link #isMarked}, and what to do. */
    public static final String MARKED = "starts with a byte order mark; save it as UTF-8 without one";

    private static final int MAX_STRING = 64 << 10;
    private static final int MAX_NAME = 256;
    private static final int MAX_NUMBER = 64;

    private JsonInput() {}

    /** Returns a new factory with a separate table of names, so that invented names cannot displace those of others. */
    public static JsonFactory newFactory(int maxBytes) {
        return JsonFactory.builder()
                // always UTF-8, so that text that looks like UTF-16 is an error
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .recyclerPool(new Buffers())
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(maxBytes)
                        .maxNestingDepth(MAX_DEPTH)
                        .maxTokenCount(MAX_TOKENS)
                        .maxStringLength(MAX_STRING)
                        .maxNameLength(MAX_NAME)
                        .maxNumberLength(MAX_NUMBER)
                        .build())
                .build();
    }

    /** Returns whether a text starts with the byte order mark of UTF-8. */
    public static boolean isMarked(byte[] text, int offset, int length) {
        return length >= 3
                && text[offset] == (byte) 0xEF
                && text[offset + 1] == (byte) 0xBB
                && text[offset + 2] == (byte) 0xBF;
    }
}
