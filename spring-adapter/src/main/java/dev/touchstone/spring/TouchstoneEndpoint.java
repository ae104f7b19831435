package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.json.ScoreboardJson;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** Shows the scoreboard: {@code GET /actuator/touchstone}. Read-only, and not exposed unless the application says so. */
@Endpoint(id = "touchstone")
public final class TouchstoneEndpoint {

    private final Touchstone touchstone;
    private final ScoreboardJson json = ScoreboardJson.pretty();

    TouchstoneEndpoint(Touchstone touchstone) {
        this.touchstone = touchstone;
    }

    /** Returns the scoreboard as JSON. */
    @ReadOperation(produces = "application/json")
    public String scoreboard() {
        return json.write(touchstone.scoreboard());
    }
}
