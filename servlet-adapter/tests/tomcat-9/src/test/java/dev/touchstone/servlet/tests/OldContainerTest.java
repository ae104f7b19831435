package dev.touchstone.servlet.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar in a container of javax.servlet, where it records nothing. */
class OldContainerTest {

    private static final String LOGGER = "org.apache.catalina.core.ContainerBase.[Tomcat].[localhost].[/shop]";

    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Test
    void logOfTheContainerSaysOnceThatNothingIsRecorded(@TempDir Path folder) throws Exception {
        Logger logger = Logger.getLogger(LOGGER);
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord message) {
                messages.add(message.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createDirectory(folder.resolve("base")).toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.setAddDefaultWebXmlToWebapp(false);
        StandardContext context = (StandardContext) tomcat.addWebapp(
                "/shop", Files.createDirectory(folder.resolve("shop")).toString());
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
        try {
            tomcat.start();
            assertThat(context.getState().isAvailable()).isTrue();
        } finally {
            tomcat.stop();
            tomcat.destroy();
            logger.removeHandler(handler);
        }
        assertThat(messages)
                .filteredOn(message -> message.contains("Touchstone"))
                .containsExactly(
                        "Touchstone is off: touchstone-servlet needs Servlet 6.0 (jakarta.servlet: Tomcat 10.1, Jetty"
                                + " 12, Undertow 2.3 or newer), and this container is Servlet 4.0 (javax.servlet). Nothing is"
                                + " recorded of its requests.");
    }
}
