package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.history.History;
import dev.touchstone.http.HistoryQuery;
import dev.touchstone.json.ScoreboardJson;
import java.util.Objects;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.lang.Nullable; // the only one that the Actuator of Spring Boot 3 recognizes

/**
 * Returns past periods, {@code GET /actuator/touchstonehistory?resolution=day&scope=touchpoint&name=checkout.pay}.
 * Read-only, and not exposed by default.
 */
@Endpoint(id = "touchstonehistory")
public final class TouchstoneHistoryEndpoint {

    private final Touchstone touchstone;
    private final ScoreboardJson json = ScoreboardJson.pretty();

    TouchstoneHistoryEndpoint(Touchstone touchstone) {
        this.touchstone = touchstone;
    }

    /**
     * Returns the periods of a scope as JSON.
     *
     * @param resolution as in {@link HistoryQuery}; days if null
     * @param scope as in {@link HistoryQuery}; overall if null
     * @param name as in {@link HistoryQuery}
     */
    @ReadOperation(produces = "application/json")
    public String history(@Nullable String resolution, @Nullable String scope, @Nullable String name) {
        HistoryQuery query = query(Objects.requireNonNullElse(resolution, "day"), scope, name);
        History history = touchstone.history();
        return json.write(query.resolution(), query.read(history), history.marks());
    }

    private static HistoryQuery query(String resolution, @Nullable String scope, @Nullable String name) {
        try {
            return HistoryQuery.of(resolution, scope, name);
        } catch (IllegalArgumentException e) {
            throw new InvalidEndpointRequestException(e.getMessage(), e.getMessage(), e);
        }
    }
}
