package dev.touchstone;

import dev.touchstone.Scoreboard.Newcomers;
import dev.touchstone.Scoreboard.PainPoint;
import dev.touchstone.Scoreboard.Scope;
import dev.touchstone.Scoreboard.Status;
import dev.touchstone.Scoreboard.Totals;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Stage;
import dev.touchstone.scoring.Explanation;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.Evidence;
import dev.touchstone.scoring.internal.Scorer;
import dev.touchstone.scoring.internal.Windows;
import dev.touchstone.survey.Apdex;
import dev.touchstone.survey.Mentions;
import dev.touchstone.survey.internal.ChannelConsistency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Creates a scoreboard: reads each cell once and merges the results. Used once, by one thread. */
final class ScoreboardReader {

    private final Registry registry;
    private final Scorer scorer;
    private final int floor;
    private final Outlook outlook;
    private final long nowMs;
    private final List<TouchpointScope> touchpoints = new ArrayList<>();
    private final List<Scope> acrossChannels = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private final Merge overall;
    private final String compared;
    private final Map<String, Merge> channels = new TreeMap<>();
    private final Map<Stage, Merge> stages = new TreeMap<>();
    private final Map<String, Merge> owners = new TreeMap<>();
    private final IndicesReader indices = new IndicesReader();

    /**
     * Creates one.
     *
     * @param floor the number of customers below which a group is small
     * @param outlook the predicted answers
     * @param compared in words, what current scores are compared with
     */
    ScoreboardReader(Registry registry, Scorer scorer, int floor, Outlook outlook, String compared, long nowMs) {
        this.registry = registry;
        this.scorer = scorer;
        this.floor = floor;
        this.outlook = outlook;
        this.compared = compared;
        this.nowMs = nowMs;
        this.overall = new Merge(registry.catalog().model());
    }

    Scoreboard read(
            String instance,
            Instant since,
            Health health,
            Mentions mentions,
            Scoreboard.Intake intake,
            Optional<Scoreboard.CareTotals> care,
            Optional<Scoreboard.Coverage> coverage) {
        registry.all().forEach(this::read);
        return new Scoreboard(new Scoreboard.Data(
                registry.catalog().model().id(),
                instance,
                Instant.ofEpochMilli(nowMs),
                since,
                floor,
                health,
                overall.scope("overall"),
                touchpoints,
                acrossChannels,
                scopes(channels),
                scopes(stages),
                scopes(owners),
                consistency(),
                registry.allJourneys().stream()
                        .map(tally -> tally.read(scorer, floor, name -> isStep(name, tally.name()), nowMs))
                        .toList(),
                indices.read(
                        registry.catalog().benchmarks(),
                        mentions,
                        care.map(Scoreboard.CareTotals::asked).orElse(Map.of())),
                painPoints(),
                intake,
                outlook.forecast(),
                care,
                registry.variants().read(floor),
                coverage));
    }

    private boolean isStep(String touchpoint, String journey) {
        return registry.catalog()
                .touchpoint(touchpoint)
                .flatMap(TouchpointDefinition::journey)
                .filter(journey::equals)
                .isPresent();
    }

    private void read(TouchpointState touchpoint) {
        TouchpointDefinition definition = touchpoint.declaration().definition();
        boolean declared = touchpoint.declaration().declared();
        List<Cell> cells = touchpoint.cells().stream()
                .sorted(Comparator.comparing(cell -> cell.channel().name()))
                .toList();
        List<Scope> met = new ArrayList<>();
        Merge across = new Merge(registry.catalog().model());
        for (Cell cell : cells) {
            Cell.Tally tally = cell.read(touchpoint.declaration().rules().targetMs());
            indices.add(definition, cell.channel(), tally.answers(), tally.sinceStart.answers());
            if (tally.windows.count() > 0) {
                met.add(read(definition, cell, declared ? Status.ACTIVE : Status.UNDECLARED, tally));
                if (cells.size() > 1) {
                    across.add(tally, cell.group());
                }
            }
        }
        if (met.size() == 1) {
            acrossChannels.add(met.get(0));
        } else if (met.size() > 1) {
            boolean small = met.stream().anyMatch(Scope::small);
            acrossChannels.add(across.scope(definition.name(), small));
        }
        if (declared && met.isEmpty()) { // a cell with nothing but answers about effort has nothing to show
            touchpoints.add(neverSeen(definition));
        }
    }

