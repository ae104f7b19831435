package dev.touchstone.servlet.tests;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.eclipse.jetty.ee11.annotations.AnnotationConfiguration;
import org.eclipse.jetty.ee11.servlet.ErrorHandler;
import org.eclipse.jetty.ee11.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty, which finds the initializers by itself. */
final class JettyContainer implements Container {

    @Override
    public Running start(Site site) throws Exception {
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        WebAppContext context = new WebAppContext(site.folder().toString(), "/");
        context.addConfiguration(new AnnotationConfiguration());
        context.setParentLoaderPriority(true);
        context.setThrowUnavailableOnStartupException(true);
        site.parameters().forEach(context::setInitParameter);
        site.attributes().forEach(context::setAttribute);
        ((ErrorHandler) context.getErrorHandler()).setShowStacks(false); // they name every filter
        server.setHandler(context);
        server.start();
        return new Running() {
            @Override
            public int port() {
                return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
            }

            @Override
            public void stop() throws Exception {
                server.stop();
            }
        };
    }
}
