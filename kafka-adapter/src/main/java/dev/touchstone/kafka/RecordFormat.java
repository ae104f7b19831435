package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.PseudonymKey.EventKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.EventJson;
import dev.touchstone.json.internal.JsonText;
import dev.touchstone.kafka.RefusedRecordException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How records stand in the topic of events. The key is the customer's pseudonym as text, so that all records of a customer
 * are in one partition; an anonymous event has none. The value is JSON: an event without its customer, or an object that
 * begins with {@code identify}, {@code forget}, {@code case} or {@code erase}. A header has the id of the pseudonym key. Thread-safe.
 */
final class RecordFormat {

    /** The header with the id of the pseudonym key. */
    static final String KEY_ID = "touchstone-key-id";

    /** The header with the version of the format; a record without it has version 1. */
    static final String FORMAT = "touchstone-format";

    /** The maximum length of a value in bytes. */
    static final int MAX_BYTES = 64 << 10;

    static final String IDENTIFY = "identify";
    static final String GUEST = "guest";
    static final String CUSTOMER = "customer";
    static final String ERASE = "erase";
    static final String FORGET = "forget";
    static final String CASE = "case";
    static final String ID = "id";
    static final String ACTION = "action";
    static final String RESOLUTION = "resolution";
    static final String TOUCHPOINT = "touchpoint";
    static final String REASON = "reason";
    static final String TIME = "time";

    private static final String VERSION = "1";
    private static final int KEY_LENGTH = 32;

    private final PseudonymKey pseudonymKey;
    private final byte[] keyId;
    private final RecordReader reader = new RecordReader();

    RecordFormat(PseudonymKey pseudonymKey) {
        this.pseudonymKey = pseudonymKey;
        this.keyId = pseudonymKey.id().getBytes(US_ASCII);
    }

    /** Returns a record as it is sent. The id of an event is replaced by its pseudonym. */
    ProducerRecord<byte[], byte[]> write(TopicRecord content, String topic) {
        CustomerKey key = content.key();
        ProducerRecord<byte[], byte[]> sent =
                new ProducerRecord<>(topic, key == null ? null : key.toString().getBytes(US_ASCII), value(content));
        sent.headers().add(KEY_ID, keyId);
        return sent;
    }

    private byte[] value(TopicRecord content) {
        if (content instanceof TopicRecord.Happened happened) {
            return EventJson.write(withoutId(happened.event()));
        }
        String text = JsonText.write(json -> {
            json.writeStartObject();
            if (content instanceof TopicRecord.Identified identified) {
                json.writeObjectPropertyStart(IDENTIFY);
                json.writeStringProperty(GUEST, identified.guest().toString());
                json.writeStringProperty(CUSTOMER, identified.customer().toString());
                json.writeEndObject();
                json.writeStringProperty(TIME, identified.time().toString());
            } else if (content instanceof TopicRecord.Forgotten forgotten) {
                json.writeBooleanProperty(FORGET, true);
                json.writeStringProperty(TIME, forgotten.time().toString());
            } else if (content instanceof TopicRecord.Requested requested) {
                write(requested.request(), json);
                json.writeStringProperty(TIME, requested.time().toString());
            } else if (content instanceof TopicRecord.Erased erased) {
                json.writeBooleanProperty(ERASE, true);
                json.writeStringProperty(TIME, erased.time().toString());
            }
            json.writeEndObject();
        });
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void write(RecoveryCase.Request request, JsonGenerator json) {
        json.writeObjectPropertyStart(CASE);
        json.writeStringProperty(ID, request.id());
        json.writeStringProperty(ACTION, request.action().name());
        request.resolution().ifPresent(how -> json.writeStringProperty(RESOLUTION, how.name()));
        if (request.action() == RecoveryCase.Request.Action.OPEN) {
            json.writeStringProperty(TOUCHPOINT, request.touchpoint());
            json.writeStringProperty(REASON, request.reason());
        }
        json.writeEndObject();
    }

    private TouchpointEvent withoutId(TouchpointEvent event) {
        return event.idKey(pseudonymKey)
                .map(id -> event.toBuilder().id(text(id)).build())
                .orElse(event);
    }

    private static String text(EventKey id) {
        return HexFormat.of().toHexDigits(id.high()) + HexFormat.of().toHexDigits(id.low());
    }

    /**
     * Reads a record that was written under the same pseudonym key.
     *
     * @throws RefusedRecordException if it was not, or is no record of this format
     */
    TopicRecord read(byte @Nullable [] key, byte @Nullable [] value, Headers headers) throws RefusedRecordException {
        checkHeaders(headers);
        if (value == null) {
            throw new RefusedRecordException(Reason.BAD_RECORD, "record has no value");
        }
        if (value.length > MAX_BYTES) {
            throw new RefusedRecordException(
                    Reason.TOO_LARGE, "record has " + value.length + " bytes; at most " + MAX_BYTES + " are allowed");
        }
        return reader.read(key == null ? null : customer(key), value);
    }

    private void checkHeaders(Headers headers) throws RefusedRecordException {
        Header id = headers.lastHeader(KEY_ID);
        if (id == null || id.value() == null) {
            throw new RefusedRecordException(Reason.FOREIGN_KEY, "record has no header " + KEY_ID);
        }
        if (!Arrays.equals(id.value(), keyId)) {
            throw new RefusedRecordException(
                    Reason.FOREIGN_KEY, "record was written under another pseudonym key than " + pseudonymKey.id());
        }
        Header format = headers.lastHeader(FORMAT);
        if (format != null && (format.value() == null || !VERSION.equals(new String(format.value(), US_ASCII)))) {
            throw new RefusedRecordException(
                    Reason.UNKNOWN_FORMAT, "record has another format than " + VERSION + "; update touchstone-kafka");
        }
    }

    /**
     * Returns the customer of a record.
     *
     * @throws RefusedRecordException if it has none
     */
    static CustomerKey key(byte @Nullable [] key) throws RefusedRecordException {
        if (key == null) {
            throw new RefusedRecordException(Reason.BAD_KEY, "record has no customer as its key");
        }
        return customer(key);
    }

    private static CustomerKey customer(byte[] key) throws RefusedRecordException {
        CustomerKey customer = key.length == KEY_LENGTH ? customer(new String(key, US_ASCII)) : null;
        if (customer == null) {
            throw new RefusedRecordException(Reason.BAD_KEY, "key of the record is not a pseudonym");
        }
        return customer;
    }

    /** Returns the pseudonym that printed itself as a text; null if none did. */
    static @Nullable CustomerKey customer(String text) {
        if (text.length() != KEY_LENGTH) {
            return null;
        }
        for (int i = 0; i < KEY_LENGTH; i++) {
            char digit = text.charAt(i);
            // upper case would be another partition
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return null;
            }
        }
        return CustomerKey.parse(text);
    }
}
