package dev.touchstone.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Registers {@link TouchstoneFilter} before all other filters. Also registers {@link TouchstonePage} if the context
 * parameter {@code touchstone.page.enabled} is true, and {@link TouchstoneCases} if {@code
 * touchstone.care.cases.enabled} is true. Registers nothing if the parameter {@code touchstone.enabled} is false, if
 * the filter is already in {@code web.xml}, or if the Spring Boot starter is on the class path. Called by the
 * container.
 */
public final class TouchstoneInitializer implements ServletContainerInitializer {

    private static final String NAME = "touchstone";
    private static final String STARTER = "dev/touchstone/spring/TouchstoneAutoConfiguration.class";

    /** @throws ServletException with all configuration problems */
    @Override
    public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context) throws ServletException {
        if (isStarterIn(context)) {
            return;
        }
        Settings settings = Settings.read(context);
        if (!settings.enabled()) {
            return;
        }
        if (!isRegistered(context)) {
            FilterRegistration.Dynamic filter = context.addFilter(NAME, new TouchstoneFilter(settings));
            if (filter == null) {
                throw new ServletException("TouchstoneFilter: another filter is named \"" + NAME + "\"; rename it");
            }
            filter.setAsyncSupported(true);
            filter.addMappingForUrlPatterns(
                    EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR), false, "/*");
        }
        if (settings.page() != null) {
            add("page", new TouchstonePage(), context, settings.page());
        }
        if (settings.cases() != null) {
            add("care.cases", new TouchstoneCases(), context, settings.cases());
        }
    }

    /** Returns whether the Spring Boot starter is on the class path of the application. */
    static boolean isStarterIn(ServletContext context) {
        return context.getClassLoader().getResource(STARTER) != null;
    }

    private static boolean isRegistered(ServletContext context) {
        return context.getFilterRegistrations().values().stream()
                .anyMatch(filter -> TouchstoneFilter.class.getName().equals(filter.getClassName()));
    }

    private static void add(String group, Servlet servlet, ServletContext context, String path)
            throws ServletException {
        String name = NAME + "-" + group.replace('.', '-');
        ServletRegistration.Dynamic registration = context.addServlet(name, servlet);
        if (registration == null || !registration.addMapping(path + "/*").isEmpty()) {
            throw new ServletException("Touchstone: another servlet is named \"" + name + "\" or mapped to \"" + path
                    + "/*\"; set the context parameter " + Settings.PREFIX + group + ".path to another path");
        }
    }
}
