package dev.touchstone.examples.storefront;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

/** Starts the shop and the visitors in it. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class StorefrontApplication {

    private final Environment environment;

    StorefrontApplication(Environment environment) {
        this.environment = environment;
    }

    /** Starts the shop. */
    public static void main(String[] arguments) {
        SpringApplication.run(StorefrontApplication.class, arguments);
    }

    @EventListener(ApplicationReadyEvent.class)
    void announce() {
        String port = environment.getProperty("local.server.port");
        System.out.println("The shop is open, and visitors are in it: http://localhost:" + port + "/");
        System.out.println("How they fare:  http://127.0.0.1:" + port + "/touchstone/");
        System.out.println("The same as JSON:  curl localhost:" + port + "/actuator/touchstone");
        System.out.println("Ctrl-C closes the shop.");
    }
}
