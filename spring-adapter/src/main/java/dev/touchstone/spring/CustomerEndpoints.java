package dev.touchstone.spring;

import dev.touchstone.http.CustomerRequests;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;

/**
 * The Actuator endpoints that receive a customer id or a change of a recovery case. The Actuator reads parameters
 * from the query as well as the body, and does not check the origin of a request; this class refuses both.
 * Thread-safe.
 */
final class CustomerEndpoints {

    private static final List<EndpointId> IDS = List.of(
            EndpointId.of("touchstoneerasure"), EndpointId.of("touchstoneexport"), EndpointId.of("touchstonecases"));
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private final Supplier<@Nullable PathMappedEndpoints> endpoints;
    // looking up the bean takes longer than recording the request
    private volatile @Nullable List<String> paths;

    /** @param endpoints returns the paths of endpoints; null if there are none. Called once, by the first request */
    CustomerEndpoints(Supplier<@Nullable PathMappedEndpoints> endpoints) {
        this.endpoints = endpoints;
    }

    /** Returns whether a path, decoded and without parameters, is at or below such an endpoint. */
    boolean isAt(String path) {
        List<String> known = paths;
        if (known == null) {
            known = paths(endpoints.get());
            paths = known;
        }
        for (String own : known) {
            int at = path.indexOf(own);
            int end = at + own.length();
            if (at >= 0 && (end == path.length() || path.charAt(end) == '/')) {
                return true;
            }
        }
        return false;
    }

    private static List<String> paths(@Nullable PathMappedEndpoints mapped) {
        return mapped == null
                ? List.of()
                : IDS.stream().map(mapped::getPath).filter(Objects::nonNull).toList();
    }

    /** Returns the status of a refusal, as {@link CustomerRequests#status} returns it for endpoints that write. */
    static int status(
            String method,
            @Nullable String query,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String fetchSite) {
        return READING.contains(method)
                ? CustomerRequests.ALLOWED
                : CustomerRequests.status(query, host, origin, fetchSite);
    }
}
