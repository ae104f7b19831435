package dev.touchstone.spring;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.reflect.Method;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The global OpenTelemetry, if somebody set it. Asking for it by {@code GlobalOpenTelemetry.get()} would set it to one
 * that does nothing, for ever, and the one who means to set it later would fail.
 */
final class GlobalInstance {

    private static final String AGENT = "io.opentelemetry.javaagent.OpenTelemetryAgent";

    private GlobalInstance() {}

    static OpenTelemetry ifSet() {
        // since 1.57
        Method getOrNoop = ReflectionUtils.findMethod(GlobalOpenTelemetry.class, "getOrNoop");
        if (getOrNoop != null && ReflectionUtils.invokeMethod(getOrNoop, null) instanceof OpenTelemetry found) {
            return found;
        }
        // the agent has set it before the application started
        return ClassUtils.isPresent(AGENT, ClassLoader.getSystemClassLoader())
                ? GlobalOpenTelemetry.get()
                : OpenTelemetry.noop();
    }
}
