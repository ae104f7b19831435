package dev.touchstone.servlet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the Spring Boot starter is, it records, and the initializer registers nothing. */
class BesideTheStarterTest {

    @Test
    void theInitializerStandsDown(@TempDir Path folder, @TempDir Path starter) throws Exception {
        Path folderOfIt = Files.createDirectories(starter.resolve("dev/touchstone/spring"));
        assertThat(answer(folder, starter)).startsWith("HTTP/1.1 200");
        Files.createFile(folderOfIt.resolve("TouchstoneAutoConfiguration.class"));
        assertThat(answer(folder, starter)).startsWith("HTTP/1.1 404");
    }

    private static String answer(Path folder, Path starter) throws Exception {
        URL[] classPath = {starter.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(classPath, BesideTheStarterTest.class.getClassLoader())) {
            Container.Running shop =
                    new UndertowContainer(loader).start(Site.in(folder).parameter("touchstone.page.enabled", "true"));
            try (Wire wire = new Wire(shop.port())) {
                return wire.exchange("GET /touchstone/ HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");
            } finally {
                shop.stop();
            }
        }
    }
}
