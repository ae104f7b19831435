package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/** Logs one line when the application is ready: what is recorded, for which customers, and where it is exported. */
final class StartReport implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger LOGGER = LoggerFactory.getLogger(Touchstone.class);

    private final Touchstone touchstone;
    private final TouchstoneProperties properties;
    private final ObjectProvider<CustomerSource> customers;
    private final ObjectProvider<TelemetryDestinations> telemetry;
    private final ObjectProvider<MeterRegistryNames> registries;
    private final AtomicBoolean written = new AtomicBoolean();

    StartReport(
            Touchstone touchstone,
            TouchstoneProperties properties,
            ObjectProvider<CustomerSource> customers,
            ObjectProvider<TelemetryDestinations> telemetry,
            ObjectProvider<MeterRegistryNames> registries) {
        this.touchstone = touchstone;
        this.properties = properties;
        this.customers = customers;
        this.telemetry = telemetry;
        this.registries = registries;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (!written.compareAndSet(false, true)) {
            return; // events of child contexts arrive here too
        }
        Environment environment = event.getApplicationContext().getEnvironment();
        touchstone
                .catalog()
                .warnings()
                .forEach(warning -> LOGGER.warn("Touchstone: {}", CatalogFailureAnalyzer.line(warning)));
        UnknownProperties.misspeltVariables(environment).forEach(remark -> LOGGER.warn("Touchstone: {}", remark));
        CustomerSource source = customers.getIfAvailable();
        LOGGER.info(
                "Touchstone \"{}\" is on. Touchpoints: {}; journeys: {}; customers: {}; page: {}; metrics: {}; log events:"
                        + " {}; scores after a restart: {}.",
                touchstone.name(),
                touchstone.catalog().touchpoints().size(),
                touchstone.catalog().journeys().size(),
                source == null ? "those named by events" : source.description(),
                page(environment),
                metrics(),
                logs(),
                properties.snapshotDirectory() == null
                        ? "none (touchstone.snapshot-directory is not set)"
                        : "those in " + properties.snapshotDirectory());
        if (source != null && !source.reliable()) {
            LOGGER.warn("Touchstone finds no customers: there is neither a CustomerResolver bean nor Spring Security."
                    + " Unless the server authenticates users, every event is anonymous, and there are no customer"
                    + " scores and no journeys. Define a bean of type CustomerResolver, or, with"
                    + " servlets, set touchstone.session-guests=true.");
        }
    }

    private String metrics() {
        TelemetryDestinations destinations = telemetry.getIfAvailable();
        String elsewhere = destinations == null ? null : destinations.describeMetrics();
        if (elsewhere != null) {
            return elsewhere;
        }
        MeterRegistryNames names = registries.getIfAvailable();
        Set<String> found = names == null ? Set.of() : names.meterRegistries();
        return found.isEmpty()
                ? "nowhere (no MeterRegistry, and no OpenTelemetry that exports metrics)"
                : "Micrometer (" + String.join(", ", found) + ")";
    }

    private String logs() {
        TelemetryDestinations destinations = telemetry.getIfAvailable();
        return destinations == null ? "nowhere" : destinations.describeLogs();
    }

    private String page(Environment environment) {
        if (!properties.page().enabled()) {
            return "off (touchstone.page.enabled)";
        }
        String port = environment.getProperty("local.server.port");
        String management = environment.getProperty("local.management.port");
        boolean apart = management != null && !management.equals(port);
        String path = apart
                ? environment.getProperty("management.server.base-path", "")
                : Stream.of("server.servlet.context-path", "spring.mvc.servlet.path", "spring.webflux.base-path")
                        .map(name -> folder(environment.getProperty(name)))
                        .reduce("", String::concat);
        String ssl = apart ? "management.server.ssl" : "server.ssl";
        boolean encrypted = Stream.of("key-store", "certificate", "bundle")
                .anyMatch(name -> environment.containsProperty(ssl + "." + name));
        String local =
                port == null ? "" : (encrypted ? "https" : "http") + "://localhost:" + (apart ? management : port);
        return local + path + properties.page().path() + "/";
    }

    private static String folder(@Nullable String path) {
        return path == null || path.equals("/") ? "" : path;
    }
}