    private Scope read(TouchpointDefinition definition, Cell cell, Status status, Cell.Tally tally) {
        Channel channel = cell.channel();
        SmallGroup group = cell.group();
        overall.add(tally, group);
        merge(channels, channel.name()).add(tally, group);
        definition.stage().ifPresent(stage -> merge(stages, stage).add(tally, group));
        definition.owner().ifPresent(owner -> merge(owners, owner).add(tally, group));
        Windows.Reading windows = tally.windows.at(nowMs);
        Scope scores =
                scope(definition.name(), windows, tally.windows.count(), group.isBelow(floor), tally.newcomers());
        seen.add(new Seen(definition.name(), channel, windows, scores.small()));
        touchpoints.add(new TouchpointScope(new TouchpointScope.TouchpointData(
                definition,
                channel,
                status,
                scores,
                tally.verdicts(),
                definition.target().map(tally::apdex),
                new Totals(tally.sinceStart),
                outlook.cell(definition.name(), channel))));
        return scores;
    }

    private static TouchpointScope neverSeen(TouchpointDefinition definition) {
        return new TouchpointScope(new TouchpointScope.TouchpointData(
                definition,
                definition.channel(),
                Status.NEVER_SEEN,
                Scope.none(definition.name(), false),
                Scoreboard.NO_VERDICTS,
                definition.target().map(ScoreboardReader::noApdex),
                Totals.NONE,
                Outlook.Mean.NONE));
    }

    private static Apdex noApdex(Duration target) {
        return new Apdex(target, 0, 0, 0);
    }

    private List<PainPoint> painPoints() {
        Windows.Reading all = overall.windows.at(nowMs);
        return seen.stream()
                .map(cell -> cell.ranked(scorer, all))
                .sorted(Ranked.MOST_EXPENSIVE_FIRST)
                .map(Ranked::point)
                .toList();
    }

    private OptionalDouble consistency() {
        ChannelConsistency consistency = new ChannelConsistency();
        channels.values().forEach(channel -> {
            Evidence.Reading baseline = channel.windows.baseline().at(nowMs);
            if (scorer.experience(baseline).isPresent()) {
                consistency.add(baseline.quality() / baseline.weight(), baseline.events());
            }
        });
        return consistency.value();
    }

    private <K> Merge merge(Map<K, Merge> merges, K key) {
        return merges.computeIfAbsent(
                key, absent -> new Merge(registry.catalog().model()));
    }

    private static <K> List<Scope> scopes(Map<K, Merge> merges) {
        List<Scope> scopes = new ArrayList<>();
        merges.forEach((key, merge) -> scopes.add(merge.scope(key.toString())));
        return scopes;
    }

    private Scope scope(String name, Windows.Reading windows, long count, boolean small, Newcomers newcomers) {
        ScopeScores scores = ScopeScores.of(scorer, windows);
        return new Scope(name, scores.now(), scores.baseline(), scores.change(), count, small, newcomers, compared);
    }

    /** A cell with events. */
    private record Seen(String touchpoint, Channel channel, Windows.Reading windows, boolean small) {

        Ranked ranked(Scorer scorer, Windows.Reading all) {
            Explanation cost = scorer.cost(windows.now(), all.now());
            Explanation usual = scorer.cost(windows.baseline(), all.baseline());
            return new Ranked(new PainPoint(touchpoint, channel, cost, usual, small), cost.sum(), usual.sum());
        }
    }

    /** A pain point with its sums, which sorting reads often. */
    private record Ranked(PainPoint point, double now, double baseline) {

        static final Comparator<Ranked> MOST_EXPENSIVE_FIRST = Comparator.comparingDouble(Ranked::now)
                .thenComparingDouble(Ranked::baseline)
                .reversed();
    }

    /** The merged cells of one scope. */
    private final class Merge {

        private final Windows windows;
        private final SmallGroup group = new SmallGroup();
        private Newcomers newcomers = Newcomers.NONE;

        Merge(ScoreModel model) {
            this.windows = new Windows(model);
        }

        void add(Cell.Tally tally, SmallGroup others) {
            group.addAll(others);
            windows.addAll(tally.windows);
            newcomers = newcomers.plus(tally.newcomers());
        }

        Scope scope(String name) {
            return scope(name, false);
        }

        Scope scope(String name, boolean small) {
            return ScoreboardReader.this.scope(
                    name, windows.at(nowMs), windows.count(), small || group.isBelow(floor), newcomers);
        }
    }
}
