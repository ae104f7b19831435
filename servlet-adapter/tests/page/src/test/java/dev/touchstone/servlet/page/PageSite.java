package dev.touchstone.servlet.page;

import dev.touchstone.Touchstone;
import dev.touchstone.http.PageLinks;
import dev.touchstone.servlet.TouchstonePage;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;

/** The page of one instance, in Tomcat on loopback. */
final class PageSite implements AutoCloseable {

    private final Tomcat tomcat = new Tomcat();

    private final Runnable beforeClose;

    PageSite(Touchstone touchstone, Path folder) {
        this(touchstone, folder, () -> {});
    }

    /** @param beforeClose ends what may ask for something, which would find no server */
    PageSite(Touchstone touchstone, Path folder, Runnable beforeClose) {
        this(touchstone, PageLinks.NONE, folder, beforeClose);
    }

    /** @param links the links from touchpoints */
    PageSite(Touchstone touchstone, PageLinks links, Path folder, Runnable beforeClose) {
        this.beforeClose = beforeClose;
        try {
            tomcat.setBaseDir(folder.toString());
            tomcat.setPort(0);
            tomcat.getConnector().setProperty("address", "127.0.0.1");
            StandardContext context = (StandardContext) tomcat.addContext("/shop", folder.toString());
            context.setClearReferencesThreadLocals(false);
            context.setClearReferencesRmiTargets(false);
            Tomcat.addServlet(context, "page", new TouchstonePage(touchstone, links))
                    .addMapping("/touchstone/*");
            tomcat.start();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }

    String host() {
        return "127.0.0.1:" + tomcat.getConnector().getLocalPort();
    }

    String address() {
        return "http://" + host() + "/shop/touchstone/";
    }

    @Override
    public void close() {
        beforeClose.run();
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException(e);
        }
    }
}
