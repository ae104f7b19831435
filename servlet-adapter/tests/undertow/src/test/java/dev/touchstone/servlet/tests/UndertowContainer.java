package dev.touchstone.servlet.tests;

import dev.touchstone.servlet.TouchstoneInitializer;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletStackTraces;
import jakarta.servlet.ServletContainerInitializer;
import java.net.InetSocketAddress;
import java.util.Set;

/** Undertow, which has neither a web.xml nor initializers but what its embedder gives it. */
final class UndertowContainer implements Container {

    private final ClassLoader loader;

    UndertowContainer() {
        this(UndertowContainer.class.getClassLoader());
    }

    UndertowContainer(ClassLoader loader) {
        this.loader = loader;
    }

    @Override
    public Running start(Site site) throws Exception {
        DeploymentInfo deployment = Servlets.deployment()
                .setDeploymentName("shop")
                .setContextPath("/")
                .setClassLoader(loader)
                .setResourceManager(new PathResourceManager(site.folder()))
                .setServletStackTraces(ServletStackTraces.NONE) // they name every filter
                .addWelcomePage("index.html")
                .addErrorPage(Servlets.errorPage(Site.ERROR_PAGE, Site.TEAPOT))
                .addErrorPage(Servlets.errorPage(Site.ERROR_PAGE, ShopServlets.Explained.class))
                .addServletContainerInitializer(initializer(ShopInitializer.class))
                .addServletContainerInitializer(initializer(TouchstoneInitializer.class));
        site.parameters().forEach(deployment::addInitParameter);
        site.attributes().forEach(deployment::addServletContextAttribute);
        DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
        manager.deploy();
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(Handlers.path(manager.start()))
                .build();
        server.start();
        return new Running() {
            @Override
            public int port() {
                return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
            }

            @Override
            public void stop() throws Exception {
                server.stop();
                manager.stop();
                manager.undeploy();
            }
        };
    }

    private static ServletContainerInitializerInfo initializer(Class<? extends ServletContainerInitializer> type) {
        return new ServletContainerInitializerInfo(type, Set.of());
    }
}
