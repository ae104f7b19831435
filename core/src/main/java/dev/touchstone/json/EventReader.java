package dev.touchstone.json;

import dev.touchstone.catalog.internal.NearestName;
import dev.touchstone.event.Channel;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Feedback.Scale;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.internal.TouchpointName;
import dev.touchstone.json.EventFields.EventField;
import dev.touchstone.json.EventFields.FeedbackField;
import dev.touchstone.json.EventJson.ReadEvent;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.sym.PropertyNameMatcher;

/** Reads one event: first all tokens, then the checks in their order. Used once, by one thread. */
final class EventReader {

    private static final EventField[] FIELDS = EventField.values();
    private static final FeedbackField[] FEEDBACK_FIELDS = FeedbackField.values();

    /** Names up to this length that have only plain letters need no further check; such a name is not blank. */
    private static final int PLAIN_LENGTH = 100;

    private final EventFields fields;
    private final BiConsumer<TouchpointEvent.Builder, String> customers;
    private final long atMs;
    private final TouchpointEvent.Builder event = TouchpointEvent.builder("");

    private long timeMs = Rfc3339.INVALID;
    private boolean timeGiven;
    private boolean touchpointGiven;
    private @Nullable String touchpoint;
    private @Nullable String customer;
    private @Nullable Feedback feedback;
    /** The first reason why an object is a bad event. */
    private @Nullable String wrong;
    /** The first reason why the text is not an object. */
    private @Nullable String broken;

    EventReader(EventFields fields, BiConsumer<TouchpointEvent.Builder, String> customers, long atMs) {
        this.fields = fields;
        this.customers = customers;
        this.atMs = atMs;
    }

