package dev.touchstone.examples.replay;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Outcome;
import dev.touchstone.http.FinishedRequest;
import dev.touchstone.http.OutcomeClassifier;
import dev.touchstone.http.Routes;
import dev.touchstone.http.Visitors;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which recorded HTTP requests are events, and of which touchpoint, by the same routes and the same outcomes as in an
 * application. Counts the requests that are no events. Not thread-safe.
 */
final class HttpRequests {

    /** As nginx logs a request whose client closed the connection. */
    private static final int CLIENT_CLOSED_REQUEST = 499;

    private static final int UNAUTHORIZED = 401;
    private static final Set<Integer> INVALID_INPUT = Set.of(400, 422);

    private final Catalog catalog;
    private final Routes routes;
    private final Visitors visitors = Visitors.excludingAutomated(true);
    private final OutcomeClassifier<Integer> outcomes = OutcomeClassifier.standard();
    private long withoutRoute;
    private long preflights;
    private long bots;
    private long challenges;

    HttpRequests(Catalog catalog) {
        this.catalog = catalog;
        this.routes = new Routes(() -> catalog);
    }

    /**
     * Returns the touchpoint of a request; null if the request is no event: no route matches, it is a preflight or a trace, a
     * bot sent it, or it is a challenge to a client that sent no credentials.
     *
     * @param target the path as the client sent it, with or without a query
     * @param pattern the pattern to which the application mapped the request, for requests that no route declares; or blank
     */
    @Nullable
    String touchpoint(String method, String target, String pattern, int status, String user, String agent) {
        if (method.equals("OPTIONS") || method.equals("TRACE")) {
            preflights++;
            return null;
        }
        if (!visitors.isCustomer(method, agent)) {
            bots++;
            return null;
        }
        String declared = target.isEmpty() ? null : routes.find(method, path(target));
        if (declared == null && pattern.isEmpty()) {
            withoutRoute++;
            return null;
        }
        if (status == UNAUTHORIZED && user.isEmpty()) {
            challenges++;
            return null;
        }
        return declared == null ? Routes.undeclared(method, pattern) : declared;
    }

    /** Returns how a request with this status ended for the customer. */
    Outcome outcome(int status) {
        return outcomes.classify(new FinishedRequest<>(
                status, status, Optional.empty(), status == CLIENT_CLOSED_REQUEST, INVALID_INPUT.contains(status)));
    }

    /** Returns {@code web}, unless the touchpoint declares its own channel; then blank. */
    String channel(String touchpoint) {
        return catalog.touchpoint(touchpoint)
                        .filter(definition -> definition.channel().isKnown())
                        .isPresent()
                ? ""
                : "web";
    }

    /** Returns the decoded path of a request target. */
    private static String path(String target) {
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        int scheme = path.indexOf("://");
        if (scheme > 0) {
            int slash = path.indexOf('/', scheme + 3);
            path = slash < 0 ? "/" : path.substring(slash);
        }
        return path.indexOf('%') < 0 ? path : decoded(path);
    }

    private static String decoded(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(path.length());
        for (int i = 0; i < path.length(); i++) {
            char character = path.charAt(i);
            int high = i + 2 < path.length() ? Character.digit(path.charAt(i + 1), 16) : -1;
            int low = i + 2 < path.length() ? Character.digit(path.charAt(i + 2), 16) : -1;
            if (character == '%' && high >= 0 && low >= 0) {
                bytes.write(16 * high + low);
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(character).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Returns the counts of requests that are no events; blank if there are none. */
    String summary() {
        List<String> parts = new ArrayList<>();
        add(parts, withoutRoute, "without a declared route");
        add(parts, preflights, "preflights and traces");
        add(parts, bots, "of bots");
        add(parts, challenges, "challenges without credentials");
        return parts.isEmpty() ? "" : "requests that are no events: " + String.join(", ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }
}
