package dev.touchstone.servlet.tests;

import dev.touchstone.Touchstone;
import dev.touchstone.servlet.TouchstoneFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opens the shop. */
public final class ShopInitializer implements ServletContainerInitializer {

    /** The attribute of the servlet context that holds one filter more. */
    static final String SECOND_FILTER = "shop.second-filter";

    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) {
        FilterRegistration.Dynamic probe = context.addFilter("probe", new Probe());
        probe.setAsyncSupported(true);
        probe.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
        context.addListener(new BegunElsewhere());
        context.addFilter("doors", new Doors())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/t/*");
        if (context.getAttribute(SECOND_FILTER) instanceof Filter second) {
            FilterRegistration.Dynamic registration = context.addFilter("second", second);
            registration.setAsyncSupported(true);
            registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
        }
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
        add(context, "/t/orders/*", new ShopServlets.TableOrders());
        add(context, "/t/basket", new ShopServlets.TableBasket());
        add(context, "/t/pay", new ShopServlets.TablePay());
        add(context, "/t/admin", new ShopServlets.TableOrders());
        add(context, "/stream/*", new StreamServlets.Blocking());
        add(context, "/async-stream/*", new StreamServlets.Later());
        add(context, "/poll/*", new StreamServlets.Poll());
        add(context, "/upgrade", new StreamServlets.Upgrade());
        add(context, "/upload", new ShopServlets.Upload())
                .setMultipartConfig(new MultipartConfigElement((String) null));
    }

    /** A filter that begins the interaction before ours, as an adapter for a framework might. */
    private static final class BegunElsewhere implements ServletRequestListener {

        @Override
        public void requestInitialized(ServletRequestEvent event) {
            if (((HttpServletRequest) event.getServletRequest()).getHeader("X-Begun-Elsewhere") != null) {
                event.getServletRequest()
                        .setAttribute(
                                TouchstoneFilter.INTERACTION, Touchstone.noop().begin("elsewhere"));
            }
        }
    }

    private static ServletRegistration.Dynamic add(ServletContext context, String pattern, Servlet servlet) {
        ServletRegistration.Dynamic registration = context.addServlet(pattern, servlet);
        registration.setAsyncSupported(true);
        registration.addMapping(pattern);
        return registration;
    }
}
