package dev.touchstone.http;

import dev.touchstone.event.Stage;
import dev.touchstone.history.History;
import dev.touchstone.history.History.Period;
import dev.touchstone.history.History.Resolution;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A query for past periods in the parameters of a URL: their length and their scope. Immutable. */
public final class HistoryQuery {

    private static final String OVERALL = "overall";
    private static final String STAGE = "stage";

    private final Resolution resolution;
    private final String scope;
    private final String name;

    private HistoryQuery(Resolution resolution, String scope, String name) {
        this.resolution = resolution;
        this.scope = scope;
        this.name = name;
    }

    /**
     * Returns a query.
     *
     * @param resolution {@code hour}, {@code day}, {@code week} or {@code month}
     * @param scope {@code overall}, {@code touchpoint}, {@code channel}, {@code stage}, {@code owner} or {@code
     *     journey}; overall if null
     * @param name the name of the touchpoint, channel and so on; null for overall
     * @throws IllegalArgumentException if a value is invalid; the message states the allowed values and does not
     *     repeat the given one
     */
    public static HistoryQuery of(@Nullable String resolution, @Nullable String scope, @Nullable String name) {
        String of = Objects.requireNonNullElse(scope, OVERALL);
        return new HistoryQuery(resolution(resolution), of, name(of, name));
    }

    private static Resolution resolution(@Nullable String name) {
        return Arrays.stream(Resolution.values())
                .filter(resolution -> lower(resolution).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("resolution must be one of "
                        + Arrays.stream(Resolution.values())
                                .map(HistoryQuery::lower)
                                .collect(Collectors.joining(", "))));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String name(String scope, @Nullable String name) {
        switch (scope) {
            case OVERALL -> {
                if (name != null) {
                    throw new IllegalArgumentException("name is given, but the scope overall has none; leave it out");
                }
                return "";
            }
            case "touchpoint", "channel", STAGE, "owner", "journey" -> {
                if (name == null || name.isBlank()) {
                    throw new IllegalArgumentException("name is missing; add the name of the " + scope);
                }
                return scope.equals(STAGE) ? stage(name) : name;
            }
            default ->
                throw new IllegalArgumentException(
                        "scope must be one of overall, touchpoint, channel, stage, owner, journey");
        }
    }

    private static String stage(String name) {
        String written = name.toUpperCase(Locale.ROOT);
        if (Arrays.stream(Stage.values()).noneMatch(stage -> stage.name().equals(written))) {
            throw new IllegalArgumentException("name must be one of the stages "
                    + Arrays.stream(Stage.values()).map(Enum::name).collect(Collectors.joining(", ")));
        }
        return written;
    }

    /** Returns the length of the periods. */
    public Resolution resolution() {
        return resolution;
    }

    /** Returns the periods; none for an unknown name. */
    public List<Period> read(History history) {
        return switch (scope) {
            case "touchpoint" -> history.touchpoint(name, resolution);
            case "channel" -> history.channel(name, resolution);
            case STAGE -> history.stage(Stage.valueOf(name), resolution);
            case "owner" -> history.owner(name, resolution);
            case "journey" -> history.journey(name, resolution);
            default -> history.overall(resolution);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HistoryQuery that
                && resolution == that.resolution
                && scope.equals(that.scope)
                && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(resolution, scope, name);
    }

    @Override
    public String toString() {
        return lower(resolution) + " of " + scope + " " + name;
    }
}
