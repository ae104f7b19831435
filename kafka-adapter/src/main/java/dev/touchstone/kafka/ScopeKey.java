package dev.touchstone.kafka;

import dev.touchstone.state.internal.Partition;

/** The keys of touchpoints and journeys: {@code t:<channel>:<touchpoint>} and {@code j:<journey>}. A channel has no colon. */
final class ScopeKey {

    private ScopeKey() {}

    static String of(Partition.Scope scope) {
        return scope.journey() ? journey(scope.name()) : touchpoint(scope.name(), scope.channel());
    }

    static String journey(String name) {
        return "j:" + name;
    }

    static String touchpoint(String name, String channel) {
        return "t:" + channel + ":" + name;
    }
}
