package dev.touchstone.examples.storefront;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.ClassUtils;

/**
 * Ensures that everything is exported once, and only if there is a receiver. Under OpenTelemetry's Java agent Spring
 * Boot's own OpenTelemetry is not set up, or each request would have two spans. Without an address metrics are not sent,
 * where Spring Boot would try the usual port of a collector for ever, and log events go to the log, where it would take
 * them and leave them.
 */
public final class OneTelemetry implements AutoConfigurationImportFilter, EnvironmentAware {

    private static final String AGENT = "io.opentelemetry.javaagent.OpenTelemetryAgent";
    private static final String BOOT = "org.springframework.boot.";
    private static final String METRICS = BOOT + "micrometer.metrics.autoconfigure.export.otlp.";
    private static final String LOGS = BOOT + "opentelemetry.autoconfigure.logging.";
    private static final List<String> ALL =
            List.of(METRICS, BOOT + "opentelemetry.", BOOT + "micrometer.tracing.opentelemetry.");

    private final boolean agent = ClassUtils.isPresent(AGENT, ClassLoader.getSystemClassLoader());
    private Environment environment = new StandardEnvironment();

    /** Called by Spring Boot. */
    public OneTelemetry() {}

    @Override
    public void setEnvironment(Environment environment) {
        this.environment = environment;
    }

    @Override
    public boolean[] match(@Nullable String[] autoConfigurations, AutoConfigurationMetadata metadata) {
        List<String> unwanted = unwanted();
        boolean[] wanted = new boolean[autoConfigurations.length];
        for (int i = 0; i < wanted.length; i++) {
            String name = autoConfigurations[i];
            wanted[i] = name == null || unwanted.stream().noneMatch(name::startsWith);
        }
        return wanted;
    }

    private List<String> unwanted() {
        if (agent) {
            return ALL;
        }
        List<String> unwanted = new ArrayList<>();
        if (!environment.containsProperty("management.otlp.metrics.export.url")) {
            unwanted.add(METRICS);
        }
        if (!environment.containsProperty("management.opentelemetry.logging.export.otlp.endpoint")) {
            unwanted.add(LOGS);
        }
        return unwanted;
    }
}
