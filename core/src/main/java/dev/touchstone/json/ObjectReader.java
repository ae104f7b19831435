package dev.touchstone.json;

import dev.touchstone.catalog.internal.NearestName;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads objects with known fields, and values of known types. Every deviation is reported with its place, skipped, and
 * read as null; reading continues. Not thread-safe.
 */
final class ObjectReader {

    private static final int MAX_SHOWN = 60;

    private final JsonParser parser;
    private final BiConsumer<String, String> problems;

    /**
     * @param problems receives the JSON pointer and the description of each problem
     */
    ObjectReader(JsonParser parser, BiConsumer<String, String> problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /** Returns the JSON pointer to the current value. */
    String pointer() {
        return parser.streamReadContext().pathAsPointer().toString();
    }

    boolean isText() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    /** Reports a problem with the current value. */
    void problem(String message) {
        problems.accept(pointer(), message);
    }

    /** Reports a problem with a value that was read before. */
    void problemAt(String pointer, String message) {
        problems.accept(pointer, message);
    }

    /**
     * Reads the current object.
     *
     * @param fields the action for the value of each field
     * @return the names that were present; null if this is not an object
     */
    @Nullable
    Names object(Map<String, Runnable> fields) {
        if (!isA(JsonToken.START_OBJECT, "an object")) {
            return null;
        }
        Names names = new Names(new HashSet<>(), new HashSet<>());
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            Runnable field = fields.get(name);
            if (!names.read.add(name)) {
                problem("is a duplicate; keep one");
                names.doubtful.add(name);
                field = null;
            } else if (field == null) {
                names.doubtful.add(unknown(name, fields.keySet()));
            }
            parser.nextToken();
            if (field == null) {
                parser.skipChildren();
            } else {
                field.run();
            }
        }
        return names;
    }

    /** Reports an unknown field and returns the field that was probably meant. */
    private String unknown(String name, Set<String> known) {
        Optional<String> nearest = NearestName.of(name, known);
        problem("is not a known field"
                + (nearest.isPresent()
                        ? NearestName.hint(name, known)
                        : "; known are " + String.join(", ", new TreeSet<>(known))));
        return nearest.orElse(name);
    }

    /** Reads the current array, element by element; null if it is not an array. */
    <T> @Nullable List<T> array(Supplier<T> element) {
        if (!isA(JsonToken.START_ARRAY, "an array")) {
            return null;
        }
        List<T> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(element.get());
        }
        return elements;
    }

    @Nullable
    String text() {
        return isA(JsonToken.VALUE_STRING, "a text in quotes") ? parser.getString() : null;
    }

    @Nullable
    Double number() {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            return parser.getDoubleValue();
        }
        return isA(JsonToken.VALUE_NUMBER_FLOAT, "a number") ? parser.getDoubleValue() : null;
    }

    /** Reads a whole number. A number out of the range of a long becomes the nearest long. */
    @Nullable
    Long wholeNumber() {
        if (!isA(JsonToken.VALUE_NUMBER_INT, "a whole number")) {
            return null;
        }
        return switch (parser.getNumberType()) {
            case INT, LONG -> parser.getLongValue();
            default -> parser.getDoubleValue() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        };
    }

    /** Reads a whole number in the range of an int. */
    @Nullable
    Integer smallNumber() {
        Long number = wholeNumber();
        if (number != null && (number > Integer.MAX_VALUE || number < Integer.MIN_VALUE)) {
            problem("is out of range; the largest is " + Integer.MAX_VALUE);
            return null;
        }
        return number == null ? null : number.intValue();
    }

    @Nullable
    Boolean truth() {
        if (parser.currentToken() == JsonToken.VALUE_TRUE) {
            return true;
        }
        return isA(JsonToken.VALUE_FALSE, "true or false") ? false : null;
    }

    /** Reads an ISO-8601 duration. */
    @Nullable
    Duration duration() {
        if (!isA(JsonToken.VALUE_STRING, "a duration as a text such as \"PT0.4S\"")) {
            return null;
        }
        String text = parser.getString();
        try {
            return Duration.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            problem(quoted(text)
                    + " is not a duration; write it as ISO-8601, such as \"PT0.4S\", \"PT30M\" or \"P7D\"");
            return null;
        }
    }

    /** Reads one of the words of an enum. */
    <E extends Enum<E>> @Nullable E word(Set<E> words) {
        String text = text();
        if (text == null) {
            return null;
        }
        Map<String, E> known = new TreeMap<>();
        words.forEach(word -> known.put(word.name(), word));
        E word = known.get(text);
        if (word == null) {
            problem(quoted(text) + " is none of " + String.join(", ", known.keySet())
                    + NearestName.hint(text, known.keySet()));
        }
        return word;
    }

    static String quoted(String text) {
        return "\"" + (text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...") + "\"";
    }

    /** Returns whether the current value has the expected type; otherwise reports it and skips it. */
    private boolean isA(JsonToken expected, String description) {
        JsonToken token = parser.currentToken();
        if (token == expected) {
            return true;
        }
        problem("should be " + description + " and is " + found(token));
        parser.skipChildren();
        return false;
    }

    private static String found(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a text";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            case VALUE_NULL -> "null; leave the field out instead";
            default -> token.name();
        };
    }

    /**
     * The names of the fields of an object.
     *
     * @param read the fields that are present
     * @param doubtful the fields that are duplicates, or that were probably meant by unknown ones
     */
    record Names(Set<String> read, Set<String> doubtful) {

        /** Returns whether a field is missing, and not probably misspelled. */
        boolean lack(String field) {
            return !read.contains(field) && !doubtful.contains(field);
        }
    }
}