    ReadEvent read(JsonParser parser) {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return EventJson.notAnObject("is empty");
        }
        if (first != JsonToken.START_OBJECT) {
            return EventJson.notAnObject("is not a JSON object");
        }
        readFields(parser);
        if (broken == null && parser.nextToken() != null) {
            broken = "continues after the end of the object";
        }
        return broken == null ? checked() : EventJson.notAnObject(broken);
    }

    private void readFields(JsonParser parser) {
        int seen = 0;
        Set<String> others = null;
        int match = parser.nextNameMatch(fields.names);
        while (match != PropertyNameMatcher.MATCH_END_OBJECT) {
            if (match >= 0) {
                int bit = 1 << match;
                if ((seen & bit) != 0) {
                    broken = "has the field \"" + FIELDS[match].key + "\" twice";
                }
                seen |= bit;
                JsonToken token = parser.nextToken();
                if (token != JsonToken.VALUE_NULL) {
                    readField(FIELDS[match], parser, token);
                }
            } else {
                others = seenOnce(others, parser);
                parser.nextToken();
                skip(parser);
            }
            match = parser.nextNameMatch(fields.names);
        }
    }

    private void readField(EventField field, JsonParser parser, JsonToken token) {
        switch (field) {
            case ID -> event.id(text(field.key, parser, token));
            case TIME -> readTime(parser, token);
            case TOUCHPOINT -> {
                touchpointGiven = true;
                touchpoint = text(field.key, parser, token);
            }
            case CUSTOMER -> customer = text(field.key, parser, token);
            case CHANNEL -> {
                String channel = text(field.key, parser, token);
                event.channel(channel == null ? null : Channel.of(channel));
            }
            case OUTCOME -> event.outcome(word(field.key, fields.outcomes, parser, token));
            case DURATION -> event.durationMs(number(field.key, parser, token));
            case PROMISE -> event.promiseMs(number(field.key, parser, token));
            case RETRIES -> event.retries(number(field.key, parser, token));
            case EXCESS_STEPS -> event.excessSteps(number(field.key, parser, token));
            case TRANSFERS -> event.transfers(number(field.key, parser, token));
            case REPEATED_INFORMATION -> event.repeatedInformation(number(field.key, parser, token));
            case AMOUNT -> event.amount(number(field.key, parser, token));
            case COST -> event.cost(number(field.key, parser, token));
            case INVALID_INPUT -> readInvalidInput(field.key, parser, token);
            case ATTRIBUTES -> readAttributes(parser, token);
            case FEEDBACK -> readFeedback(parser, token);
        }
    }

    private void readTime(JsonParser parser, JsonToken token) {
        timeGiven = true;
        if (token == JsonToken.VALUE_STRING) {
            timeMs = Rfc3339.millis(parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
        } else {
            skip(parser);
        }
    }

    private void readInvalidInput(String field, JsonParser parser, JsonToken token) {
        if (token == JsonToken.VALUE_TRUE) {
            event.invalidInput();
        } else if (token != JsonToken.VALUE_FALSE) {
            wrongType(field, "true or false", parser);
        }
    }

    private void readAttributes(JsonParser parser, JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            wrongType("attributes", "an object", parser);
            return;
        }
        Set<String> seen = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            seen = seenOnce(seen, parser);
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING) {
                event.attribute(name, parser.getString());
            } else if (value != JsonToken.VALUE_NULL) {
                wrongType("attributes", "an object of texts", parser);
            }
        }
    }

    private void readFeedback(JsonParser parser, JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            wrongType("feedback", "an object", parser);
            return;
        }
        int seen = 0;
        Set<String> others = null;
        Scale scale = null;
        boolean scaleGiven = false;
        double value = Double.NaN;
        double min = Double.NaN;
        double max = Double.NaN;
        int match = parser.nextNameMatch(fields.feedbackNames);
        while (match != PropertyNameMatcher.MATCH_END_OBJECT) {
            if (match < 0) {
                others = seenOnce(others, parser);
                parser.nextToken();
                skip(parser);
            } else {
                FeedbackField field = FEEDBACK_FIELDS[match];
                int bit = 1 << match;
                if ((seen & bit) != 0) {
                    broken = "has the field \"" + field.key + "\" twice";
                }
                seen |= bit;
                JsonToken next = parser.nextToken();
                if (next != JsonToken.VALUE_NULL) {
                    switch (field) {
                        case SCALE -> {
                            scaleGiven = true;
                            scale = word("scale", fields.scales, parser, next);
                        }
                        case VALUE -> value = number("value", parser, next);
                        case MIN -> min = number("min", parser, next);
                        case MAX -> max = number("max", parser, next);
                    }
                }
            }
            match = parser.nextNameMatch(fields.feedbackNames);
        }
        if (scale != null) {
            feedback = scale == Scale.RATING ? Feedback.rating(value, min, max) : Feedback.of(scale, value);
        } else if (!scaleGiven) {
            wrong("\"feedback\" has no \"scale\"");
        }
    }

    private @Nullable String text(String field, JsonParser parser, JsonToken token) {
        if (token == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        wrongType(field, "text", parser);
        return null;
    }

    private double number(String field, JsonParser parser, JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return parser.getDoubleValue();
        }
        wrongType(field, "a number", parser);
        return Double.NaN;
    }

    private <T> @Nullable T word(String field, Map<String, T> words, JsonParser parser, JsonToken token) {
        String text = text(field, parser, token);
        T meant = text == null ? null : words.get(text);
        if (text != null && meant == null) {
            Set<String> known = new TreeSet<>(words.keySet());
            wrong("\"" + field + "\" is none of " + String.join(", ", known) + NearestName.hint(text, known));
        }
        return meant;
    }

    private void wrongType(String field, String expected, JsonParser parser) {
        wrong("\"" + field + "\" is not " + expected);
        skip(parser);
    }

    private void wrong(String message) {
        if (wrong == null) {
            wrong = message;
        }
    }

    /** Skips the current value, checking only that it is well-formed. */
    private void skip(JsonParser parser) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                skip(parser);
            }
        } else if (token == JsonToken.START_OBJECT) {
            Set<String> seen = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                seen = seenOnce(seen, parser);
                parser.nextToken();
                skip(parser);
            }
        }
    }

    private Set<String> seenOnce(@Nullable Set<String> seen, JsonParser parser) {
        Set<String> names = seen == null ? new HashSet<>() : seen;
        if (!names.add(parser.currentName())) {
            broken = "has the same field twice";
        }
        return names;
    }

    private ReadEvent checked() {
        if (timeMs == Rfc3339.INVALID) {
            return ReadEvent.dropped(
                    DropReason.BAD_TIME,
                    timeGiven ? "\"time\" is not a time such as 2026-03-01T10:00:00Z" : "\"time\" is missing");
        }
        if (touchpoint == null ? !touchpointGiven : touchpoint.isBlank()) {
            return dropped(DropReason.BLANK_TOUCHPOINT, "\"touchpoint\" is missing or blank");
        }
        if (timeMs > atMs) {
            return dropped(DropReason.AFTER_AT, "\"time\" is after the time at which the scores are read");
        }
        if (wrong != null) {
            return dropped(DropReason.BAD_EVENT, wrong);
        }
        if (customer != null) {
            customers.accept(event, customer);
        }
        TouchpointEvent built =
                event.touchpoint(touchpoint).timeMs(timeMs).feedback(feedback).build();
        if (!isRecordable(built.touchpoint())) {
            return dropped(DropReason.BAD_EVENT, "\"touchpoint\" is neither a name nor a method and a route");
        }
        if (!built.isWellFormed()) {
            boolean byCustomer = built.customerId()
                    .filter(id -> !id.isBlank() && !id.isValid())
                    .isPresent();
            return dropped(
                    DropReason.BAD_EVENT,
                    "\"" + (byCustomer ? "customer" : "id") + "\" is too long or has characters that are not allowed");
        }
        if (feedback != null && !feedback.isValid()) {
            return dropped(
                    DropReason.BAD_FEEDBACK,
                    feedback.value().isEmpty()
                            ? "\"feedback\" has no \"value\""
                            : "the \"value\" of \"feedback\" is not on its scale");
        }
        return ReadEvent.of(built, timeMs);
    }

    private ReadEvent dropped(DropReason reason, String message) {
        return ReadEvent.dropped(reason, message, timeMs);
    }

    private static boolean isRecordable(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '_' || (c >= '0' && c <= '9');
            if (!plain || i >= PLAIN_LENGTH) {
                return TouchpointName.isRecordable(name);
            }
        }
        return true;
    }
}
