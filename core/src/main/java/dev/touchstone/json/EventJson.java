package dev.touchstone.json;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.internal.JsonInput;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes events as JSON, one object at a time, such as the lines of {@code events.jsonl}. For an invalid
 * event, the first applicable reason in this order is returned: {@code bad_event} (not an object), {@code bad_time},
 * {@code blank_touchpoint}, {@code after_at}, {@code bad_event} (a wrong type, an unknown outcome or scale, an invalid
 * name or id), {@code bad_feedback}. Unknown fields are ignored; null means absent.
 *
 * <p>A text does not count as an object if it is longer than 64 KiB, is deeper than 32, has a name of more than 256 or
 * a number of more than 64 characters, or has a duplicate name in an object. Reading never throws because of the input.
 * Immutable and thread-safe; create one instance and reuse it.
 */
public final class EventJson {

    private final JsonFactory factory;
    private final EventFields fields;
    private final BiConsumer<TouchpointEvent.Builder, String> customers;
    private final long atMs;

    /** Creates a reader that turns customers into {@link CustomerId}s and has no time limit. */
    public EventJson() {
        this.factory = JsonInput.newFactory(JsonInput.MAX_EVENT_BYTES);
        this.fields = new EventFields(factory);
        this.customers = EventJson::setCustomer;
        this.atMs = Long.MAX_VALUE;
    }

    private EventJson(EventJson like, BiConsumer<TouchpointEvent.Builder, String> customers, long atMs) {
        this.factory = like.factory;
        this.fields = like.fields;
        this.customers = customers;
        this.atMs = atMs;
    }

    private static void setCustomer(TouchpointEvent.Builder event, String customer) {
        event.customer(CustomerId.of(customer));
    }

    /** Returns a reader like this one that drops events later than this time, as {@code after_at}. */
    public EventJson until(Instant at) {
        return new EventJson(this, customers, at.toEpochMilli());
    }

    /**
     * Returns a reader like this one with a custom way to set the customer of an event, for example to a precomputed
     * key.
     *
     * @param setter receives the event so far and the text of the field {@code customer}. It may leave the event
     *     anonymous, and its exceptions propagate. It should set a blank or malformed id as a {@link CustomerId} too,
     *     so that the id is detected.
     */
    public EventJson customers(BiConsumer<TouchpointEvent.Builder, String> setter) {
        return new EventJson(this, setter, atMs);
    }

    /** Reads an event. */
    public ReadEvent read(String json) {
        if (json.length() > JsonInput.MAX_EVENT_BYTES) {
            return tooLong();
        }
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
            return read(bytes.array(), bytes.arrayOffset(), bytes.remaining());
        } catch (CharacterCodingException e) {
            return notAnObject("is not Unicode text: it has a lone surrogate");
        }
    }

    /** Reads an event from UTF-8. */
    public ReadEvent read(byte[] json) {
        return read(json, 0, json.length);
    }

    /** Reads an event from a range of an array of UTF-8. The array is not retained. */
    public ReadEvent read(byte[] json, int offset, int length) {
        if (length > JsonInput.MAX_EVENT_BYTES) {
            return tooLong();
        }
        if (JsonInput.isMarked(json, offset, length)) {
            return notAnObject(JsonInput.MARKED);
        }
        EventReader reader = new EventReader(fields, customers, atMs);
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), json, offset, length)) {
            return reader.read(parser);
        } catch (StreamConstraintsException e) {
            return notAnObject("is deeper than " + JsonInput.MAX_DEPTH + ", or has a name or number that is too long");
        } catch (JacksonException e) {
            return notAnObject("is not JSON" + place(e)); // the exception quotes the input
        }
    }

    /**
     * Returns an event as a JSON object in UTF-8 that can be read back as the same event, except for its customer:
     * neither an id nor a pseudonym is written. An event without a time has none in JSON either, and cannot be read
     * back.
     */
    public static byte[] write(TouchpointEvent event) {
        return EventWriter.write(event);
    }

    private static String place(JacksonException e) {
        int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
        return column < 1 ? "" : " from column " + column + " on";
    }

    private static ReadEvent tooLong() {
        return notAnObject("is longer than " + JsonInput.MAX_EVENT_BYTES + " bytes");
    }

    static ReadEvent notAnObject(String message) {
        return ReadEvent.dropped(DropReason.BAD_EVENT, message);
    }

    /** The result of reading one JSON text: either an event, or the reason why it is invalid. Immutable. */
    public static final class ReadEvent {

        private final @Nullable TouchpointEvent event;
        private final @Nullable DropReason reason;
        private final String message;
        private final long timeMs;

        private ReadEvent(@Nullable TouchpointEvent event, @Nullable DropReason reason, String message, long timeMs) {
            this.event = event;
            this.reason = reason;
            this.message = message;
            this.timeMs = timeMs;
        }

        static ReadEvent of(TouchpointEvent event, long timeMs) {
            return new ReadEvent(event, null, "", timeMs);
        }

        static ReadEvent dropped(DropReason reason, String message) {
            return new ReadEvent(null, reason, message, Rfc3339.INVALID);
        }

        static ReadEvent dropped(DropReason reason, String message, long timeMs) {
            return new ReadEvent(null, reason, message, timeMs);
        }

        /** Returns the event; empty if it is invalid. */
        public Optional<TouchpointEvent> event() {
            return Optional.ofNullable(event);
        }

        /** Returns why the event is invalid; empty if it is valid. */
        public Optional<DropReason> reason() {
            return Optional.ofNullable(reason);
        }

        /**
         * Returns a readable message about why the event is invalid, such as {@code "time" is missing}; blank if it is
         * valid. It names fields and quotes no values.
         */
        public String message() {
            return message;
        }

        /**
         * Returns the time in milliseconds since 1970-01-01T00:00:00Z, which may be readable although the event is
         * dropped. It is always present with {@code blank_touchpoint}, {@code after_at} and {@code bad_feedback}, never
         * with {@code bad_time}, and with {@code bad_event} if the input was an object.
         */
        public OptionalLong timeMs() {
            return timeMs == Rfc3339.INVALID ? OptionalLong.empty() : OptionalLong.of(timeMs);
        }

        @Override
        public String toString() {
            return reason == null ? String.valueOf(event) : reason.code() + ": " + message;
        }
    }
}
