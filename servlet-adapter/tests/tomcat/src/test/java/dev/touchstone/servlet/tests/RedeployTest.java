package dev.touchstone.servlet.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.servlet.TouchstoneFilter;
import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application that has its own Touchstone in WEB-INF, with page, key, snapshots and lifetime scores, goes away whole, however
 * often it is deployed: 8 times, or as often as the property {@code touchstone.redeployments} says.
 */
class RedeployTest {

    private static final int TIMES = Integer.getInteger("touchstone.redeployments", 8);
    private static final List<String> OWN = List.of(
            "touchstone", "servlet-adapter", "core", "caffeine", "jackson", "opentelemetry", "slf4j", "jspecify");

    @TempDir
    Path folder;

    private final List<WeakReference<ClassLoader>> loaders = new ArrayList<>();

    @Test
    void deploymentsLeaveNoClassLoaderAndNoThread() throws Exception {
        Site site = Site.in(folder);
        copyLibraries();
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createDirectories(folder.resolve("WEB-INF").resolve("tomcat"))
                .toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.setAddDefaultWebXmlToWebapp(false);
        tomcat.start();
        try {
            for (int i = 0; i < TIMES; i++) {
                deployAndUndeploy(tomcat, site);
            }
            assertThat(loaders).hasSize(TIMES);
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                System.gc();
                assertThat(loaders.stream().filter(loader -> loader.get() != null))
                        .isEmpty();
            });
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("touchstone"));
        } finally {
            tomcat.stop();
            tomcat.destroy();
        }
    }

    private void deployAndUndeploy(Tomcat tomcat, Site site) throws Exception {
        StandardContext context = new StandardContext();
        context.setPath("");
        context.setDocBase(site.folder().toString());
        context.addLifecycleListener(new ContextConfig());
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
        // what would be left behind has to be found, not cleaned up
        context.setClearReferencesHttpClientKeepAliveThread(false);
        context.addParameter("touchstone.page.enabled", "true");
        context.addParameter("touchstone.customer-resolver", DeploymentContract.HeaderResolver.class.getName());
        context.addParameter("touchstone.lifetime", "true");
        context.addParameter("touchstone.key-file", keyFile().toString());
        Path kept = folder.resolve("kept-" + loaders.size());
        context.addParameter("touchstone.snapshot-directory", kept.toString());
        tomcat.getHost().addChild(context); // and starts it
        try (Wire wire = new Wire(tomcat.getConnector().getLocalPort())) {
            assertThat(wire.exchange("GET /orders/7 HTTP/1.1\r\nHost: shop\r\nX-Customer: ada\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(wire.exchange("GET /async/complete-at-once HTTP/1.1\r\nHost: shop\r\nX-Customer: ada\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
            assertThat(wire.exchange("GET /touchstone/scoreboard.json HTTP/1.1\r\nHost: shop\r\n\r\n"))
                    .contains("\"accepted\":2");
        }
        Object own = context.getServletContext().getAttribute(TouchstoneFilter.TOUCHSTONE);
        ClassLoader loader = own.getClass().getClassLoader();
        assertThat(loader).isNotSameAs(TouchstoneFilter.class.getClassLoader());
        loaders.add(new WeakReference<>(loader));
        tomcat.getHost().removeChild(context);
        context.destroy();
        try (Stream<Path> files = Files.list(kept)) {
            assertThat(files)
                    .as("the last snapshot")
                    .anyMatch(file -> file.toString().endsWith(".touchstone"));
        }
    }

    private Path keyFile() throws IOException {
        Path file = folder.resolve("key");
        if (!Files.exists(file)) {
            Files.writeString(file, "a key that is longer than thirty-two bytes, for tests");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        }
        return file;
    }

    private void copyLibraries() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("WEB-INF").resolve("classes"));
        Path libraries = Files.createDirectories(folder.resolve("WEB-INF").resolve("lib"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path) && path.endsWith("classes")) {
                copyFolder(path, classes);
            } else if (OWN.stream().anyMatch(path.getFileName().toString()::startsWith)) {
                Files.copy(path, libraries.resolve(path.getFileName()));
            }
        }
    }

    /** What the modules of this build put there; of the services the union, which here is two lines. */
    private static void copyFolder(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (Files.exists(target)) {
                    Files.writeString(target, Files.readString(target) + "\n" + Files.readString(file));
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
