package dev.touchstone.kafka;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Request.Action;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.EventJson;
import dev.touchstone.json.EventJson.ReadEvent;
import dev.touchstone.json.internal.JsonInput;
import dev.touchstone.kafka.RefusedRecordException.Reason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the values of records. The first field says what a value is, so that an event is looked at once: {@code identify},
 * {@code forget}, {@code case}, {@code erase}, or any other one for an event. Fields that are not known are ignored. Thread-safe.
 */
final class RecordReader {

    private static final int MAX_TEXT = 200;

    private final JsonFactory factory = JsonInput.newFactory(RecordFormat.MAX_BYTES)
            .rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final EventJson events = new EventJson().customers((event, customer) -> {
        throw new NamedCustomer();
    });

    TopicRecord read(@Nullable CustomerKey key, byte[] value) throws RefusedRecordException {
        TopicRecord change = readChange(key, value);
        return change == null ? readEvent(key, value) : change;
    }

    private TopicRecord readEvent(@Nullable CustomerKey key, byte[] value) throws RefusedRecordException {
        ReadEvent read;
        try {
            read = events.read(value);
        } catch (NamedCustomer e) {
            throw refused("\"customer\" is in the value; the pseudonym is the key of the record, and nowhere else");
        }
        TouchpointEvent event = read.event().orElse(null);
        if (event == null) {
            throw refused(read.message());
        }
        return new TopicRecord.Happened(
                key, key == null ? event : event.toBuilder().customer(key).build());
    }

    /** Reads an identification, its end, a request about a case, or an erasure; null if it is none of these. */
    private @Nullable TopicRecord readChange(@Nullable CustomerKey key, byte[] value) throws RefusedRecordException {
        try (JsonParser json = factory.createParser(ObjectReadContext.empty(), value)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw refused("is not a JSON object");
            }
            String kind = json.nextName();
            boolean identify = RecordFormat.IDENTIFY.equals(kind);
            boolean forget = RecordFormat.FORGET.equals(kind);
            boolean request = RecordFormat.CASE.equals(kind);
            if (!identify && !forget && !request && !RecordFormat.ERASE.equals(kind)) {
                return null;
            }
            if (key == null) {
                throw new RefusedRecordException(Reason.BAD_KEY, "\"" + kind + "\" has no customer as its key");
            }
            json.nextToken();
            if (request) {
                RecoveryCase.Request read = readRequest(key, json);
                return new TopicRecord.Requested(read, readTime(json));
            }
            CustomerKey customer = identify ? readCustomer(key, json) : null;
            if (!identify && json.currentToken() != JsonToken.VALUE_TRUE) {
                throw refused("\"" + kind + "\" is not true");
            }
            Instant time = readTime(json);
            if (customer != null) {
                return new TopicRecord.Identified(key, customer, time);
            }
            return forget ? new TopicRecord.Forgotten(key, time) : new TopicRecord.Erased(key, time);
        } catch (JacksonException e) {
            throw refused("is not JSON, is deeper than " + JsonInput.MAX_DEPTH + ", or has the same field twice");
        }
    }

    private static CustomerKey readCustomer(CustomerKey guest, JsonParser json) throws RefusedRecordException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw refused("\"identify\" is not an object");
        }
        CustomerKey namedGuest = null;
        CustomerKey customer = null;
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            json.nextToken();
            switch (field) {
                case RecordFormat.GUEST -> namedGuest = pseudonym(json);
                case RecordFormat.CUSTOMER -> customer = pseudonym(json);
                default -> json.skipChildren();
            }
        }
        if (!guest.equals(namedGuest)) {
            throw refused("\"guest\" is not the key of the record");
        }
        if (customer == null || customer.equals(guest)) {
            throw refused("\"customer\" is not the pseudonym of a customer, or is that of the guest");
        }
        return customer;
    }

    private static RecoveryCase.Request readRequest(CustomerKey key, JsonParser json) throws RefusedRecordException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw refused("\"case\" is not an object");
        }
        Map<String, String> read = new HashMap<>();
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            if (json.nextToken() == JsonToken.VALUE_STRING) {
                read.put(field, json.getString());
            } else {
                json.skipChildren();
            }
        }
        if (read.values().stream().anyMatch(text -> text.length() > MAX_TEXT)) {
            throw refused("\"case\" has a text of more than " + MAX_TEXT + " characters");
        }
        try {
            return new RecoveryCase.Request(
                    key,
                    read.getOrDefault(RecordFormat.ID, ""),
                    Action.valueOf(read.getOrDefault(RecordFormat.ACTION, "")),
                    Optional.ofNullable(read.get(RecordFormat.RESOLUTION)).map(Resolution::valueOf),
                    read.getOrDefault(RecordFormat.TOUCHPOINT, ""),
                    read.getOrDefault(RecordFormat.REASON, ""));
        } catch (IllegalArgumentException e) {
            throw refused("\"case\" has no id, no action, or not what the action needs");
        }
    }

    private static @Nullable CustomerKey pseudonym(JsonParser json) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return RecordFormat.customer(json.getString());
        }
        json.skipChildren();
        return null;
    }

    /** Reads what is left of the object, of which only the time is of interest. */
    private static Instant readTime(JsonParser json) throws RefusedRecordException {
        Instant time = null;
        for (String field = json.nextName(); field != null; field = json.nextName()) {
            JsonToken token = json.nextToken();
            if (field.equals(RecordFormat.TIME) && token == JsonToken.VALUE_STRING) {
                time = instant(json.getString());
            } else {
                json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw refused("continues after the end of the object");
        }
        if (time == null) {
            throw refused("\"time\" is missing, or is not a time such as 2026-03-01T10:00:00Z");
        }
        return time;
    }

    private static @Nullable Instant instant(String text) {
        try {
            return Instant.ofEpochMilli(
                    Instant.parse(text).truncatedTo(ChronoUnit.MILLIS).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static RefusedRecordException refused(String message) {
        return new RefusedRecordException(Reason.BAD_RECORD, "value of the record: " + message);
    }

    /** Says that a value names its customer. */
    private static final class NamedCustomer extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NamedCustomer() {
            super(null, null, false, false);
        }
    }
}
