package dev.touchstone.servlet;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Interaction;
import dev.touchstone.Touchstone;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.http.OutcomeClassifier;
import dev.touchstone.http.Refusals;
import dev.touchstone.http.RequestRecording;
import dev.touchstone.http.RequestResolvers;
import dev.touchstone.http.Routes;
import dev.touchstone.http.Visitors;
import dev.touchstone.state.StoreException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records each request as one event, however many dispatches it takes: at the touchpoint whose declared route it
 * matches, else at an undeclared one named after the pattern of its servlet. {@link TouchstoneInitializer} registers
 * it. When registered by other means, it must be the first filter, mapped to {@code /*} for REQUEST, ASYNC and
 * ERROR, and support asynchronous requests.
 *
 * <p>It sets the attribute {@link #INTERACTION} of the request, and wraps request and response to observe the first
 * byte of the body; data read or written is unchanged. A request that has the attribute already is not recorded
 * again. Requests that are not a customer's, as recognized by {@link Visitors}, are not recorded.
 *
 * <p>A request with a method that is not allowed is recorded at the touchpoint of its path, if the routes of that
 * path have only one. A 401 to a request without credentials is counted in {@link #refusals()} and not recorded,
 * unless the application settled the interaction. Thread-safe.
 */
public final class TouchstoneFilter implements Filter {

    /** The name of the request attribute with the current {@link Interaction}. */
    public static final String INTERACTION = RequestRecording.INTERACTION;

    /**
     * The attribute of the servlet context with its {@link Touchstone}. An instance that exists before filters are
     * initialized is used, and closed by its creator. Otherwise one is created, stored there and closed.
     */
    public static final String TOUCHSTONE = "dev.touchstone.instance";

    /** The defaults: the principal, the declared channel, full consent, and the standard outcomes. */
    static final RequestResolvers<HttpServletRequest> DEFAULT_RESOLVERS =
            new RequestResolvers<>(new PrincipalCustomerResolver(), List.of(), List.of(), OutcomeClassifier.standard());

    private static final Logger LOGGER = LoggerFactory.getLogger(Touchstone.class);

    private @Nullable Settings settings;
    private @Nullable Touchstone touchstone;
    private @Nullable Routes routes;
    private final Refusals refusals = new Refusals();
    private RequestResolvers<HttpServletRequest> resolvers = DEFAULT_RESOLVERS;
    private Visitors visitors = Visitors.excludingAutomated(true);
    private Exclusions exclusions = new Exclusions(Exclusions.USUAL);
    private @Nullable ServletContext owned;

    /** Creates a filter that is configured by the parameters of its servlet context, for {@code web.xml}. */
    public TouchstoneFilter() {}

    TouchstoneFilter(Settings settings) {
        this.settings = settings;
    }

    private TouchstoneFilter(Builder builder) {
        recordWith(builder.touchstone);
        this.resolvers =
                new RequestResolvers<>(builder.customers, builder.channels, builder.consents, builder.outcomes);
        this.exclusions = new Exclusions(builder.excluded);
        this.visitors = Visitors.excludingAutomated(builder.excludeAutomated);
    }

    /** Returns a builder of a filter for an instance, which the filter never closes. */
    public static Builder of(Touchstone touchstone) {
        return new Builder(touchstone);
    }

    /**
     * Returns the current interaction of a request; one that records nothing if there is none. If no filter is
     * registered, a warning is logged, once a servlet context.
     */
    public static Interaction interaction(ServletRequest request) {
        if (request.getAttribute(INTERACTION) instanceof Interaction running) {
            return running;
        }
        FilterCheck.missed(request);
        return Touchstone.noop().begin(null);
    }

    /** Returns the counts of refused requests. */
    public Refusals refusals() {
        return refusals;
    }

    /** @throws ServletException with all configuration problems */
    @Override
    public void init(FilterConfig config) throws ServletException {
        ServletContext context = config.getServletContext();
        FilterCheck.registered(context);
        if (touchstone != null) {
            return; // created in code
        }
        Settings.checkNoneIn(config.getInitParameterNames(), "filter");
        Settings used = settings == null ? Settings.read(context) : settings;
        resolvers = used.resolvers();
        exclusions = used.exclusions();
        visitors = used.visitors();
        if (!used.enabled()) {
            recordWith(Touchstone.noop());
        } else if (context.getAttribute(TOUCHSTONE) instanceof Touchstone theirs) {
            recordWith(theirs);
        } else {
            Touchstone built = build(used);
            recordWith(built);
            owned = context;
            context.setAttribute(TOUCHSTONE, built);
        }
        if (used.enabled()) {
            report(context, used);
        }
    }

    private void report(ServletContext context, Settings used) {
        Touchstone recorder = touchstone;
        if (recorder == null) {
            return;
        }
        recorder.catalog().warnings().forEach(warning -> LOGGER.warn("Touchstone: {}", warning));
        LOGGER.info(
                "Touchstone \"{}\" is on{}. Touchpoints: {}; journeys: {}; customers: {}; page: {}; metrics and log events: as the"
                        + " application wires them (TouchstoneTelemetry, EventLog); scores after a restart: {}.",
                recorder.name(),
                context.getContextPath().isEmpty() ? "" : " in the context \"" + context.getContextPath() + '"',
                recorder.catalog().touchpoints().size(),
                recorder.catalog().journeys().size(),
                used.customers(),
                used.page() == null ? "off (touchstone.page.enabled)" : context.getContextPath() + used.page() + "/",
                owned == null
                        ? "those stored by the application's instance"
                        : used.snapshotDirectory() == null
                                ? "none (touchstone.snapshot-directory is not set)"
                                : "those in " + used.snapshotDirectory());
    }

    private static Touchstone build(Settings settings) throws ServletException {
        try {
            return settings.builder().build();
        } catch (CatalogException | StoreException e) {
            throw new ServletException("Touchstone cannot start. " + e.getMessage(), e);
        }
    }

    private void recordWith(Touchstone instance) {
        touchstone = instance;
        routes = new Routes(instance);
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ServletRecording recording =
                request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer
                        ? recording(http, answer)
                        : null;
        if (recording == null) {
            chain.doFilter(request, response);
            return;
        }
        Throwable thrown = null;
        try {
            if (request.getDispatcherType() == DispatcherType.REQUEST) {
                ObservedResponse observed = recording.observed();
                chain.doFilter(new ObservedRequest((HttpServletRequest) request, observed), observed);
            } else { // a further dispatch, continued by the filter of the first one
                chain.doFilter(request, response);
            }
        } catch (Throwable e) { // also rethrows an undeclared checked exception
            thrown = e;
            throw e;
        } finally {
            recording.leave(thrown);
        }
    }

    /** Returns the recording of this dispatch; null if there is none, or it follows the dispatch already. */
    private @Nullable ServletRecording recording(HttpServletRequest request, HttpServletResponse response) {
        DispatcherType dispatch = request.getDispatcherType();
        if (dispatch == DispatcherType.REQUEST) {
            return request.getAttribute(INTERACTION) == null ? begin(request, response) : null;
        }
        ServletRecording running = dispatch == DispatcherType.ASYNC || dispatch == DispatcherType.ERROR
                ? ServletRecording.running(request)
                : null;
        return running != null && running.resume() ? running : null;
    }

    private @Nullable ServletRecording begin(HttpServletRequest request, HttpServletResponse response) {
        Touchstone recorder = touchstone;
        Routes declared = routes;
        if (recorder == null
                || declared == null
                || recorder == Touchstone.noop()
                || !visitors.isCustomer(request.getMethod(), request.getHeader("User-Agent"))) {
            return null;
        }
        String path = RequestPath.of(request);
        String touchpoint = declared.find(request.getMethod(), path);
        String undeclaredPath = touchpoint == null ? path : null;
        if (touchpoint == null) {
            if (exclusions.contain(path)) {
                return null;
            }
            touchpoint = Routes.undeclared(
                    request.getMethod(), request.getHttpServletMapping().getPattern());
        }
        ServletEndpoint endpoint = new ServletEndpoint(declared, refusals, touchpoint, undeclaredPath);
        return ServletRecording.begin(recorder.begin(touchpoint), endpoint, resolvers, request, response);
    }

    @Override
    public void destroy() {
        ServletContext context = owned;
        if (context != null && touchstone != null) {
            owned = null;
            context.removeAttribute(TOUCHSTONE);
            touchstone.close();
        }
    }

    /** A builder of filters. Not thread-safe. */
    public static final class Builder {

        private final Touchstone touchstone;
        private final List<String> excluded = new ArrayList<>(Exclusions.USUAL);
        private boolean excludeAutomated = true;
        private CustomerResolver<HttpServletRequest> customers = DEFAULT_RESOLVERS.customers();
        private List<ChannelResolver<HttpServletRequest>> channels = DEFAULT_RESOLVERS.channels();
        private List<ConsentResolver<HttpServletRequest>> consents = DEFAULT_RESOLVERS.consents();
        private OutcomeClassifier<HttpServletRequest> outcomes = DEFAULT_RESOLVERS.outcomes();

        private Builder(Touchstone touchstone) {
            this.touchstone = touchstone;
        }

        /** Sets the resolver of the customer. By default, the principal of the request. */
        public Builder customers(CustomerResolver<HttpServletRequest> resolver) {
            customers = resolver;
            return this;
        }

        /** Sets the resolver of the channel. By default, the declared channel. */
        public Builder channels(ChannelResolver<HttpServletRequest> resolver) {
            channels = List.of(resolver);
            return this;
        }

        /** Sets the resolver of consent, called after the first dispatch. By default, full consent. */
        public Builder consent(ConsentResolver<HttpServletRequest> resolver) {
            consents = List.of(resolver);
            return this;
        }

        /** Sets the classifier of outcomes. By default, {@link OutcomeClassifier#standard()}. */
        public Builder outcomes(OutcomeClassifier<HttpServletRequest> classifier) {
            outcomes = classifier;
            return this;
        }

        /**
         * Adds paths that are not recorded unless a route is declared for them, beside static files and health
         * checks.
         *
         * @param pattern a path, a folder such as {@code /static/*}, or an ending such as {@code *.pdf}
         * @throws IllegalArgumentException if it is none of these
         */
        public Builder exclude(String pattern) {
            if (!Exclusions.isValid(pattern)) {
                throw new IllegalArgumentException(Exclusions.problem(pattern));
            }
            excluded.add(pattern);
            return this;
        }

        /**
         * Sets whether health checks and known bots are excluded, as recognized by {@link Visitors}. True by
         * default.
         */
        public Builder excludeAutomated(boolean exclude) {
            excludeAutomated = exclude;
            return this;
        }

        /** Returns the filter. */
        public TouchstoneFilter build() {
            return new TouchstoneFilter(this);
        }
    }
}
