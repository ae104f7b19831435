package dev.touchstone.servlet;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.catalog.CatalogProblem;
import dev.touchstone.http.OutcomeClassifier;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an application sets by the parameters of its servlet context and by its catalog file.
 *
 * @param enabled whether anything is recorded
 * @param builder an instance as it is to be built
 * @param resolvers who is asked about a request
 * @param exclusions what counts for nothing
 * @param page where the page is; null if it is off
 */
record Settings(
        boolean enabled,
        TouchstoneBuilder builder,
        Resolvers resolvers,
        Exclusions exclusions,
        @Nullable String page) {

    static final String PREFIX = "touchstone.";

    private static final String ENABLED = PREFIX + "enabled";
    private static final String CATALOG = PREFIX + "catalog";
    private static final String NAME = PREFIX + "name";
    private static final String MAXIMUM_CUSTOMERS = PREFIX + "maximum-customers";
    private static final String MAXIMUM_SERIES = PREFIX + "maximum-series";
    private static final String RETENTION = PREFIX + "retention";
    private static final String EXCLUDE = PREFIX + "exclude";
    private static final String CUSTOMER_RESOLVER = PREFIX + "customer-resolver";
    private static final String CHANNEL_RESOLVER = PREFIX + "channel-resolver";
    private static final String CONSENT_RESOLVER = PREFIX + "consent-resolver";
    private static final String OUTCOME_CLASSIFIER = PREFIX + "outcome-classifier";
    private static final String PAGE_ENABLED = PREFIX + "page.enabled";
    private static final String PAGE_PATH = PREFIX + "page.path";

    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            ENABLED,
            CATALOG,
            NAME,
            MAXIMUM_CUSTOMERS,
            MAXIMUM_SERIES,
            RETENTION,
            EXCLUDE,
            CUSTOMER_RESOLVER,
            CHANNEL_RESOLVER,
            CONSENT_RESOLVER,
            OUTCOME_CLASSIFIER,
            PAGE_ENABLED,
            PAGE_PATH));

    private static final String DEFAULT_PAGE = "/touchstone";

    /**
     * Reads them.
     *
     * @throws ServletException with everything that is wrong
     */
    static Settings read(ServletContext context) throws ServletException {
        return new Reader(context).read();
    }

    /** Returns whether the page is switched on, whatever else is set. */
    static boolean isPageEnabled(ServletContext context) {
        return "true".equals(context.getInitParameter(PAGE_ENABLED));
    }

    /** Reads them once. */
    private static final class Reader {

        private final ServletContext context;
        private final TouchstoneBuilder builder = Touchstone.builder();
        private final List<CatalogProblem> problems = new ArrayList<>();

        Reader(ServletContext context) {
            this.context = context;
        }

        Settings read() throws ServletException {
            Collections.list(context.getInitParameterNames()).stream()
                    .filter(name -> name.startsWith(PREFIX) && !KNOWN.contains(name))
                    .forEach(name -> problem(name, "is not known; known are " + String.join(", ", KNOWN)));
            set(NAME, builder::name);
            set(MAXIMUM_CUSTOMERS, text -> builder.maximumCustomers(number(text)));
            set(MAXIMUM_SERIES, text -> builder.maximumSeries(Math.toIntExact(number(text))));
            set(RETENTION, text -> builder.retention(duration(text)));
            boolean enabled = flag(ENABLED, true);
            String page = flag(PAGE_ENABLED, false) ? page() : null;
            Resolvers resolvers = resolvers();
            Exclusions exclusions = exclusions(page);
            catalog();
            return new Settings(enabled, builder, resolvers, exclusions, page);
        }

        private void catalog() throws ServletException {
            try {
                Catalog.Builder catalog = CatalogFile.read(context.getInitParameter(CATALOG), context);
                problems.forEach(catalog::problem);
                builder.catalog(catalog.build());
            } catch (CatalogException e) {
                throw new ServletException("Touchstone cannot start. " + e.getMessage(), e);
            } catch (IllegalArgumentException e) {
                problem(CATALOG, String.valueOf(e.getMessage()));
                throw new ServletException(
                        "Touchstone cannot start. " + new CatalogException(problems).getMessage(), e);
            }
        }

        private Resolvers resolvers() {
            return new Resolvers(
                    Resolvers.<CustomerResolver<HttpServletRequest>>orUsual(
                            made(CUSTOMER_RESOLVER, CustomerResolver.class), Resolvers.USUAL.customers()),
                    Resolvers.<ChannelResolver<HttpServletRequest>>orUsual(
                            made(CHANNEL_RESOLVER, ChannelResolver.class), Resolvers.USUAL.channels()),
                    Resolvers.<ConsentResolver<HttpServletRequest>>orUsual(
                            made(CONSENT_RESOLVER, ConsentResolver.class), Resolvers.USUAL.consent()),
                    Resolvers.<OutcomeClassifier<HttpServletRequest>>orUsual(
                            made(OUTCOME_CLASSIFIER, OutcomeClassifier.class), Resolvers.USUAL.outcomes()));
        }

        /** Makes an object of the class that a parameter names; null if it names none. */
        private @Nullable Object made(String parameter, Class<?> type) {
            String name = context.getInitParameter(parameter);
            if (name == null) {
                return null;
            }
            try {
                Object made = Class.forName(name.strip(), true, context.getClassLoader())
                        .getConstructor()
                        .newInstance();
                if (type.isInstance(made)) {
                    return made;
                }
                problem(parameter, "\"" + name + "\" is not a " + type.getName());
            } catch (ReflectiveOperationException | LinkageError e) {
                problem(
                        parameter,
                        "\"" + name + "\" cannot be made (" + e + "); name a public class with a public constructor"
                                + " without parameters");
            }
            return null;
        }

        private Exclusions exclusions(@Nullable String page) {
            List<String> patterns = new ArrayList<>(Exclusions.USUAL);
            if (page != null) {
                patterns.add(page + "/*");
            }
            String added = context.getInitParameter(EXCLUDE);
            if (added != null) {
                for (String pattern : added.strip().split("[\\s,]+", -1)) {
                    if (Exclusions.isValid(pattern)) {
                        patterns.add(pattern);
                    } else {
                        problem(EXCLUDE, Exclusions.problem(pattern));
                    }
                }
            }
            return new Exclusions(patterns);
        }

        private String page() {
            String path = context.getInitParameter(PAGE_PATH);
            if (path == null) {
                return DEFAULT_PAGE;
            }
            if (!path.startsWith("/") || path.endsWith("/") || path.contains("*")) {
                problem(PAGE_PATH, "\"" + path + "\" is not a path for the page; write one such as " + DEFAULT_PAGE);
                return DEFAULT_PAGE;
            }
            return path;
        }

        private boolean flag(String parameter, boolean usual) {
            String text = context.getInitParameter(parameter);
            if (text != null && !text.equals("true") && !text.equals("false")) {
                problem(parameter, "\"" + text + "\" is neither true nor false");
                return usual;
            }
            return text == null ? usual : text.equals("true");
        }

        private void set(String parameter, Consumer<String> setter) {
            String text = context.getInitParameter(parameter);
            if (text != null) {
                try {
                    setter.accept(text.strip());
                } catch (IllegalArgumentException | ArithmeticException e) {
                    problem(parameter, String.valueOf(e.getMessage()));
                }
            }
        }

        private static long number(String text) {
            return parsed(text, Long::parseLong, "a whole number");
        }

        private static Duration duration(String text) {
            return parsed(text, Duration::parse, "a duration such as P180D");
        }

        private static <T> T parsed(String text, Function<String, T> parser, String what) {
            try {
                return parser.apply(text);
            } catch (NumberFormatException | DateTimeParseException e) {
                throw new IllegalArgumentException("\"" + text + "\" is not " + what, e);
            }
        }

        private void problem(String parameter, String message) {
            problems.add(new CatalogProblem("context parameter " + parameter, message));
        }
    }
}
