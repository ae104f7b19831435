package dev.touchstone;

import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Stage;
import dev.touchstone.history.History;
import dev.touchstone.history.internal.PeriodSums;
import dev.touchstone.history.internal.ScopeHistory;
import dev.touchstone.scoring.internal.Scorer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The history of an instance, read from its cells and journeys. Thread-safe. */
final class Periods implements History {

    private final Registry registry;
    private final Marks marks;
    private final Scorer scorer;
    private final LongSupplier nowMs;
    // 0 to withhold nothing
    private final int floor;
    private final int minimumGroupSize;

    /** @param nowMs samples the counters, and returns the time */
    Periods(Registry registry, Marks marks, Scorer scorer, int minimumGroupSize, LongSupplier nowMs) {
        this(registry, marks, scorer, minimumGroupSize, nowMs, 0);
    }

    private Periods(
            Registry registry, Marks marks, Scorer scorer, int minimumGroupSize, LongSupplier nowMs, int floor) {
        this.registry = registry;
        this.marks = marks;
        this.scorer = scorer;
        this.minimumGroupSize = minimumGroupSize;
        this.nowMs = nowMs;
        this.floor = floor;
    }

    @Override
    public List<Period> overall(Resolution resolution) {
        return cells((definition, cell) -> true, resolution);
    }

    @Override
    public List<Period> touchpoint(String name, Resolution resolution) {
        return cells((definition, cell) -> definition.name().equals(name), resolution);
    }

    @Override
    public Map<String, List<Period>> touchpoints(Resolution resolution) {
        long now = nowMs.getAsLong();
        Map<String, List<Period>> byName = new LinkedHashMap<>();
        for (TouchpointState touchpoint : registry.all()) {
            Merge merge = new Merge(resolution, now);
            touchpoint.cells().forEach(cell -> merge.add(cell.history(), cell.group()));
            List<Period> periods = merge.read();
            if (!periods.isEmpty()) {
                byName.put(touchpoint.declaration().definition().name(), periods);
            }
        }
        return byName;
    }

    @Override
    public List<Period> channel(String name, Resolution resolution) {
        return cells((definition, cell) -> cell.channel().name().equals(name), resolution);
    }

    @Override
    public List<Period> stage(Stage stage, Resolution resolution) {
        return cells(
                (definition, cell) -> definition.stage().filter(stage::equals).isPresent(), resolution);
    }

    @Override
    public List<Period> owner(String name, Resolution resolution) {
        return cells(
                (definition, cell) -> definition.owner().filter(name::equals).isPresent(), resolution);
    }

    @Override
    public List<Period> journey(String name, Resolution resolution) {
        long now = nowMs.getAsLong();
        JourneyTally journey = registry.knownJourney(name);
        Merge merge = new Merge(resolution, now);
        if (journey != null) {
            merge.add(journey.history(), journey.group());
        }
        return merge.read();
    }

    private List<Period> cells(BiPredicate<TouchpointDefinition, Cell> belongs, Resolution resolution) {
        Merge merge = new Merge(resolution, nowMs.getAsLong());
        for (TouchpointState touchpoint : registry.all()) {
            TouchpointDefinition definition = touchpoint.declaration().definition();
            for (Cell cell : touchpoint.cells()) {
                if (belongs.test(definition, cell)) {
                    merge.add(cell.history(), cell.group());
                }
            }
        }
        return merge.read();
    }

    @Override
    public List<Mark> marks() {
        return marks.all();
    }

    @Override
    public long omitted() {
        return registry.withoutHistory();
    }

    @Override
    public History withholdingSmallGroups() {
        return new Periods(registry, marks, scorer, minimumGroupSize, nowMs, minimumGroupSize);
    }

    /** The summed periods of several cells. */
    private final class Merge {

        private final Resolution resolution;
        private final long now;
        private final Map<Long, PeriodSums> byNumber = new HashMap<>();
        private final SmallGroup group = new SmallGroup();

        Merge(Resolution resolution, long now) {
            this.resolution = resolution;
            this.now = now;
        }

        void add(@Nullable ScopeHistory history, SmallGroup customers) {
            if (history != null) {
                group.addAll(customers);
                if (resolution == Resolution.HOUR) {
                    history.forEachHour(now, this::add);
                } else {
                    history.forEachDay(now, this::add);
                }
            }
        }

        private void add(PeriodSums sums, long number) {
            byNumber.merge(number, sums, PeriodSums::plus);
        }

        List<Period> read() {
            if (floor > 0 && group.isBelow(floor)) {
                return List.of();
            }
            ChronoUnit unit = resolution == Resolution.HOUR ? ChronoUnit.HOURS : ChronoUnit.DAYS;
            Map<Instant, PeriodSums> byStart = new TreeMap<>();
            byNumber.forEach((number, sums) ->
                    byStart.merge(resolution.start(Instant.EPOCH.plus(number, unit)), sums, PeriodSums::plus));
            List<Period> periods = new ArrayList<>(byStart.size());
            byStart.forEach((start, sums) -> periods.add(Period.of(
                    start,
                    sums.events(),
                    sums.failures(),
                    sums.missed(),
                    scorer.experience((double) sums.events(), sums.weight(), sums.squares(), sums.lost()),
                    scorer.effort((double) sums.tasks(), sums.units(), sums.unitSquares()))));
            return periods;
        }
    }
}
