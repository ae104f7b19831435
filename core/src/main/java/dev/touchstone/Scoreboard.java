package dev.touchstone;

import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Channel;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.Explanation;
import dev.touchstone.scoring.Interval;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.survey.Answers;
import dev.touchstone.survey.Apdex;
import dev.touchstone.survey.Mentions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A picture of everything at one instant, without customers. Immutable.
 *
 * @param model the id of the model
 * @param instance the name of the instance
 * @param asOf the instant of the picture
 * @param since the instant from which everything was counted
 * @param health what became of what was offered
 * @param overall all touchpoints together
 * @param touchpoints each touchpoint in each channel that was seen, and each declared touchpoint that was not
 * @param channels each channel that was seen
 * @param stages each declared stage that was seen
 * @param owners each declared owner of whose touchpoints one was seen
 * @param consistency how alike the channels are, 100 being the same; empty with fewer than two channels
 * @param journeys each declared journey
 * @param indices what customers answered
 * @param painPoints what each touchpoint that was seen costs the overall score, the most expensive first
 * @param intake what the process was offered since it started
 */
public record Scoreboard(
        String model,
        String instance,
        Instant asOf,
        Instant since,
        Health health,
        Scope overall,
        List<TouchpointScope> touchpoints,
        List<Scope> channels,
        List<Scope> stages,
        List<Scope> owners,
        OptionalDouble consistency,
        List<JourneyScope> journeys,
        Indices indices,
        List<PainPoint> painPoints,
        Intake intake) {

    static final Map<Verdict, Long> NO_VERDICTS = Map.of(Verdict.EXCEEDED, 0L, Verdict.MET, 0L, Verdict.MISSED, 0L);

    /** Copies the lists. */
    public Scoreboard {
        touchpoints = List.copyOf(touchpoints);
        channels = List.copyOf(channels);
        stages = List.copyOf(stages);
        owners = List.copyOf(owners);
        journeys = List.copyOf(journeys);
        painPoints = List.copyOf(painPoints);
    }

    /**
     * Returns the same without what is known of small groups of customers: there the scores are absent and the counts 0.
     * It is for pages and for whoever is not on the team. What can be told from the difference of two larger groups it
     * does not prevent.
     */
    public Scoreboard withholdingSmallGroups() {
        boolean anySmallChannel = channels.stream().anyMatch(Scope::small);
        return new Scoreboard(
                model,
                instance,
                asOf,
                since,
                health,
                overall.withheld(),
                touchpoints.stream().map(TouchpointScope::withheld).toList(),
                channels.stream().map(Scope::withheld).toList(),
                stages.stream().map(Scope::withheld).toList(),
                owners.stream().map(Scope::withheld).toList(),
                anySmallChannel ? OptionalDouble.empty() : consistency,
                journeys.stream().map(JourneyScope::withheld).toList(),
                withheldIndices(),
                painPoints.stream().filter(point -> !point.small()).toList(),
                intake);
    }

    private Indices withheldIndices() {
        if (overall.small()) {
            return Indices.NONE;
        }
        List<TouchpointScope> few =
                touchpoints.stream().filter(cell -> cell.scores().small()).toList();
        return new Indices(
                indices.overall(),
                indices.cells().stream()
                        .filter(cell -> few.stream()
                                .noneMatch(small -> small.definition().name().equals(cell.touchpoint())
                                        && small.channel().equals(cell.channel())))
                        .toList(),
                without(
                        indices.touchpoints(),
                        few.stream().map(cell -> Optional.of(cell.definition().name()))),
                without(
                        indices.channels(),
                        few.stream().map(cell -> Optional.of(cell.channel().name()))),
                without(
                        indices.stages(),
                        few.stream().map(cell -> cell.definition().stage().map(Enum::name))),
                without(
                        indices.journeys(),
                        few.stream().map(cell -> cell.definition().journey())),
                indices.benchmarks(),
                indices.mentions());
    }

    /** Without any scope to which a small group belongs: what is left of it could tell by the difference. */
    private static Map<String, Answers> without(Map<String, Answers> scopes, Stream<Optional<String>> names) {
        Map<String, Answers> kept = new LinkedHashMap<>(scopes);
        names.flatMap(Optional::stream).forEach(kept::remove);
        return kept;
    }

    /**
     * Both scores of one scope over one half-life.
     *
     * @param experience the experience score
     * @param effort the effort score
     */
    public record Scores(Score experience, Score effort) {

        static final Scores ABSENT = new Scores(Score.absent(), Score.absent());
    }

    /** Which way a scope changed, where the intervals of now and of the baseline do not overlap. */
    public enum Change {
        BETTER,
        WORSE
    }

    /** What is known of a touchpoint beside its scores. */
    public enum Status {
        /** Declared and seen. */
        ACTIVE,
        /** Declared and not seen. */
        NEVER_SEEN,
        /** Seen and not declared. */
        UNDECLARED
    }

    /**
     * What many touchpoints have in common.
     *
     * @param name the channel, stage or owner; {@code overall} for everything
     * @param now the scores of about the last hour
     * @param baseline the scores of about the last week, in which the last hour is contained
     * @param change how {@code now} differs from {@code baseline}; empty if it does not clearly
     * @param count the number of assessments
     * @param small whether so few customers are behind it that it says something of one of them
     */
    public record Scope(String name, Scores now, Scores baseline, Optional<Change> change, long count, boolean small) {

        /** Returns whether this is what is left of a small group that is withheld. */
        public boolean isWithheld() {
            return small && count == 0;
        }

        private Scope withheld() {
            return small ? new Scope(name, Scores.ABSENT, Scores.ABSENT, Optional.empty(), 0, true) : this;
        }
    }

    /**
     * A touchpoint in a channel.
     *
     * @param definition what is declared of it
     * @param channel the channel
     * @param status whether it is declared, and seen
     * @param scores the scores, the change and the number of assessments
     * @param verdicts how many events were judged how; each verdict is present
     * @param apdex the Apdex against the declared target; empty without one
     * @param totals sums since the process started, without decay
     */
    public record TouchpointScope(
            TouchpointDefinition definition,
            Channel channel,
            Status status,
            Scope scores,
            Map<Verdict, Long> verdicts,
            Optional<Apdex> apdex,
            Totals totals) {

        /** Copies the map. */
        public TouchpointScope {
            verdicts = Collections.unmodifiableMap(new EnumMap<>(verdicts));
        }

        private TouchpointScope withheld() {
            return scores.small()
                    ? new TouchpointScope(
                            definition,
                            channel,
                            status,
                            scores.withheld(),
                            NO_VERDICTS,
                            definition.target().map(target -> new Apdex(target, 0, 0, 0)),
                            Totals.NONE)
                    : this;
        }
    }

    /**
     * The points that a touchpoint in a channel takes from the overall experience score, by driver. Over all touchpoints
     * they sum to what the overall explanation says of that driver.
     *
     * @param touchpoint the name of the touchpoint
     * @param channel the channel
     * @param now what it costs the score of about the last hour
     * @param baseline what it costs the score of about the last week
     * @param small whether so few customers are behind it that it says something of one of them
     */
    public record PainPoint(String touchpoint, Channel channel, Explanation now, Explanation baseline, boolean small) {}

    /**
     * What a touchpoint in a channel counted since the process started, without decay: from the growth of these sums a
     * backend computes the quality, the Apdex and the effort of any window over any number of instances. A snapshot does
     * not bring them back, or what a backend saw before would count twice. Immutable.
     */
    public static final class Totals {

        static final Totals NONE = new Totals(new CellSums());

        // not as maps: a scoreboard has a thousand of these, and most of those who ask for it want none
        private final CellSums sums;

        /** @param sums which nobody changes any more */
        Totals(CellSums sums) {
            this.sums = sums;
        }

        /** Returns the number of assessments. */
        public double events() {
            return sums.events();
        }

        /** Returns their weights. */
        public double weight() {
            return sums.weight();
        }

        /** Returns their weights times qualities. */
        public double quality() {
            return sums.quality();
        }

        /** Returns their units of effort by what cost them; each driver is present. */
        public Map<EffortDriver, Double> effort() {
            return Collections.unmodifiableMap(sums.effort());
        }

        /** Returns the units of effort of all drivers. */
        public double effortUnits() {
            return sums.effortUnits();
        }

        /** Returns their tasks. */
        public double tasks() {
            return sums.tasks();
        }

        /** Returns how many events ended how; each outcome is present. */
        public Map<Outcome, Long> outcomes() {
            return Collections.unmodifiableMap(sums.outcomes());
        }

        /** Returns how many events were judged how; each verdict is present. */
        public Map<Verdict, Long> verdicts() {
            return Collections.unmodifiableMap(sums.verdicts());
        }

        /** Returns how many events with a declared target, the one of their time, were in which zone; each is present. */
        public Map<Apdex.Zone, Long> zones() {
            return Collections.unmodifiableMap(sums.zones());
        }

        /** Returns the money that the events were about. */
        public double amount() {
            return sums.amount();
        }

        /** Returns what serving the customers cost. */
        public double cost() {
            return sums.cost();
        }

        private List<Object> values() {
            return List.of(
                    events(),
                    weight(),
                    quality(),
                    effort(),
                    tasks(),
                    outcomes(),
                    verdicts(),
                    zones(),
                    amount(),
                    cost());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Totals totals && values().equals(totals.values());
        }

        @Override
        public int hashCode() {
            return values().hashCode();
        }

        @Override
        public String toString() {
            return "Totals" + values();
        }
    }

    /**
     * What became of a journey since the process started; as with {@link Totals}, a snapshot does not bring it back.
     *
     * @param started how many were begun
     * @param completed how many reached their end
     * @param abandoned how many were given up
     * @param unknown of how many nobody knows how they ended
     * @param completionSeconds how long the completed ones took together
     */
    public record JourneyTotals(long started, long completed, long abandoned, long unknown, double completionSeconds) {

        static final JourneyTotals NONE = new JourneyTotals(0, 0, 0, 0, 0);

        JourneyTotals minus(JourneyTotals earlier) {
            return new JourneyTotals(
                    started - earlier.started,
                    completed - earlier.completed,
                    abandoned - earlier.abandoned,
                    unknown - earlier.unknown,
                    completionSeconds - earlier.completionSeconds);
        }
    }

    /**
     * What the process was offered since it started; as with {@link Totals}, a snapshot does not bring it back.
     *
     * @param offered the events that were offered
     * @param accepted the events that were counted
     * @param dropped the events that were not, by reason; each reason is present
     * @param warnings what was remarkable about accepted events; each warning is present
     * @param mentions what was said in public
     */
    public record Intake(
            long offered,
            long accepted,
            Map<DropReason, Long> dropped,
            Map<Warning, Long> warnings,
            Mentions mentions) {

        static final Intake NONE = new Counters(0).intake(Mentions.NONE);

        /** Returns what came after an earlier intake, with the same mentions. */
        Intake minus(Intake earlier) {
            return new Intake(
                    offered - earlier.offered,
                    accepted - earlier.accepted,
                    differences(dropped, earlier.dropped),
                    differences(warnings, earlier.warnings),
                    mentions);
        }

        private static <K> Map<K, Long> differences(Map<K, Long> counts, Map<K, Long> earlier) {
            Map<K, Long> differences = new TreeMap<>(counts);
            earlier.forEach((key, count) -> differences.merge(key, -count, Long::sum));
            return differences;
        }

        /** Copies the maps. */
        public Intake {
            dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
            warnings = Collections.unmodifiableMap(new TreeMap<>(warnings));
        }
    }

    /**
     * A journey. Always {@code started = completed + abandoned + unknown + open}.
     *
     * @param name the journey
     * @param now the scores of about the last hour
     * @param baseline the scores of about the last week
     * @param started how many were begun
     * @param completed how many reached their end
     * @param abandoned how many were given up
     * @param unknown of how many nobody knows how they ended
     * @param open how many are still going on
     * @param completedSteps how many were completed with how many steps, by the number of steps
     * @param abandonedSteps how many were given up after how many steps, by the number of steps
     * @param meanTimeToComplete how long the completed ones took on average; empty without any
     * @param totals what became of it since the process started
     * @param small whether the closed ones are of so few customers that they say something of one of them
     */
    public record JourneyScope(
            String name,
            Scores now,
            Scores baseline,
            long started,
            long completed,
            long abandoned,
            long unknown,
            long open,
            Map<Integer, Long> completedSteps,
            Map<Integer, Long> abandonedSteps,
            Optional<Duration> meanTimeToComplete,
            JourneyTotals totals,
            boolean small) {

        /** Copies the maps. */
        public JourneyScope {
            completedSteps = Collections.unmodifiableMap(new TreeMap<>(completedSteps));
            abandonedSteps = Collections.unmodifiableMap(new TreeMap<>(abandonedSteps));
        }

        /** Returns whether this is what is left of a small group that is withheld. */
        public boolean isWithheld() {
            return small && started == 0;
        }

        private JourneyScope withheld() {
            return small
                    ? new JourneyScope(
                            name,
                            Scores.ABSENT,
                            Scores.ABSENT,
                            0,
                            0,
                            0,
                            0,
                            0,
                            Map.of(),
                            Map.of(),
                            Optional.empty(),
                            JourneyTotals.NONE,
                            true)
                    : this;
        }

        /** Returns the share of closed journeys that were completed; empty without any. */
        public OptionalDouble completionRate() {
            long closed = completed + abandoned;
            return closed == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) completed / closed);
        }

        /** Returns the 95 % interval of the completion rate (Wilson). */
        public Interval completionInterval() {
            return Interval.wilson(completionRate().orElse(0), (double) (completed + abandoned));
        }

        /** Returns the median number of steps of completed journeys, the lower one of two; empty without any. */
        public OptionalDouble medianSteps() {
            long seen = 0;
            for (Map.Entry<Integer, Long> steps : completedSteps.entrySet()) {
                seen += steps.getValue();
                if (2 * seen >= completed) {
                    return OptionalDouble.of(steps.getKey());
                }
            }
            return OptionalDouble.empty();
        }

        /**
         * Returns the share of closed journeys that came as far as a step and were given up after it; empty if none came
         * so far.
         *
         * @param step the number of the step, from 1
         */
        public OptionalDouble dropOffAfter(int step) {
            long reached = countFrom(completedSteps, step) + countFrom(abandonedSteps, step);
            return reached == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((double) abandonedSteps.getOrDefault(step, 0L) / reached);
        }

        private static long countFrom(Map<Integer, Long> counts, int step) {
            return counts.entrySet().stream()
                    .filter(count -> count.getKey() >= step)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }
    }
}
