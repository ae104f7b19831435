package dev.touchstone;

import dev.touchstone.event.Stage;
import dev.touchstone.history.History;
import java.util.List;
import java.util.Map;

/** An empty history. */
enum NoHistory implements History {
    INSTANCE;

    @Override
    public List<Period> overall(Resolution resolution) {
        return List.of();
    }

    @Override
    public List<Period> touchpoint(String name, Resolution resolution) {
        return List.of();
    }

    @Override
    public Map<String, List<Period>> touchpoints(Resolution resolution) {
        return Map.of();
    }

    @Override
    public List<Period> channel(String name, Resolution resolution) {
        return List.of();
    }

    @Override
    public List<Period> stage(Stage stage, Resolution resolution) {
        return List.of();
    }

    @Override
    public List<Period> owner(String name, Resolution resolution) {
        return List.of();
    }

    @Override
    public List<Period> journey(String name, Resolution resolution) {
        return List.of();
    }

    @Override
    public List<Mark> marks() {
        return List.of();
    }

    @Override
    public long omitted() {
        return 0;
    }

    @Override
    public History withholdingSmallGroups() {
        return this;
    }
}
