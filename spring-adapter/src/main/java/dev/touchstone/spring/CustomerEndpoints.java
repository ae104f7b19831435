package dev.touchstone.spring;

import dev.touchstone.http.PageContent;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;

/**
 * The Actuator endpoints to which a customer is posted. The Actuator reads parameters from the query as well as from the
 * body, and does not ask where a request comes from; this class refuses both. Thread-safe.
 */
final class CustomerEndpoints {

    private static final List<EndpointId> IDS =
            List.of(EndpointId.of("touchstoneerasure"), EndpointId.of("touchstoneexport"));
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;

    /** The status of a request that is not refused. */
    static final int ALLOWED = 200;

    private final Supplier<@Nullable PathMappedEndpoints> endpoints;
    // looking for a bean takes longer than recording the request
    private volatile @Nullable List<String> paths;

    /**
     * Creates one.
     *
     * @param endpoints returns where endpoints are; null if there are none. Called once, with the first request
     */
    CustomerEndpoints(Supplier<@Nullable PathMappedEndpoints> endpoints) {
        this.endpoints = endpoints;
    }

    /** Returns whether a path, decoded and without parameters, is the path of such an endpoint. */
    boolean isAt(String path) {
        List<String> known = paths;
        if (known == null) {
            known = paths(endpoints.get());
            paths = known;
        }
        for (String own : known) {
            if (path.endsWith(own)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> paths(@Nullable PathMappedEndpoints mapped) {
        return mapped == null
                ? List.of()
                : IDS.stream()
                        .map(mapped::getPath)
                        .filter(Objects::nonNull)
                        .flatMap(own -> Stream.of(own, own + "/"))
                        .toList();
    }

    /**
     * Returns the status with which a request is refused, or {@link #ALLOWED}.
     *
     * @param query the query; an id in a query is in every log on the way
     */
    static int status(
            @Nullable String query, @Nullable String host, @Nullable String origin, @Nullable String fetchSite) {
        if (PageContent.isCrossOrigin(host, origin, fetchSite)) {
            return FORBIDDEN;
        }
        return query == null ? ALLOWED : BAD_REQUEST;
    }
}
