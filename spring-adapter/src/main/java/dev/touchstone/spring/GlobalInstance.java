package dev.touchstone.spring;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.lang.reflect.Method;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The global OpenTelemetry, if it is set. {@code GlobalOpenTelemetry.get()} would permanently set it to a no-op
 * instance, so that setting it later fails.
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
        // the agent sets it before the application starts
        return ClassUtils.isPresent(AGENT, ClassLoader.getSystemClassLoader())
                ? GlobalOpenTelemetry.get()
                : OpenTelemetry.noop();
    }
}
