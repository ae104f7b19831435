package dev.touchstone.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.logs.LogRecordBuilder;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The name of a log event: a separate field since OpenTelemetry 1.50, an attribute before. */
final class EventName {

    private static final Logger LOGGER = LoggerFactory.getLogger(EventLog.class);
    private static final AttributeKey<String> ATTRIBUTE = AttributeKey.stringKey("event.name");
    private static final @Nullable Method SETTER = setter();

    private EventName() {}

    private static @Nullable Method setter() {
        try {
            return LogRecordBuilder.class.getMethod("setEventName", String.class);
        } catch (NoSuchMethodException e) {
            return null; // an older version
        }
    }

    static void set(LogRecordBuilder event, String name) {
        Method setter = SETTER;
        try {
            if (setter != null) {
                setter.invoke(event, name);
                return;
            }
        } catch (ReflectiveOperationException e) {
            LOGGER.debug("EventLog sets the name of log events as an attribute", e);
        }
        event.setAttribute(ATTRIBUTE, name);
    }
}
