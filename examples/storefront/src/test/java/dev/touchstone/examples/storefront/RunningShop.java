package dev.touchstone.examples.storefront;

import dev.touchstone.Touchstone;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The shop in this process, on a port of its own. */
final class RunningShop implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private RunningShop(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static RunningShop open(String... arguments) {
        return open(0, arguments);
    }

    static RunningShop open(int port, String... arguments) {
        return open(port, List.of(StorefrontApplication.class), arguments);
    }

    /** Opens a shop with one more bean. */
    static RunningShop openWith(Class<?> bean, String... arguments) {
        return open(0, List.of(StorefrontApplication.class, bean), arguments);
    }

    private static RunningShop open(int port, List<Class<?>> sources, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--server.port=" + port, "--spring.jmx.enabled=false"));
        all.addAll(List.of(arguments));
        return new RunningShop(SpringApplication.run(sources.toArray(Class<?>[]::new), all.toArray(String[]::new)));
    }

    Touchstone touchstone() {
        return bean(Touchstone.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Browser browser() {
        return new Browser(address());
    }

    String read(String path) throws IOException {
        try (var stream = URI.create(address() + path).toURL().openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String address() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    @Override
    public void close() {
        context.close();
    }
}
