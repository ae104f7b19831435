package dev.touchstone.examples.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

/** The box office of a theater, in Tomcat. */
final class BoxOffice implements AutoCloseable {

    private final Path folder;
    private final Tomcat tomcat = new Tomcat();

    /**
     * Opens it on loopback.
     *
     * @param port 0 for any that is free
     */
    BoxOffice(int port) throws IOException, LifecycleException {
        folder = Files.createTempDirectory("box-office");
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.setAddDefaultWebXmlToWebapp(false);
        StandardContext context = (StandardContext) tomcat.addWebapp("", folder.toString());
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
        // Touchstone's filter and page come by themselves: Tomcat finds their initializer on the class path
        context.addParameter("touchstone.name", "box-office");
        context.addParameter("touchstone.page.enabled", "true");
        context.addParameter("touchstone.customer-resolver", SubscriberResolver.class.getName());
        Tomcat.addServlet(context, "office", new OfficeServlet()).addMapping("/");
        tomcat.start();
        if (context.getState() != LifecycleState.STARTED) {
            close();
            throw new IllegalStateException("the box office did not open; the log says why");
        }
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** Waits until it is closed. */
    void await() {
        tomcat.getServer().await();
    }

    @Override
    public void close() throws LifecycleException, IOException {
        tomcat.stop();
        tomcat.destroy();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(BoxOffice::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
