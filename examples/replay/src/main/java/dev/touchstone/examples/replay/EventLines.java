package dev.touchstone.examples.replay;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.EventJson;
import dev.touchstone.json.EventJson.ReadEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads event lines in the strict form and, if that fails, in the forms that files have in practice: each is rewritten into
 * the strict form and read again, so there is one reader that decides what an event is. Not thread-safe.
 */
final class EventLines {

    private static final byte[] GUEST_FIELD = "\"guest\"".getBytes(StandardCharsets.US_ASCII);

    private final EventJson reader;
    private final Times times;
    private final Names names;
    private final Mends mends;
    private final JsonFactory factory = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(64)
                    .build())
            .build();

    EventLines(EventJson reader, Catalog catalog, Times times, Mends mends) {
        this.reader = reader;
        this.times = times;
        this.names = new Names(catalog);
        this.mends = mends;
    }

    /** Reads a line. */
    Line read(byte[] line, int offset, int length) {
        ReadEvent strict = reader.read(line, offset, length);
        TouchpointEvent event = strict.event().orElse(null);
        boolean guest = contains(line, offset, length, GUEST_FIELD);
        if (event != null && !guest) {
            return Line.of(named(event), strict.timeMs().orElseThrow());
        }
        if (strict.reason().orElse(null) == DropReason.AFTER_AT) {
            return Line.of(strict);
        }
        Line mended;
        try {
            mended = mended(line, offset, length, strict.timeMs().isPresent());
        } catch (JacksonException e) {
            mended = null; // not JSON in any form
        }
        if (mended != null) {
            return mended;
        }
        if (event != null) {
            return Line.of(named(event), strict.timeMs().orElseThrow());
        }
        return !Encoding.isUtf8(line, offset, length)
                ? Line.bad(
                        DropReason.BAD_EVENT,
                        "is not UTF-8; convert the file, for example with: iconv -f WINDOWS-1252 -t UTF-8 FILE",
                        Line.NO_TIME)
                : Line.of(strict);
    }

    /** Returns the original of each touchpoint name that was folded. */
    Map<String, String> titles() {
        return names.titles();
    }

    private TouchpointEvent named(TouchpointEvent event) {
        String name = event.touchpoint();
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 128) {
                String folded = names.folded(name);
                if (!folded.equals(name)) {
                    mends.add(Mend.NAME);
                    return event.toBuilder().touchpoint(folded).build();
                }
                return event;
            }
        }
        return event;
    }

    private static boolean contains(byte[] line, int offset, int length, byte[] searched) {
        int last = offset + length - searched.length;
        for (int i = offset; i <= last; i++) {
            if (line[i] == searched[0] && line[i + 1] == searched[1] && line[i + 2] == searched[2]) {
                int matched = 3;
                while (matched < searched.length && line[i + matched] == searched[matched]) {
                    matched++;
                }
                if (matched == searched.length) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns what a line says that had to be rewritten; null if there is nothing to rewrite. */
    private @Nullable Line mended(byte[] line, int offset, int length, boolean strictTime) {
        Rewriting rewriting = new Rewriting(strictTime);
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), line, offset, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT || !rewriting.read(parser)) {
                return null;
            }
        }
        byte[] strict = rewriting.strict();
        if (rewriting.local) {
            return Line.bad(
                    DropReason.BAD_TIME,
                    "\"time\" has no zone; name it with --zone, such as --zone Europe/Berlin",
                    Line.NO_TIME);
        }
        if (rewriting.identifies) {
            return identified(rewriting);
        }
        if (rewriting.mends.isEmpty()) {
            return null;
        }
        ReadEvent read = reader.read(strict);
        if (read.event().isPresent()) {
            mends.addAll(rewriting.mends);
        }
        return Line.of(read);
    }

    private Line identified(Rewriting rewriting) {
        String guest = withoutPrefix(rewriting.identifiedGuest);
        String customer = rewriting.identifiedCustomer;
        if (guest == null
                || customer == null
                || !CustomerId.anonymous(guest).isValid()
                || !CustomerId.of(customer).isValid()) {
            return Line.bad(
                    DropReason.BAD_EVENT,
                    "\"identify\" needs a \"guest\" and a \"customer\", each a text or a whole number",
                    rewriting.timeMs);
        }
        return Line.of(new Line.Identity(guest, customer), rewriting.timeMs);
    }

    private static @Nullable String withoutPrefix(@Nullable String guest) {
        return guest != null && guest.startsWith(Customers.GUEST) ? guest.substring(Customers.GUEST.length()) : guest;
    }

    /** One line on its way into the strict form. */
    private final class Rewriting {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        private final JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes);
        private final Set<Mend> mends = EnumSet.noneOf(Mend.class);
        private @Nullable String customer;
        private @Nullable String guest;
        private final boolean strictTime;
        private boolean usable = true;
        private boolean identifies;
        private @Nullable String identifiedGuest;
        private @Nullable String identifiedCustomer;
        private boolean local;
        private long timeMs = Line.NO_TIME;

        Rewriting(boolean strictTime) {
            this.strictTime = strictTime;
        }

        /** Reads the fields; returns false if nothing can be made of them. */
        boolean read(JsonParser parser) {
            json.writeStartObject();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                JsonToken token = parser.nextToken();
                switch (field) {
                    case "id" -> writeId(field, parser, token);
                    case "time" -> writeTime(parser, token);
                    case "touchpoint" -> writeTouchpoint(parser, token);
                    case "customer" -> customer = id(parser, token);
                    case "guest" -> guest = id(parser, token);
                    case "outcome" -> writeOutcome(parser, token);
                    case "attributes" -> writeAttributes(parser, token);
                    case "identify" -> readIdentity(parser, token);
                    default -> copy(field, parser);
                }
            }
            return usable && parser.nextToken() == null;
        }

        byte[] strict() {
            if (customer != null) {
                json.writeStringProperty("customer", customer);
            } else if (guest != null) {
                json.writeStringProperty("customer", Customers.GUEST + withoutPrefix(guest));
                mends.add(Mend.GUEST);
            }
            json.writeEndObject();
            json.close();
            return bytes.toByteArray();
        }

        private void copy(String field, JsonParser parser) {
            json.writeName(field);
            json.copyCurrentStructure(parser);
        }

        private void writeId(String field, JsonParser parser, JsonToken token) {
            if (token == JsonToken.VALUE_NUMBER_INT) {
                json.writeStringProperty(field, parser.getString());
                mends.add(Mend.NUMERIC_ID);
            } else {
                copy(field, parser);
            }
        }

        private void writeTime(JsonParser parser, JsonToken token) {
            boolean number = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
            if (!number && token != JsonToken.VALUE_STRING) {
                copy("time", parser);
                return;
            }
            long read = times.millis(parser.getString());
            local = read == Times.LOCAL;
            if (read == Times.NONE || local) {
                copy("time", parser);
                return;
            }
            timeMs = read;
            json.writeStringProperty("time", Times.written(read));
            if (!strictTime) {
                mends.add(Mend.TIME);
            }
        }

        private void writeTouchpoint(JsonParser parser, JsonToken token) {
            if (token != JsonToken.VALUE_STRING) {
                copy("touchpoint", parser);
                return;
            }
            String name = parser.getString();
            String folded = name.isBlank() ? name : names.folded(name);
            json.writeStringProperty("touchpoint", folded);
            if (!folded.equals(name)) {
                mends.add(Mend.NAME);
            }
        }

        private void writeOutcome(JsonParser parser, JsonToken token) {
            if (token != JsonToken.VALUE_STRING) {
                copy("outcome", parser);
                return;
            }
            String outcome = parser.getString();
            String upper = outcome.strip().toUpperCase(Locale.ROOT);
            json.writeStringProperty("outcome", upper);
            if (!upper.equals(outcome)) {
                mends.add(Mend.OUTCOME);
            }
        }

        private void writeAttributes(JsonParser parser, JsonToken token) {
            if (token == JsonToken.VALUE_NULL) {
                return;
            }
            if (token != JsonToken.START_OBJECT) {
                parser.skipChildren();
                mends.add(Mend.LOST_ATTRIBUTE);
                return;
            }
            json.writeObjectPropertyStart("attributes");
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    json.writeStringProperty(name, parser.getString());
                } else if (value.isScalarValue() && value != JsonToken.VALUE_NULL) {
                    json.writeStringProperty(name, parser.getString());
                    mends.add(Mend.ATTRIBUTE);
                } else if (value != JsonToken.VALUE_NULL) {
                    parser.skipChildren();
                    mends.add(Mend.LOST_ATTRIBUTE);
                }
            }
            json.writeEndObject();
        }

        private void readIdentity(JsonParser parser, JsonToken token) {
            identifies = true;
            if (token != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return;
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("guest")) {
                    identifiedGuest = id(parser, value);
                } else if (field.equals("customer")) {
                    identifiedCustomer = id(parser, value);
                } else {
                    parser.skipChildren();
                }
            }
        }

        private @Nullable String id(JsonParser parser, JsonToken token) {
            if (token == JsonToken.VALUE_NUMBER_INT) {
                mends.add(Mend.NUMERIC_ID);
                return parser.getString();
            }
            if (token == JsonToken.VALUE_STRING) {
                return parser.getString();
            }
            usable &= token == JsonToken.VALUE_NULL;
            parser.skipChildren();
            return null;
        }
    }
}
