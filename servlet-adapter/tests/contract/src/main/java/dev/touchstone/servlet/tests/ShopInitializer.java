package dev.touchstone.servlet.tests;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens the shop. */
public final class ShopInitializer implements ServletContainerInitializer {

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        FilterRegistration.Dynamic probe = context.addFilter("probe", new Probe());
        probe.setAsyncSupported(true);
        probe.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
        add(context, "/status/*", new ShopServlets.Status());
        add(context, "/send-error/*", new ShopServlets.SendError());
        add(context, "/throw/*", new ShopServlets.Throwing());
        add(context, Site.ERROR_PAGE, new ShopServlets.ErrorPage());
        add(context, "/forward", new ShopServlets.Forward());
        add(context, "/include", new ShopServlets.Include());
        add(context, "/orders/*", new ShopServlets.Orders());
        add(context, "*.do", new ShopServlets.Orders());
        add(context, "/read", new ShopServlets.Read());
        add(context, "/big", new ShopServlets.Big());
        add(context, "/facts", new ShopServlets.Facts());
        add(context, "/async/*", new ShopServlets.Async());
        add(context, "/upload", new ShopServlets.Upload())
                .setMultipartConfig(new MultipartConfigElement((String) null));
    }

    private static ServletRegistration.Dynamic add(ServletContext context, String pattern, Servlet servlet) {
        ServletRegistration.Dynamic registration = context.addServlet(pattern, servlet);
        registration.setAsyncSupported(true);
        registration.addMapping(pattern);
        return registration;
    }
}
