package dev.touchstone.telemetry.internal;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.metrics.MeterProvider;
import java.lang.reflect.InvocationTargetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detects whether an {@link OpenTelemetry} exports anything. An SDK without a metric reader or a log record processor
 * returns no-op meters and loggers. The Java agent wraps those of its own SDK, which is queried instead.
 */
public final class Exports {

    private static final Logger LOGGER = LoggerFactory.getLogger(Exports.class);
    private static final String SCOPE = "dev.touchstone";
    // in two parts, so that a build that relocates OpenTelemetry does not rewrite the name
    private static final String AGENT = "io.open" + "telemetry.javaagent.";
    private static final String AGENT_API = AGENT + "shaded.io.open" + "telemetry.api.";

    private Exports() {}

    /** Returns whether there is a metric reader. */
    public static boolean metrics(OpenTelemetry openTelemetry) {
        Object meter = openTelemetry.getMeter(SCOPE);
        return isOfAgent(meter)
                ? agentExports("getMeterProvider", "metrics.MeterProvider")
                : !isSameType(meter, MeterProvider.noop().get(SCOPE));
    }

    /** Returns whether there is a log record processor. */
    public static boolean logs(OpenTelemetry openTelemetry) {
        Object logger = openTelemetry.getLogsBridge().get(SCOPE);
        return isOfAgent(logger)
                ? agentExports("getLogsBridge", "logs.LoggerProvider")
                : !isSameType(logger, LoggerProvider.noop().get(SCOPE));
    }

    /** Returns whether this OpenTelemetry belongs to the Java agent. */
    public static boolean areOfAgent(OpenTelemetry openTelemetry) {
        return isOfAgent(openTelemetry.getMeter(SCOPE));
    }

    private static boolean isOfAgent(Object part) {
        return part.getClass().getName().startsWith(AGENT);
    }

    private static boolean isSameType(Object one, Object other) {
        return one.getClass() == other.getClass();
    }

    /** Compares a meter or logger of the agent's SDK with a no-op one of the agent's API, which the agent relocates. */
    private static boolean agentExports(String getter, String provider) {
        try {
            Object sdk = bootstrap("GlobalOpenTelemetry").getMethod("get").invoke(null);
            Object own = bootstrap("OpenTelemetry").getMethod(getter).invoke(sdk);
            Class<?> type = bootstrap(provider);
            Object noop = type.getMethod("noop").invoke(null);
            return !isSameType(scoped(type, own), scoped(type, noop));
        } catch (ReflectiveOperationException | LinkageError e) {
            LOGGER.debug("{} of the Java agent cannot be queried; assuming that it is exported", provider, e);
            return true;
        }
    }

    private static Class<?> bootstrap(String name) throws ClassNotFoundException {
        return Class.forName(AGENT_API + name, true, null);
    }

    private static Object scoped(Class<?> type, Object provider)
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        return type.getMethod("get", String.class).invoke(provider, SCOPE);
    }
}
