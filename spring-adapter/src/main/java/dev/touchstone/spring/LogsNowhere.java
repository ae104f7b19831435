package dev.touchstone.spring;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Detects an OpenTelemetry that accepts logs and exports none: Spring Boot creates a logger provider even without an
 * exporter, so the provider alone proves nothing.
 */
final class LogsNowhere {

    // by name: the SDK is optional
    private static final String PROVIDER = "io.opentelemetry.sdk.logs.SdkLoggerProvider";
    private static final String EXPORTER = "io.opentelemetry.sdk.logs.export.LogRecordExporter";

    private LogsNowhere() {}

    static boolean isCertain(ListableBeanFactory beans) {
        return has(PROVIDER, beans) && !has(EXPORTER, beans);
    }

    private static boolean has(String type, ListableBeanFactory beans) {
        ClassLoader loader = LogsNowhere.class.getClassLoader();
        return ClassUtils.isPresent(type, loader)
                && beans.getBeanNamesForType(ClassUtils.resolveClassName(type, loader), true, false).length > 0;
    }
}
