package dev.touchstone.spring;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/**
 * Tells whether OpenTelemetry would take logs and lose them: Spring Boot gives its SDK a place for logs even where no
 * exporter takes them from there, and nobody can tell by that place.
 */
final class LogsNowhere {

    // by name: the SDK is not always there
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
