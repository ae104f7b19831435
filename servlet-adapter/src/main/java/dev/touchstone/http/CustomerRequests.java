package dev.touchstone.http;

import org.jspecify.annotations.Nullable;

/** Requests that contain a customer id or change a case. Pages of another origin must not send them. */
public final class CustomerRequests {

    /** The status of an accepted request. */
    public static final int ALLOWED = 200;

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;

    private CustomerRequests() {}

    /**
     * Returns the status of a refusal, or {@link #ALLOWED}.
     *
     * @param query the query; an id in a query would be in every log on the way
     * @param host the request's {@code Host}
     * @param origin the request's {@code Origin}
     * @param fetchSite the request's {@code Sec-Fetch-Site}
     */
    public static int status(
            @Nullable String query, @Nullable String host, @Nullable String origin, @Nullable String fetchSite) {
        if (PageContent.isCrossOrigin(host, origin, fetchSite)) {
            return FORBIDDEN;
        }
        return query == null ? ALLOWED : BAD_REQUEST;
    }
}
