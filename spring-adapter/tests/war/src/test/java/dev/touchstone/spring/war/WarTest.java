package dev.touchstone.spring.war;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.touchstone.spring.war.app.WarApplication;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.scan.StandardJarScanner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Spring Boot application with the starter, and with that the servlet adapter, in a WAR: Tomcat finds the initializers
 * of both in WEB-INF/lib, and each request is one event all the same.
 */
class WarTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<String> NOT_DEPLOYED = List.of("tomcat-", "junit", "surefire", "spring-boot-test");
    private static final int TIMES = 5;

    @Test
    void eachRequestIsRecordedOnce(@TempDir Path folder) throws Exception {
        Path war = Files.createDirectories(folder.resolve("war"));
        Path libraries = Files.createDirectories(war.resolve("WEB-INF").resolve("lib"));
        copyLibraries(libraries);
        copyApplication(Files.createDirectories(war.resolve("WEB-INF").resolve("classes")));
        Files.writeString(war.resolve("hello.txt"), "hello");
        assertThat(libraries.toFile().list())
                .anyMatch(name -> name.startsWith("touchstone-spring-boot-starter"))
                .anyMatch(name -> name.startsWith("touchstone-servlet"));
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createDirectories(folder.resolve("tomcat")).toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.setAddDefaultWebXmlToWebapp(false);
        tomcat.getEngine().setParentClassLoader(new Provided());
        StandardContext context = (StandardContext) tomcat.addWebapp("/shop", war.toString());
        // looking for leaks in thread-locals and RMI needs a JVM that is opened to it
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
        // what is on the class path of the test is not what a container has
        ((StandardJarScanner) context.getJarScanner()).setScanClassPath(false);
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet")
                .addMapping("/");
        tomcat.start();
        try {
            assertThat(context.getState().isAvailable()).isTrue();
            visit("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/shop");
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private static void visit(String address) throws Exception {
        Map<String, Integer> statuses = Map.of(
                "/orders/7", 200,
                "/later", 200,
                "/deferred", 200,
                "/fail", 500,
                "/fail-later", 500,
                "/undeclared/7", 200,
                "/nowhere", 404,
                "/hello.txt", 200,
                "/touchstone/page.js", 200);
        for (int i = 0; i < TIMES; i++) {
            for (Map.Entry<String, Integer> asked : statuses.entrySet()) {
                assertThat(get(address + asked.getKey()).statusCode())
                        .as(asked.getKey())
                        .isEqualTo(asked.getValue());
            }
        }
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(JsonPath.<Integer>read(board(address), "$.health.accepted"))
                        .isEqualTo(6 * TIMES));
        await().pollDelay(Duration.ofMillis(1_200)).until(() -> true); // for what should not come, and a new scoreboard
        String board = board(address);
        assertThat(JsonPath.<Integer>read(board, "$.health.offered")).isEqualTo(6 * TIMES);
        for (String touchpoint : List.of("order", "later", "deferred", "fail", "fail-later", "GET /undeclared/{id}")) {
            assertThat(JsonPath.<List<Integer>>read(
                            board, "$.touchpoints[?(@.name == '" + touchpoint + "')].channels[*].count"))
                    .as(touchpoint)
                    .containsExactly(TIMES);
        }
        assertThat(JsonPath.<List<String>>read(board, "$.touchpoints[*].name")).hasSize(6);
    }

    private static String board(String address) throws Exception {
        return get(address + "/touchstone/scoreboard.json").body();
    }

    private static HttpResponse<String> get(String address) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create(address))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** All that the application needs and the container does not have, the modules of this build as jars. */
    private static void copyLibraries(Path libraries) throws IOException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            String name = path.getFileName().toString();
            if (path.endsWith(Path.of("target", "classes"))) {
                if (Files.isDirectory(path)) {
                    String module = path.getParent().getParent().getFileName().toString();
                    pack(path, libraries.resolve(artifact(module) + ".jar"));
                }
            } else if (Files.isRegularFile(path) && NOT_DEPLOYED.stream().noneMatch(name::startsWith)) {
                Files.copy(path, libraries.resolve(name));
            }
        }
    }

    private static String artifact(String module) {
        return switch (module) {
            case "spring-adapter" -> "touchstone-spring-boot-starter";
            case "servlet-adapter" -> "touchstone-servlet";
            default -> "touchstone-" + module;
        };
    }

    private static void pack(Path folder, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(folder.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
            }
        }
    }

    private static void copyApplication(Path classes) throws Exception {
        Path from = Path.of(WarApplication.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String own = WarApplication.class.getPackageName().replace('.', File.separatorChar);
        try (Stream<Path> files = Files.walk(from.resolve(own))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = classes.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }
}
