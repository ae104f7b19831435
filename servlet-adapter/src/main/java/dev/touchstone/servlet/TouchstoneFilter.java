package dev.touchstone.servlet;

import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Interaction;
import dev.touchstone.Touchstone;
import dev.touchstone.http.OutcomeClassifier;
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

/**
 * Makes one event of each request, however many dispatches it takes: at the touchpoint whose declared route it matches,
 * else at an undeclared one named after the pattern of its servlet. {@link TouchstoneInitializer} registers it; whoever
 * registers it by hand maps it first of all filters, to {@code /*}, for REQUEST, ASYNC and ERROR, and lets it support
 * asynchronous requests.
 *
 * <p>It changes neither request nor response but for the attribute {@link #INTERACTION}. A request that has that attribute
 * already is somebody else's event. Thread-safe.
 */
public final class TouchstoneFilter implements Filter {

    /** The attribute of a request that holds its running {@link Interaction}, set by whoever began it. */
    public static final String INTERACTION = "dev.touchstone.interaction";

    /**
     * The attribute of the servlet context that holds its {@link Touchstone}. If it is there before filters are
     * initialized, that one is used, and closed by whoever made it; otherwise one is made, put there and closed.
     */
    public static final String TOUCHSTONE = "dev.touchstone.instance";

    private @Nullable Settings settings;
    private @Nullable Touchstone touchstone;
    private Resolvers resolvers = Resolvers.USUAL;
    private Exclusions exclusions = new Exclusions(Exclusions.USUAL);
    private @Nullable ServletContext owned;
    private volatile @Nullable Routes routes;

    /** Makes one that is configured by the parameters of its servlet context, for {@code web.xml}. */
    public TouchstoneFilter() {}

    TouchstoneFilter(Settings settings) {
        this.settings = settings;
    }

    private TouchstoneFilter(Builder builder) {
        this.touchstone = builder.touchstone;
        this.resolvers = builder.resolvers;
        this.exclusions = new Exclusions(builder.excluded);
    }

    /** Starts a filter that records with an instance, which it never closes. */
    public static Builder of(Touchstone touchstone) {
        return new Builder(touchstone);
    }

    /** Returns the interaction that is running with a request; one that records nothing if there is none. */
    public static Interaction interaction(ServletRequest request) {
        return request.getAttribute(INTERACTION) instanceof Interaction running
                ? running
                : Touchstone.noop().begin(null);
    }

    /** @throws ServletException with everything that is wrong with the configuration */
    @Override
    public void init(FilterConfig config) throws ServletException {
        if (touchstone != null) {
            return; // made in code
        }
        ServletContext context = config.getServletContext();
        Settings used = settings == null ? Settings.read(context) : settings;
        resolvers = used.resolvers();
        exclusions = used.exclusions();
        if (!used.enabled()) {
            touchstone = Touchstone.noop();
        } else if (context.getAttribute(TOUCHSTONE) instanceof Touchstone theirs) {
            touchstone = theirs;
        } else {
            touchstone = used.builder().build();
            owned = context;
            context.setAttribute(TOUCHSTONE, touchstone);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Visit visit = request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer
                ? visit(http, answer)
                : null;
        if (visit == null) {
            chain.doFilter(request, response);
            return;
        }
        boolean returned = false;
        Throwable thrown = null;
        try {
            chain.doFilter(request, response);
            returned = true;
        } catch (IOException | ServletException | RuntimeException | Error e) {
            thrown = e;
            throw e;
        } finally {
            visit.leave(returned, thrown);
        }
    }

    /** Returns the visit to which this dispatch belongs; null if it belongs to none, or to somebody else's. */
    private @Nullable Visit visit(HttpServletRequest request, HttpServletResponse response) {
        DispatcherType dispatch = request.getDispatcherType();
        if (dispatch == DispatcherType.REQUEST) {
            return request.getAttribute(INTERACTION) == null ? begin(request, response) : null;
        }
        Visit running =
                dispatch == DispatcherType.ASYNC || dispatch == DispatcherType.ERROR ? Visit.running(request) : null;
        return running != null && running.resume() ? running : null;
    }

    private @Nullable Visit begin(HttpServletRequest request, HttpServletResponse response) {
        Touchstone recorder = touchstone;
        if (recorder == null || recorder == Touchstone.noop()) {
            return null;
        }
        String path = RequestPath.of(request);
        String touchpoint = routes(recorder).find(request.getMethod(), path);
        if (touchpoint == null) {
            if (exclusions.contain(path)) {
                return null;
            }
            touchpoint = RequestPath.pattern(request);
        }
        return Visit.begin(recorder.begin(touchpoint), resolvers, request, response);
    }

    /** Returns the routes of the catalog that is in force, which a reload may have replaced. */
    private Routes routes(Touchstone recorder) {
        Routes known = routes;
        if (known == null || !known.areOf(recorder.catalog())) {
            known = new Routes(recorder.catalog());
            routes = known;
        }
        return known;
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

    /** A filter that is made in code. Not thread-safe. */
    public static final class Builder {

        private final Touchstone touchstone;
        private final List<String> excluded = new ArrayList<>(Exclusions.USUAL);
        private Resolvers resolvers = Resolvers.USUAL;

        private Builder(Touchstone touchstone) {
            this.touchstone = touchstone;
        }

        /** Sets who finds out the customer; the principal of the request if not set. */
        public Builder customers(CustomerResolver<HttpServletRequest> resolver) {
            resolvers = new Resolvers(resolver, resolvers.channels(), resolvers.consent(), resolvers.outcomes());
            return this;
        }

        /** Sets who finds out the channel; the declared one if not set. */
        public Builder channels(ChannelResolver<HttpServletRequest> resolver) {
            resolvers = new Resolvers(resolvers.customers(), resolver, resolvers.consent(), resolvers.outcomes());
            return this;
        }

        /** Sets who finds out what the customer agreed to; everything if not set. Asked after the first dispatch. */
        public Builder consent(ConsentResolver<HttpServletRequest> resolver) {
            resolvers = new Resolvers(resolvers.customers(), resolvers.channels(), resolver, resolvers.outcomes());
            return this;
        }

        /** Sets who says how a request ended; {@link OutcomeClassifier#standard()} if not set. */
        public Builder outcomes(OutcomeClassifier<HttpServletRequest> classifier) {
            resolvers = new Resolvers(resolvers.customers(), resolvers.channels(), resolvers.consent(), classifier);
            return this;
        }

        /**
         * Adds what counts for nothing unless a route is declared for it, beside static files and health checks.
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

        /** Returns the filter. */
        public TouchstoneFilter build() {
            return new TouchstoneFilter(this);
        }
    }
}
