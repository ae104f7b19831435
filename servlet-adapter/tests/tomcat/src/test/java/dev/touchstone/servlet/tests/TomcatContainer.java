package dev.touchstone.servlet.tests;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.catalina.valves.ValveBase;

/** Tomcat, which finds the initializers by itself. */
final class TomcatContainer implements Container {

    @Override
    public Running start(Site site) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(baseOf(site).toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.setAddDefaultWebXmlToWebapp(false);
        StandardContext context =
                (StandardContext) tomcat.addWebapp("", site.folder().toString());
        // looking for leaks in thread-locals and RMI needs a JVM that is opened to it
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
        // the default servlet, without the JSPs of the usual web.xml
        Tomcat.addServlet(context, "default", "org.apache.catalina.servlets.DefaultServlet")
                .addMapping("/");
        site.parameters().forEach(context::addParameter);
        site.attributes().forEach(context.getServletContext()::setAttribute);
        ErrorReportValve errors = new ErrorReportValve();
        errors.setShowReport(false); // stack traces name every filter
        ((StandardHost) tomcat.getHost()).setErrorReportValveClass("");
        tomcat.getHost().getPipeline().addValve(errors);
        tomcat.getHost().getPipeline().addValve(new LogIn());
        tomcat.start();
        return new Running() {
            @Override
            public int port() {
                return tomcat.getConnector().getLocalPort();
            }

            @Override
            public void stop() throws Exception {
                tomcat.stop();
                tomcat.destroy();
            }
        };
    }

    private static Path baseOf(Site site) throws IOException {
        return Files.createDirectories(site.folder().resolve("WEB-INF").resolve("tomcat"));
    }

    /** Accepts every user name without a password check. */
    private static final class LogIn extends ValveBase {

        LogIn() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            String user = request.getHeader("X-User");
            if (user != null) {
                request.setUserPrincipal(new GenericPrincipal(user));
            }
            getNext().invoke(request, response);
        }
    }
}
