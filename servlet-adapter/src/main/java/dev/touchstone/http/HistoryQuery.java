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

    private enum Scope {
        OVERALL,
        TOUCHPOINT,
        CHANNEL,
        STAGE,
        OWNER,
        JOURNEY
    }

    private final Resolution resolution;
    private final Scope scope;
    private final String name;

    private HistoryQuery(Resolution resolution, Scope scope, String name) {
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
        Resolution length = oneOf(Resolution.values(), "resolution", resolution);
        Scope of = scope == null ? Scope.OVERALL : oneOf(Scope.values(), "scope", scope);
        return new HistoryQuery(length, of, name(of, name));
    }

    private static <E extends Enum<E>> E oneOf(E[] constants, String parameter, @Nullable String value) {
        return Arrays.stream(constants)
                .filter(constant -> lower(constant).equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(parameter + " must be one of "
                        + Arrays.stream(constants).map(HistoryQuery::lower).collect(Collectors.joining(", "))));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String name(Scope scope, @Nullable String name) {
        if (scope == Scope.OVERALL) {
            if (name != null) {
                throw new IllegalArgumentException("name is given, but the scope overall has none; leave it out");
            }
            return "";
        }
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("name is missing; add the name of the " + lower(scope));
        }
        return scope == Scope.STAGE ? stage(name) : name;
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
            case OVERALL -> history.overall(resolution);
            case TOUCHPOINT -> history.touchpoint(name, resolution);
            case CHANNEL -> history.channel(name, resolution);
            case STAGE -> history.stage(Stage.valueOf(name), resolution);
            case OWNER -> history.owner(name, resolution);
            case JOURNEY -> history.journey(name, resolution);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HistoryQuery that
                && resolution == that.resolution
                && scope == that.scope
                && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(resolution, scope, name);
    }

    @Override
    public String toString() {
        return lower(resolution) + " of " + lower(scope) + " " + name;
    }
}
