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
 * Registers {@link TouchstoneFilter} before all other filters and, where the context parameter {@code
 * touchstone.page.enabled} is true, {@link TouchstonePage}, and where {@code touchstone.care.cases.enabled} is true, {@link
 * TouchstoneCases}. It leaves the application alone if the parameter {@code
 * touchstone.enabled} is false, if the filter is in {@code web.xml} already, or if the Spring Boot starter is on the class
 * path. Called by the container.
 */
public final class TouchstoneInitializer implements ServletContainerInitializer {

    private static final String NAME = "touchstone";
    private static final String STARTER = "dev/touchstone/spring/TouchstoneAutoConfiguration.class";

    /** @throws ServletException with everything that is wrong with the configuration */
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
                throw new ServletException("there is another filter called \"" + NAME + "\"; rename it");
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
            throw new ServletException("there is another servlet called \"" + name + "\" or at \"" + path
                    + "/*\"; set the context parameter " + Settings.PREFIX + group + ".path to another path");
        }
    }
}
