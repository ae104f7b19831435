package dev.touchstone.servlet;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.catalog.internal.NearestName;
import dev.touchstone.http.CaseContent;
import dev.touchstone.http.OutcomeClassifier;
import dev.touchstone.http.PageContent;
import dev.touchstone.http.PageLinks;
import dev.touchstone.http.RequestResolvers;
import dev.touchstone.http.Visitors;
import dev.touchstone.settings.InstanceSettings;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an application: the parameters of its servlet context and its catalog file.
 *
 * @param enabled whether requests are recorded
 * @param builder the builder of the instance
 * @param resolvers the callbacks that describe a request
 * @param exclusions the paths that are not recorded
 * @param visitors the visitors that are recorded
 * @param page the path of the page; null if it is disabled
 * @param cases the path of the recovery cases; null if they are disabled
 * @param customers the source of customers, for the start report
 * @param snapshotDirectory the directory of snapshots; null if scores do not survive a restart
 */
record Settings(
        boolean enabled,
        TouchstoneBuilder builder,
        RequestResolvers<HttpServletRequest> resolvers,
        Exclusions exclusions,
        Visitors visitors,
        @Nullable String page,
        @Nullable String cases,
        String customers,
        @Nullable String snapshotDirectory) {

    static final String PREFIX = "touchstone.";

    private static final String ENABLED = PREFIX + "enabled";
    private static final String CATALOG = PREFIX + "catalog";
    private static final String EXCLUDE = PREFIX + "exclude";
    private static final String EXCLUDE_AUTOMATED = PREFIX + "exclude-automated";
    private static final String CUSTOMER_RESOLVER = PREFIX + "customer-resolver";
    private static final String CHANNEL_RESOLVER = PREFIX + "channel-resolver";
    private static final String CONSENT_RESOLVER = PREFIX + "consent-resolver";
    private static final String OUTCOME_CLASSIFIER = PREFIX + "outcome-classifier";
    static final String PAGE_ENABLED = PREFIX + "page.enabled";
    static final String CASES_ENABLED = PREFIX + "care.cases.enabled";
    private static final String PAGE_PATH = PREFIX + "page.path";
    private static final String CASES_PATH = PREFIX + "care.cases.path";
    static final String PAGE_LINKS = PREFIX + "page.links.";

    static final Set<String> KNOWN = known();

    private static Set<String> known() {
        Set<String> known = new TreeSet<>(Set.of(
                ENABLED,
                CATALOG,
                EXCLUDE,
                EXCLUDE_AUTOMATED,
                CUSTOMER_RESOLVER,
                CHANNEL_RESOLVER,
                CONSENT_RESOLVER,
                OUTCOME_CLASSIFIER,
                PAGE_ENABLED,
                PAGE_PATH,
                CASES_ENABLED,
                CASES_PATH));
        InstanceSettings.all().forEach(setting -> known.add(PREFIX + setting.name()));
        return Collections.unmodifiableSet(known);
    }

    /**
     * Reads the settings.
     *
     * @throws ServletException with all problems
     */
    static Settings read(ServletContext context) throws ServletException {
        return new Reader(context).read();
    }

    /**
     * Returns the links from the page to other tools.
     *
     * @throws IllegalArgumentException if one of them is invalid
     */
    static PageLinks links(ServletContext context) {
        Map<String, String> templates = new HashMap<>();
        for (String parameter : Collections.list(context.getInitParameterNames())) {
            if (parameter.startsWith(PAGE_LINKS)) {
                templates.put(parameter.substring(PAGE_LINKS.length()), context.getInitParameter(parameter));
            }
        }
        return PageLinks.of(templates);
    }

    /** Returns whether a parameter is true, ignoring other parameters. */
    static boolean isOn(String parameter, ServletContext context) {
        return "true".equals(context.getInitParameter(parameter));
    }

    /** Returns whether recording is disabled, ignoring other parameters. */
    static boolean isOff(ServletContext context) {
        return "false".equals(context.getInitParameter(ENABLED));
    }

    /**
     * Checks that a filter or servlet has no parameters of Touchstone, because these would not be read.
     *
     * @throws ServletException if one of them looks like a setting
     */
    static void checkNoneIn(@Nullable Enumeration<String> names, String owner) throws ServletException {
        List<String> misplaced = names == null
                ? List.of()
                : Collections.list(names).stream()
                        .filter(name -> name.startsWith(PREFIX))
                        .sorted()
                        .toList();
        if (!misplaced.isEmpty()) {
            throw new ServletException(
                    "Touchstone cannot start. " + String.join(", ", misplaced) + ": is a parameter of" + " the " + owner
                            + ", which is not read; make it a parameter of the servlet context (context-param)");
        }
    }

    /** Reads the settings once. */
    private static final class Reader {

        private final ServletContext context;
        private final TouchstoneBuilder builder = Touchstone.builder();
        private final List<CatalogException.Problem> problems = new ArrayList<>();

        Reader(ServletContext context) {
            this.context = context;
        }

        Settings read() throws ServletException {
            Collections.list(context.getInitParameterNames()).stream()
                    .filter(name -> name.startsWith(PREFIX) && !name.startsWith(PAGE_LINKS) && !KNOWN.contains(name))
                    .forEach(name -> problem(name, unknown(name)));
            boolean enabled = flag(ENABLED, true);
            if (enabled) {
                // if recording is disabled, the key and the directory need not exist
                InstanceSettings instance =
                        new InstanceSettings(builder, (setting, message) -> problem(PREFIX + setting, message));
                InstanceSettings.all()
                        .forEach(setting -> instance.parse(setting, context.getInitParameter(PREFIX + setting.name())));
                instance.complete();
                // checked here, because some containers build the instance only with the first request
                instance.requireKeyForSnapshots();
            }
            String page = flag(PAGE_ENABLED, false) ? path(PAGE_PATH, PageContent.DEFAULT_PATH) : null;
            String cases = flag(CASES_ENABLED, false) ? path(CASES_PATH, CaseContent.DEFAULT_PATH) : null;
            checkLinks();
            RequestResolvers<HttpServletRequest> resolvers = resolvers();
            Exclusions exclusions = exclusions(page, cases);
            Visitors visitors = Visitors.excludingAutomated(flag(EXCLUDE_AUTOMATED, true));
            catalog();
            return new Settings(
                    enabled,
                    builder,
                    resolvers,
                    exclusions,
                    visitors,
                    page,
                    cases,
                    customers(),
                    context.getInitParameter(PREFIX + InstanceSettings.SNAPSHOT_DIRECTORY.name()));
        }

        private void checkLinks() {
            for (String parameter : Collections.list(context.getInitParameterNames())) {
                if (parameter.startsWith(PAGE_LINKS)) {
                    try {
                        PageLinks.checked(
                                parameter.substring(PAGE_LINKS.length()), context.getInitParameter(parameter));
                    } catch (IllegalArgumentException e) {
                        problem(parameter, String.valueOf(e.getMessage()));
                    }
                }
            }
        }

        private static String unknown(String name) {
            String hint = NearestName.hint(name, KNOWN);
            return "is not known" + (hint.isEmpty() ? "; known are " + String.join(", ", KNOWN) : hint);
        }

        private String customers() {
            String resolver = context.getInitParameter(CUSTOMER_RESOLVER);
            return resolver == null
                    ? "the principal of the request; without one, events are anonymous. To resolve customers, set "
                            + CUSTOMER_RESOLVER
                    : resolver.strip();
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

        private RequestResolvers<HttpServletRequest> resolvers() {
            RequestResolvers<HttpServletRequest> defaults = TouchstoneFilter.DEFAULT_RESOLVERS;
            List<ChannelResolver<HttpServletRequest>> channels = listed(made(CHANNEL_RESOLVER, ChannelResolver.class));
            List<ConsentResolver<HttpServletRequest>> consents = listed(made(CONSENT_RESOLVER, ConsentResolver.class));
            CustomerResolver<HttpServletRequest> customers = unchecked(made(CUSTOMER_RESOLVER, CustomerResolver.class));
            OutcomeClassifier<HttpServletRequest> outcomes =
                    unchecked(made(OUTCOME_CLASSIFIER, OutcomeClassifier.class));
            return new RequestResolvers<>(
                    customers == null ? defaults.customers() : customers,
                    channels,
                    consents,
                    outcomes == null ? defaults.outcomes() : outcomes);
        }

        private static <T> List<T> listed(@Nullable Object made) {
            T callback = Reader.<T>unchecked(made);
            return callback == null ? List.of() : List.of(callback);
        }

        /** Casts an object created by class name, whose type parameter cannot be checked. */
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        private static <T> @Nullable T unchecked(@Nullable Object made) {
            return (T) made;
        }

        /** Creates an object of the class in a parameter; null if the parameter is absent. */
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
                        "\"" + name + "\" cannot be created (" + e + "); name a public class with a public constructor"
                                + " without parameters");
            }
            return null;
        }

        private Exclusions exclusions(@Nullable String... ownPaths) {
            List<String> patterns = new ArrayList<>(Exclusions.USUAL);
            Stream.of(ownPaths).filter(Objects::nonNull).forEach(path -> patterns.add(path + "/*"));
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

        private String path(String parameter, String usual) {
            String path = context.getInitParameter(parameter);
            try {
                return PageContent.checkedPath(path == null ? usual : path);
            } catch (IllegalArgumentException e) {
                problem(parameter, String.valueOf(e.getMessage()));
                return usual;
            }
        }

        private boolean flag(String parameter, boolean usual) {
            String text = context.getInitParameter(parameter);
            if (text != null && !text.equals("true") && !text.equals("false")) {
                problem(parameter, "\"" + text + "\" is neither true nor false");
                return usual;
            }
            return text == null ? usual : text.equals("true");
        }

        private void problem(String parameter, String message) {
            problems.add(new CatalogException.Problem("context parameter " + parameter, message));
        }
    }
}
