package dev.touchstone.json;

import dev.touchstone.event.Feedback.Scale;
import dev.touchstone.event.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.sym.PropertyNameMatcher;
import tools.jackson.core.util.Named;

/** The names of an event's fields, and the allowed words of some of them. Immutable. */
final class EventFields {

    final PropertyNameMatcher names;
    final PropertyNameMatcher feedbackNames;
    final Map<String, Outcome> outcomes;
    final Map<String, Scale> scales;

    EventFields(JsonFactory factory) {
        this.names = matcher(factory, EventField.values(), field -> field.key);
        this.feedbackNames = matcher(factory, FeedbackField.values(), field -> field.key);
        this.outcomes =
                Arrays.stream(Outcome.values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));
        this.scales = Arrays.stream(Scale.values())
                .collect(Collectors.toUnmodifiableMap(
                        scale -> scale.name().toLowerCase(Locale.ROOT), Function.identity()));
    }

    private static <E> PropertyNameMatcher matcher(JsonFactory factory, E[] fields, Function<E, String> key) {
        List<Named> names =
                Arrays.stream(fields).map(key).map(Named::fromString).toList();
        return factory.constructNameMatcher(names, false);
    }

    /** A field of an event. */
    enum EventField {
        ID("id"),
        TIME("time"),
        TOUCHPOINT("touchpoint"),
        CUSTOMER("customer"),
        CHANNEL("channel"),
        OUTCOME("outcome"),
        DURATION("durationMs"),
        PROMISE("promiseMs"),
        RETRIES("retries"),
        EXCESS_STEPS("excessSteps"),
        TRANSFERS("transfers"),
        REPEATED_INFORMATION("repeatedInformation"),
        AMOUNT("amount"),
        COST("cost"),
        INVALID_INPUT("invalidInput"),
        ATTRIBUTES("attributes"),
        FEEDBACK("feedback");

        final String key;

        EventField(String key) {
            this.key = key;
        }
    }

    /** A field of an event's feedback. */
    enum FeedbackField {
        SCALE("scale"),
        VALUE("value"),
        MIN("min"),
        MAX("max");

        final String key;

        FeedbackField(String key) {
            this.key = key;
        }
    }
}
