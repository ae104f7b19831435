package dev.touchstone.spring;

import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.json.ScoreboardJson;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;

/**
 * Returns the scoreboard, {@code GET /actuator/touchstone}, and one touchpoint with hints and the number of refused
 * requests, {@code GET /actuator/touchstone/checkout.pay}. Read-only, and not exposed by default.
 */
@Endpoint(id = "touchstone")
public final class TouchstoneEndpoint {

    private final Touchstone touchstone;
    private final Hints hints;
    private final Function<String, Map<String, Long>> refusals;
    private final ScoreboardJson json = ScoreboardJson.pretty();

    TouchstoneEndpoint(Touchstone touchstone, Hints hints, Function<String, Map<String, Long>> refusals) {
        this.touchstone = touchstone;
        this.hints = hints;
        this.refusals = refusals;
    }

    /** Returns the scoreboard as JSON. */
    @ReadOperation(produces = "application/json")
    public String scoreboard() {
        return json.write(touchstone.scoreboard());
    }

    /**
     * Returns a touchpoint in each of its channels as JSON; null if it is unknown.
     *
     * @param touchpoint the name; that of an undeclared endpoint contains slashes
     */
    @ReadOperation(produces = "application/json")
    public @Nullable String touchpoint(@Selector(match = Match.ALL_REMAINING) String... touchpoint) {
        String name = String.join("/", touchpoint);
        Scoreboard scoreboard = touchstone.scoreboard();
        List<Scoreboard.TouchpointScope> channels = scoreboard.touchpoints().stream()
                .filter(entry -> entry.definition().name().equals(name))
                .toList();
        return channels.isEmpty()
                ? null
                : json.write(name, channels, hints.of(channels.get(0), scoreboard), refusals.apply(name));
    }
}
