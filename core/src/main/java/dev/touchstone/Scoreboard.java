package dev.touchstone;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.Signal;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Channel;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.Warning;
import dev.touchstone.internal.Saturating;
import dev.touchstone.prediction.Forecast;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An immutable view of all scores at one instant, without customers. */
public final class Scoreboard {

    static final Map<Verdict, Long> NO_VERDICTS = Map.of(Verdict.EXCEEDED, 0L, Verdict.MET, 0L, Verdict.MISSED, 0L);

    private final Data data;

    Scoreboard(Data data) {
        this.data = data;
    }

    /** Returns the id of the score model. */
    public String model() {
        return data.model();
    }

    /** Returns the name of the instance. */
    public String instance() {
        return data.instance();
    }

    /** Returns the instant of the scoreboard. */
    public Instant asOf() {
        return data.asOf();
    }

    /** Returns the instant since which events are counted. */
    public Instant since() {
        return data.since();
    }

    /** Returns the number of customers below which an aggregate is a small group; 0 if no group counts as small. */
    public int minimumGroupSize() {
        return data.minimumGroupSize();
    }

    /** Returns the counts of all offered events. */
    public Health health() {
        return data.health();
    }

    /** Returns the scores of all touchpoints together. */
    public Scope overall() {
        return data.overall();
    }

    /** Returns each touchpoint in each channel with events, and each declared touchpoint without events. */
    public List<TouchpointScope> touchpoints() {
        return data.touchpoints();
    }

    /**
     * Returns each touchpoint with events, merged across its channels, in the order of {@link #touchpoints()}. It is
     * {@linkplain Scope#small() small} if any of its channels is: the difference to the other channels would reveal
     * that one.
     */
    public List<Scope> acrossChannels() {
        return data.acrossChannels();
    }

    /** Returns each channel with events. */
    public List<Scope> channels() {
        return data.channels();
    }

    /** Returns each declared stage with events. */
    public List<Scope> stages() {
        return data.stages();
    }

    /** Returns each declared owner of a touchpoint with events. */
    public List<Scope> owners() {
        return data.owners();
    }

    /** Returns the consistency of the channels, from 0 to 100 (all the same); empty with fewer than two channels. */
    public OptionalDouble consistency() {
        return data.consistency();
    }

    /** Returns each declared journey. */
    public List<JourneyScope> journeys() {
        return data.journeys();
    }

    /** Returns the indices of customers' answers. */
    public Indices indices() {
        return data.indices();
    }

    /** Returns the points that each touchpoint with events subtracts from the overall score, highest first. */
    public List<PainPoint> painPoints() {
        return data.painPoints();
    }

    /** Returns the predicted answers of all customers; empty without predictions, and before any answer was learned. */
    public Optional<Forecast> predicted() {
        return data.predicted();
    }

    /** Returns the counts of signals, cases and questions; empty without {@link TouchstoneBuilder#care}. */
    public Optional<CareTotals> care() {
        return data.care();
    }

    /** Returns the comparison for each attribute that the catalog declares as variants. */
    public List<Comparison> comparisons() {
        return data.comparisons();
    }

    /**
     * Returns how much of a cluster is in this scoreboard; empty unless the instance answers for a cluster. If a partition did
     * not answer, this scoreboard is a part of the whole; if none did, it is that of the instance alone. Totals, comparisons,
     * forecasts and care are absent from the scoreboard of a cluster, and {@link #health()} and {@link #intake()} are always
     * those of the instance.
     */
    public Optional<Coverage> coverage() {
        return data.coverage();
    }

    /** Returns the counts of all offered events since process start. */
    public Intake intake() {
        return data.intake();
    }

    /**
     * Returns this scoreboard without data about small groups of customers: their scores are absent and their counts 0.
     * For readers outside the team. It does not prevent inferences from the difference of two larger groups.
     */
    public Scoreboard withholdingSmallGroups() {
        boolean anySmallChannel = channels().stream().anyMatch(Scope::small);
        return new Scoreboard(new Data(
                model(),
                instance(),
                asOf(),
                since(),
                minimumGroupSize(),
                health(),
                overall().withheld(),
                touchpoints().stream()
                        .map(touchpoint -> touchpoint.withheld(minimumGroupSize()))
                        .toList(),
                acrossChannels().stream().map(Scope::withheld).toList(),
                channels().stream().map(Scope::withheld).toList(),
                stages().stream().map(Scope::withheld).toList(),
                owners().stream().map(Scope::withheld).toList(),
                anySmallChannel ? OptionalDouble.empty() : consistency(),
                journeys().stream().map(JourneyScope::withheld).toList(),
                withheldIndices(),
                painPoints().stream().filter(point -> !point.small()).toList(),
                intake(),
                predicted().filter(forecast -> forecast.customers() >= minimumGroupSize()),
                care().map(this::withheld),
                comparisons().stream().map(Comparison::withholdingSmallGroups).toList(),
                coverage()));
    }

    /**
     * Withholds signals of touchpoints and journeys with few customers, and everything if there are few customers
     * overall.
     */
    private CareTotals withheld(CareTotals care) {
        Set<String> few = Stream.concat(
                        touchpoints().stream()
                                .map(TouchpointScope::scores)
                                .filter(Scope::small)
                                .map(Scope::name),
                        journeys().stream().filter(JourneyScope::small).map(JourneyScope::name))
                .collect(Collectors.toSet());
        return overall().small() ? CareTotals.NONE : care.without(few);
    }

    private Indices withheldIndices() {
        Indices indices = indices();
        if (overall().small()) {
            return Indices.NONE;
        }
        List<TouchpointScope> few =
                touchpoints().stream().filter(cell -> cell.scores().small()).toList();
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
                indices.mentions(),
                indices.responseRates());
    }

    /** Removes every scope that contains a small group: the difference to its other parts would reveal the group. */
    private static Map<String, Answers> without(Map<String, Answers> scopes, Stream<Optional<String>> names) {
        Map<String, Answers> rest = new LinkedHashMap<>(scopes);
        names.flatMap(Optional::stream).forEach(rest::remove);
        return rest;
    }

    @Override
    public String toString() {
        return "Scoreboard of " + instance() + " at " + asOf() + ": " + overall();
    }

    /** How much of a cluster is in an answer, by partitions of the customers. Immutable. */
    public static final class Coverage {

        private final int answered;
        private final int partitions;
        private final Duration age;

        Coverage(int answered, int partitions, Duration age) {
            this.answered = answered;
            this.partitions = partitions;
            this.age = age;
        }

        /** Returns the number of partitions that are in the answer; 0 if it is that of the instance alone. */
        public int answered() {
            return answered;
        }

        /** Returns the number of all partitions that belong in the answer: 1 for a customer. */
        public int partitions() {
            return partitions;
        }

        /** Returns the share of the partitions that are in the answer, from 0 to 1; 0 while their number is unknown. */
        public double share() {
            return partitions == 0 ? 0 : (double) answered / partitions;
        }

        /** Returns whether nothing is missing. */
        public boolean isWhole() {
            return partitions > 0 && answered == partitions;
        }

        /** Returns the age of the oldest part: what was published later may be missing. */
        public Duration age() {
            return age;
        }

        @Override
        public String toString() {
            return answered + " of " + partitions + " partitions, " + age + " old";
        }
    }

    /** Both scores of one scope over one half-life. Immutable. */
    public static final class Scores {

        static final Scores ABSENT = new Scores(Score.absent(), Score.absent());

        private final Score experience;
        private final Score effort;

        Scores(Score experience, Score effort) {
            this.experience = experience;
            this.effort = effort;
        }

        /** Returns the experience score. */
        public Score experience() {
            return experience;
        }

        /** Returns the effort score. */
        public Score effort() {
            return effort;
        }

        @Override
        public String toString() {
            return "experience " + experience + ", effort " + effort;
        }
    }

    /**
     * The direction of a change. There is one only if the current and the baseline confidence interval do not overlap.
     */
    public enum Change {
        BETTER,
        WORSE
    }

    /** Whether a touchpoint is declared and has events. */
    public enum Status {
        /** Declared, with events. */
        ACTIVE,
        /** Declared, without events. */
        NEVER_SEEN,
        /** Not declared, with events. */
        UNDECLARED
    }

    /** The scores of one touchpoint, or of several together. Immutable. */
    public static final class Scope {

        private final String name;
        private final Scores now;
        private final Scores baseline;
        private final Optional<Change> change;
        private final long count;
        private final boolean small;
        private final Newcomers newcomers;
        private final String compared;

        /** @param compared in words, what current scores are compared with */
        Scope(
                String name,
                Scores now,
                Scores baseline,
                Optional<Change> change,
                long count,
                boolean small,
                Newcomers newcomers,
                String compared) {
            this.name = name;
            this.now = now;
            this.baseline = baseline;
            this.change = change;
            this.count = count;
            this.small = small;
            this.newcomers = newcomers;
            this.compared = compared;
        }

        /** Returns an empty scope. */
        static Scope none(String name, boolean small) {
            return new Scope(name, Scores.ABSENT, Scores.ABSENT, Optional.empty(), 0, small, Newcomers.NONE, "");
        }

        /** Returns the name of the channel, stage, owner or touchpoint; {@code overall} for everything. */
        public String name() {
            return name;
        }

        /** Returns the scores of about the last hour. */
        public Scores now() {
            return now;
        }

        /** Returns the scores of about the last week, which contains the last hour. */
        public Scores baseline() {
            return baseline;
        }

        /** Returns the change from {@code baseline} to {@code now}; empty unless it is clear. */
        public Optional<Change> change() {
            return change;
        }

        /**
         * Returns one line with the difference of {@code now} from {@code baseline} and the reasons, such as
         * {@code search lost 6.2 [3.1, 9.4] against last week: pace 4.0, promise 1.9, rest 0.3}; empty if one of the
         * two is absent.
         */
        public Optional<String> why() {
            return now.experience().isPresent() && baseline.experience().isPresent()
                    ? Optional.of(now.experience().changeFrom(baseline.experience(), name, compared))
                    : Optional.empty();
        }

        /** Returns the number of assessments. */
        public long count() {
            return count;
        }

        /**
         * Returns how many events were the customer's first at their touchpoint. Empty if there are no events of
         * customers, and for touchpoints beyond the first 64 of the instance. Declared touchpoints are numbered first.
         */
        public Optional<Newcomers> newcomers() {
            return newcomers.ifAny();
        }

        /** Returns whether the scope has so few customers that it reveals something about one of them. */
        public boolean small() {
            return small;
        }

        /** Returns whether this is a small group without its data. */
        public boolean isWithheld() {
            return small && count == 0;
        }

        private Scope withheld() {
            return small ? none(name, true) : this;
        }

        @Override
        public String toString() {
            return name + " " + now + ", count " + count;
        }
    }

    /**
     * The number of events that were the customer's first at their touchpoint, meaning that no earlier one was in
     * memory. Anonymous events and answers do not count, and nothing decays. After an eviction, the customer's next
     * event counts as the first again. Immutable.
     */
    public static final class Newcomers {

        static final Newcomers NONE = new Newcomers(0, 0);

        private final long count;
        private final long events;

        Newcomers(long count, long events) {
            this.count = count;
            this.events = events;
        }

        /** Returns the number of events that were the customer's first at the touchpoint. */
        public long count() {
            return count;
        }

        /** Returns the number of events of customers, at least 1. */
        public long events() {
            return events;
        }

        /** Returns the share of events that were the customer's first at the touchpoint, from 0 to 1. */
        public double share() {
            return (double) count / events;
        }

        /**
         * Returns the 95 % confidence interval of that share (Wilson), as if each event were of a different customer.
         */
        public Interval interval() {
            return Interval.wilson(share(), (double) events);
        }

        Newcomers plus(Newcomers other) {
            return other.events == 0
                    ? this
                    : new Newcomers(Saturating.add(count, other.count), Saturating.add(events, other.events));
        }

        Optional<Newcomers> ifAny() {
            return events == 0 ? Optional.empty() : Optional.of(this);
        }

        @Override
        public String toString() {
            return count + " of " + events + " events";
        }
    }

    /** A touchpoint in a channel. Immutable. */
    public static final class TouchpointScope {

        private final TouchpointData data;

        TouchpointScope(TouchpointData data) {
            this.data = data;
        }

        /** Returns the definition of the touchpoint. */
        public TouchpointDefinition definition() {
            return data.definition();
        }

        /** Returns the channel. */
        public Channel channel() {
            return data.channel();
        }

        /** Returns whether the touchpoint is declared and has events. */
        public Status status() {
            return data.status();
        }

        /** Returns the scores, the change and the number of assessments. */
        public Scope scores() {
            return data.scores();
        }

        /** Returns the number of events by verdict; each verdict is present. */
        public Map<Verdict, Long> verdicts() {
            return data.verdicts();
        }

        /** Returns the Apdex against the declared target; empty without a target. */
        public Optional<Apdex> apdex() {
            return data.apdex();
        }

        /** Returns the undecayed sums since process start. */
        public Totals totals() {
            return data.totals();
        }

        /**
         * Returns the mean predicted probability, from 0 to 1, of a satisfied answer over the customers whose last
         * event within 30 days was here. Empty if there are none, without predictions, and before any answer was
         * learned.
         */
        public OptionalDouble predicted() {
            return data.predicted().satisfied();
        }

        private TouchpointScope withheld(int floor) {
            return scores().small()
                    ? new TouchpointScope(new TouchpointData(
                            definition(),
                            channel(),
                            status(),
                            scores().withheld(),
                            NO_VERDICTS,
                            definition().target().map(target -> new Apdex(target, 0, 0, 0)),
                            Totals.NONE,
                            Outlook.Mean.NONE))
                    : new TouchpointScope(data.predicted(data.predicted().withheldBelow(floor)));
        }

        @Override
        public String toString() {
            return scores() + ", channel " + channel();
        }

        record TouchpointData(
                TouchpointDefinition definition,
                Channel channel,
                Status status,
                Scope scores,
                Map<Verdict, Long> verdicts,
                Optional<Apdex> apdex,
                Totals totals,
                Outlook.Mean predicted) {

            TouchpointData {
                verdicts = Collections.unmodifiableMap(new EnumMap<>(verdicts));
            }

            TouchpointData predicted(Outlook.Mean other) {
                return new TouchpointData(definition, channel, status, scores, verdicts, apdex, totals, other);
            }
        }
    }

    /**
     * The points that a touchpoint in a channel subtracts from the overall experience score, by driver. For each
     * driver, the points of all touchpoints sum to its part in the overall explanation. Immutable.
     */
    public static final class PainPoint {

        private final String touchpoint;
        private final Channel channel;
        private final Explanation now;
        private final Explanation baseline;
        private final boolean small;

        PainPoint(String touchpoint, Channel channel, Explanation now, Explanation baseline, boolean small) {
            this.touchpoint = touchpoint;
            this.channel = channel;
            this.now = now;
            this.baseline = baseline;
            this.small = small;
        }

        /** Returns the name of the touchpoint. */
        public String touchpoint() {
            return touchpoint;
        }

        /** Returns the channel. */
        public Channel channel() {
            return channel;
        }

        /** Returns the points subtracted from the score of about the last hour. */
        public Explanation now() {
            return now;
        }

        /** Returns the points subtracted from the score of about the last week. */
        public Explanation baseline() {
            return baseline;
        }

        /** Returns whether the touchpoint has so few customers that it reveals something about one of them. */
        public boolean small() {
            return small;
        }

        @Override
        public String toString() {
            return touchpoint + ", channel " + channel + ": " + now;
        }
    }

    /**
     * The undecayed sums of a touchpoint in a channel since process start. From their growth a backend can compute the
     * quality, the Apdex and the effort of any window over any number of instances. Restored state is excluded: a
     * backend would count it twice. Immutable.
     */
    public static final class Totals {

        static final Totals NONE = new Totals(new CellSums());

        // no maps: a scoreboard has a thousand of these, and most callers do not read them
        private final CellSums sums;

        /** @param sums the sums, which no longer change */
        Totals(CellSums sums) {
            this.sums = sums;
        }

        /** Returns the number of assessments. */
        public double events() {
            return sums.events();
        }

        /** Returns the sum of their weights. */
        public double weight() {
            return sums.weight();
        }

        /** Returns the sum of their weights times their qualities. */
        public double quality() {
            return sums.quality();
        }

        /** Returns their effort units by driver; each driver is present. */
        public Map<EffortDriver, Double> effort() {
            return Collections.unmodifiableMap(sums.effort());
        }

        /** Returns their effort units over all drivers. */
        public double effortUnits() {
            return sums.effortUnits();
        }

        /** Returns the number of their tasks. */
        public double tasks() {
            return sums.tasks();
        }

        /** Returns the number of events by outcome; each outcome is present. */
        public Map<Outcome, Long> outcomes() {
            return Collections.unmodifiableMap(sums.outcomes());
        }

        /** Returns the number of events by verdict; each verdict is present. */
        public Map<Verdict, Long> verdicts() {
            return Collections.unmodifiableMap(sums.verdicts());
        }

        /**
         * Returns the number of events by Apdex zone, against the target declared at the time of the event; each zone
         * is present.
         */
        public Map<Apdex.Zone, Long> zones() {
            return Collections.unmodifiableMap(sums.zones());
        }

        /** Returns the sum of the amounts, less refunds. */
        public double amount() {
            return amountIn() - amountOut();
        }

        /** Returns the sum of the positive amounts, at least 0. Never decreases. */
        public double amountIn() {
            return sums.amountIn();
        }

        /**
         * Returns the sum of the negative amounts, such as refunds, without their sign: at least 0. Never decreases.
         */
        public double amountOut() {
            return sums.amountOut();
        }

        /** Returns the cost of serving the customers, less credits. */
        public double cost() {
            return costIn() - costOut();
        }

        /** Returns the sum of the positive costs, at least 0. Never decreases. */
        public double costIn() {
            return sums.costIn();
        }

        /** Returns the sum of the negative costs, such as credits, without their sign: at least 0. Never decreases. */
        public double costOut() {
            return sums.costOut();
        }

        /**
         * Returns how many events were the customer's first here; empty in the same cases as {@link Scope#newcomers()}.
         */
        public Optional<Newcomers> newcomers() {
            return sums.newcomers().ifAny();
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
                    amountIn(),
                    amountOut(),
                    costIn(),
                    costOut(),
                    sums.newcomers().count(),
                    sums.newcomers().events());
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

    /** The counts of a journey since process start. As in {@link Totals}, restored state is excluded. Immutable. */
    public static final class JourneyTotals {

        static final JourneyTotals NONE = new JourneyTotals(0, 0, 0, 0, 0);

        private final long started;
        private final long completed;
        private final long abandoned;
        private final long unknown;
        private final double completionSeconds;

        JourneyTotals(long started, long completed, long abandoned, long unknown, double completionSeconds) {
            this.started = started;
            this.completed = completed;
            this.abandoned = abandoned;
            this.unknown = unknown;
            this.completionSeconds = completionSeconds;
        }

        /** Returns the number of journeys that started. */
        public long started() {
            return started;
        }

        /** Returns the number of journeys that reached their end. */
        public long completed() {
            return completed;
        }

        /** Returns the number of journeys that were abandoned. */
        public long abandoned() {
            return abandoned;
        }

        /** Returns the number of journeys whose end is unknown. */
        public long unknown() {
            return unknown;
        }

        /** Returns the total duration of the completed journeys, in seconds. */
        public double completionSeconds() {
            return completionSeconds;
        }

        JourneyTotals minus(JourneyTotals earlier) {
            return new JourneyTotals(
                    started - earlier.started,
                    completed - earlier.completed,
                    abandoned - earlier.abandoned,
                    unknown - earlier.unknown,
                    completionSeconds - earlier.completionSeconds);
        }

        @Override
        public String toString() {
            return "started " + started + ", completed " + completed + ", abandoned " + abandoned + ", unknown "
                    + unknown;
        }
    }

    /** The counts of signals and questions since process start, and of the recovery cases in memory. Immutable. */
    public static final class CareTotals {

        static final CareTotals NONE = new CareTotals(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

        private final Map<Signal.Kind, Map<String, Long>> touchpointSignals;
        private final Map<Signal.Kind, Map<String, Long>> journeySignals;
        private final Map<String, Map<RecoveryCase.Status, Long>> cases;
        private final Map<String, Map<RecoveryCase.Overdue, Long>> overdue;
        private final Map<String, Long> asked;

        CareTotals(
                Map<Signal.Kind, Map<String, Long>> touchpointSignals,
                Map<Signal.Kind, Map<String, Long>> journeySignals,
                Map<String, Map<RecoveryCase.Status, Long>> cases,
                Map<String, Map<RecoveryCase.Overdue, Long>> overdue,
                Map<String, Long> asked) {
            this.touchpointSignals = sorted(touchpointSignals);
            this.journeySignals = sorted(journeySignals);
            this.cases = sorted(cases);
            this.overdue = sorted(overdue);
            this.asked = Collections.unmodifiableMap(new TreeMap<>(asked));
        }

        private static <A extends Comparable<A>, B extends Comparable<B>> Map<A, Map<B, Long>> sorted(
                Map<A, Map<B, Long>> counts) {
            Map<A, Map<B, Long>> sorted = new TreeMap<>();
            counts.forEach((key, inner) -> sorted.put(key, Collections.unmodifiableMap(new TreeMap<>(inner))));
            return Collections.unmodifiableMap(sorted);
        }

        private CareTotals without(Set<String> names) {
            return new CareTotals(
                    without(touchpointSignals, names), without(journeySignals, names), cases, overdue, asked);
        }

        private static Map<Signal.Kind, Map<String, Long>> without(
                Map<Signal.Kind, Map<String, Long>> signals, Set<String> names) {
            Map<Signal.Kind, Map<String, Long>> rest = new TreeMap<>();
            signals.forEach((kind, byName) -> {
                Map<String, Long> left = new TreeMap<>(byName);
                left.keySet().removeAll(names);
                rest.put(kind, left);
            });
            return rest;
        }

        /**
         * Returns the number of raised signals by kind and touchpoint; the name is blank for signals without a
         * touchpoint.
         */
        public Map<Signal.Kind, Map<String, Long>> touchpointSignals() {
            return touchpointSignals;
        }

        /** Returns the number of raised signals about journeys, by kind and journey. */
        public Map<Signal.Kind, Map<String, Long>> journeySignals() {
            return journeySignals;
        }

        /** Returns the number of recovery cases by owner and status; the owner is blank for cases without one. */
        public Map<String, Map<RecoveryCase.Status, Long>> cases() {
            return cases;
        }

        /** Returns the number of overdue recovery cases by owner and by what is overdue. */
        public Map<String, Map<RecoveryCase.Overdue, Long>> overdue() {
            return overdue;
        }

        /** Returns the number of customers who were asked, by question. */
        public Map<String, Long> asked() {
            return asked;
        }
    }

    /**
     * The counts of offered events since process start. As in {@link Totals}, restored state is excluded. Immutable.
     */
    public static final class Intake {

        static final Intake NONE = new Counters(0).intake(Mentions.NONE);

        private final long offered;
        private final long accepted;
        private final Map<DropReason, Long> dropped;
        private final Map<Warning, Long> warnings;
        private final Mentions mentions;

        Intake(
                long offered,
                long accepted,
                Map<DropReason, Long> dropped,
                Map<Warning, Long> warnings,
                Mentions mentions) {
            this.offered = offered;
            this.accepted = accepted;
            this.dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
            this.warnings = Collections.unmodifiableMap(new TreeMap<>(warnings));
            this.mentions = mentions;
        }

        /** Returns the number of offered events. */
        public long offered() {
            return offered;
        }

        /** Returns the number of counted events. */
        public long accepted() {
            return accepted;
        }

        /** Returns the number of dropped events by reason; each reason is present. */
        public Map<DropReason, Long> dropped() {
            return dropped;
        }

        /** Returns the number of warnings about accepted events; each warning is present. */
        public Map<Warning, Long> warnings() {
            return warnings;
        }

        /** Returns the public mentions. */
        public Mentions mentions() {
            return mentions;
        }

        /** Returns the difference from an earlier intake, with the same mentions. */
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

        @Override
        public String toString() {
            return "offered " + offered + ", accepted " + accepted;
        }
    }

    /** A journey. {@code started = completed + abandoned + unknown + open} always holds. Immutable. */
    public static final class JourneyScope {

        private final JourneyData data;

        JourneyScope(JourneyData data) {
            this.data = data;
        }

        /** Returns the name of the journey. */
        public String name() {
            return data.name();
        }

        /** Returns the scores of about the last hour. */
        public Scores now() {
            return data.now();
        }

        /** Returns the scores of about the last week. */
        public Scores baseline() {
            return data.baseline();
        }

        /** Returns the number of journeys that started. */
        public long started() {
            return data.started();
        }

        /** Returns the number of journeys that reached their end. */
        public long completed() {
            return data.completed();
        }

        /** Returns the number of journeys that were abandoned. */
        public long abandoned() {
            return data.abandoned();
        }

        /** Returns the number of journeys whose end is unknown. */
        public long unknown() {
            return data.unknown();
        }

        /** Returns the number of open journeys. */
        public long open() {
            return data.open();
        }

        /** Returns the number of completed journeys by their number of steps. */
        public Map<Integer, Long> completedSteps() {
            return data.completedSteps();
        }

        /** Returns the number of abandoned journeys by their number of steps. */
        public Map<Integer, Long> abandonedSteps() {
            return data.abandonedSteps();
        }

        /** Returns the mean duration of the completed journeys; empty if there are none. */
        public Optional<Duration> meanTimeToComplete() {
            return data.meanTimeToComplete();
        }

        /**
         * Returns the closed journeys by the worst verdict at each touchpoint on the way, without the event that
         * completed the journey. Covers the first 16 touchpoints of a journey.
         */
        public List<Conversion> conversions() {
            return data.conversions();
        }

        /**
         * Returns the progress of the journeys: each step at each touchpoint, by number of the step, most frequent
         * touchpoint first. Steps count in the order in which their events arrived, and nothing decays. At each step,
         * the first 20 touchpoints have their own counts; all others count together as {@code other}.
         */
        public List<Step> funnel() {
            return data.funnel();
        }

        /** Returns the counts since process start. */
        public JourneyTotals totals() {
            return data.totals();
        }

        /** Returns whether the closed journeys are of so few customers that they reveal something about one of them. */
        public boolean small() {
            return data.small();
        }

        /** Returns whether this is a small group without its data. */
        public boolean isWithheld() {
            return small() && started() == 0;
        }

        private JourneyScope withheld() {
            return small()
                    ? new JourneyScope(new JourneyData(
                            name(),
                            Scores.ABSENT,
                            Scores.ABSENT,
                            0,
                            0,
                            0,
                            0,
                            0,
                            Map.of(),
                            Map.of(),
                            Map.of(),
                            Map.of(),
                            Optional.empty(),
                            List.of(),
                            List.of(),
                            JourneyTotals.NONE,
                            true))
                    : this;
        }

        /**
         * Returns the number of closed journeys that were opened less than the journey's timeout ago. They may have
         * been completed but hardly abandoned, so they are in no rate yet. The time is rounded up by at most a sixtieth
         * of the timeout or a second, whichever is longer.
         */
        public long recent() {
            return sum(data.recentCompletedSteps()) + sum(data.recentAbandonedSteps());
        }

        /** Returns the number of journeys in the completion rate: those that are closed and not {@link #recent()}. */
        public long rated() {
            return sum(data.ratedCompletedSteps()) + sum(data.ratedAbandonedSteps());
        }

        /**
         * Returns the share of completed journeys, from 0 to 1, among the closed ones that were opened at least the
         * journey's timeout ago; empty if there are none.
         */
        public OptionalDouble completionRate() {
            long rated = rated();
            return rated == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((double) sum(data.ratedCompletedSteps()) / rated);
        }

        /** Returns the 95 % confidence interval of the completion rate (Wilson). */
        public Interval completionInterval() {
            return Interval.wilson(completionRate().orElse(0), (double) rated());
        }

        /** Returns the median number of steps of completed journeys, the lower one of two; empty if there are none. */
        public OptionalDouble medianSteps() {
            long seen = 0;
            for (Map.Entry<Integer, Long> steps : completedSteps().entrySet()) {
                seen += steps.getValue();
                if (2 * seen >= completed()) {
                    return OptionalDouble.of(steps.getKey());
                }
            }
            return OptionalDouble.empty();
        }

        /**
         * Returns the share of journeys with at least this many steps that were abandoned after this step, from 0 to 1.
         * Covers the journeys in the completion rate; empty if none of them had the step.
         *
         * @param step the number of the step, from 1
         */
        public OptionalDouble dropOffAfter(int step) {
            long reached = countFrom(data.ratedCompletedSteps(), step) + countFrom(data.ratedAbandonedSteps(), step);
            return reached == 0
                    ? OptionalDouble.empty()
                    : OptionalDouble.of((double) data.ratedAbandonedSteps().getOrDefault(step, 0L) / reached);
        }

        private static long sum(Map<Integer, Long> counts) {
            return counts.values().stream().mapToLong(Long::longValue).reduce(0, Saturating::add);
        }

        private static long countFrom(Map<Integer, Long> counts, int step) {
            return counts.entrySet().stream()
                    .filter(count -> count.getKey() >= step)
                    .mapToLong(Map.Entry::getValue)
                    .reduce(0, Saturating::add);
        }

        @Override
        public String toString() {
            return name() + " " + now() + ", started " + started() + ", completed " + completed();
        }

        /**
         * The journeys by the worst verdict at one touchpoint on the way. A lower completion rate after a worse
         * experience does not prove that the experience is the cause. Immutable.
         */
        public static final class Conversion {

            private final String touchpoint;
            private final long[] completed;
            private final long[] abandoned;

            Conversion(String touchpoint, long[] completed, long[] abandoned) {
                this.touchpoint = touchpoint;
                this.completed = completed;
                this.abandoned = abandoned;
            }

            /** Returns the name of the touchpoint. */
            public String touchpoint() {
                return touchpoint;
            }

            /** Returns the number of completed journeys with this worst verdict at the touchpoint. */
            public long completed(Verdict worst) {
                return completed[worst.ordinal()];
            }

            /** Returns the number of completed or abandoned journeys with this worst verdict at the touchpoint. */
            public long closed(Verdict worst) {
                return Saturating.add(completed[worst.ordinal()], abandoned[worst.ordinal()]);
            }

            /** Returns the completed share of those journeys, from 0 to 1; empty if there are none. */
            public OptionalDouble rate(Verdict worst) {
                return rate(completed(worst), closed(worst));
            }

            /** Returns the 95 % confidence interval of that share (Wilson). */
            public Interval interval(Verdict worst) {
                return Interval.wilson(rate(worst).orElse(0), (double) closed(worst));
            }

            /**
             * Returns how much lower the completed share is with the worst verdict MISSED than with the others, from -1
             * to 1; empty if one of the two has no journeys.
             */
            public OptionalDouble lostByMissing() {
                OptionalDouble missed = rate(Verdict.MISSED);
                OptionalDouble others = rate(othersCompleted(), othersClosed());
                return missed.isEmpty() || others.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(others.getAsDouble() - missed.getAsDouble());
            }

            /** Returns the 95 % confidence interval of that difference (Newcombe 1998, method 10). */
            public Interval lostInterval() {
                double missed = rate(Verdict.MISSED).orElse(0);
                double others = rate(othersCompleted(), othersClosed()).orElse(0);
                Interval ofOthers = Interval.wilson(others, (double) othersClosed());
                return Interval.lost(others, ofOthers, missed, interval(Verdict.MISSED));
            }

            private long othersCompleted() {
                return Saturating.add(completed(Verdict.EXCEEDED), completed(Verdict.MET));
            }

            private long othersClosed() {
                return Saturating.add(closed(Verdict.EXCEEDED), closed(Verdict.MET));
            }

            private static OptionalDouble rate(long completed, long closed) {
                return closed == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) completed / closed);
            }

            @Override
            public String toString() {
                return touchpoint + ": completed " + completed(Verdict.MISSED) + " of " + closed(Verdict.MISSED)
                        + " that missed, " + othersCompleted() + " of " + othersClosed() + " others";
            }
        }

        /**
         * The journeys whose step with a certain number was at a touchpoint. {@link #reached()} is the sum of
         * {@link #wentOn()}, {@link #left()}, {@link #completed()}, {@link #unknown()} and {@link #open()}. Immutable.
         */
        public static final class Step {

            private final int number;
            private final String touchpoint;
            private final long wentOn;
            private final long left;
            private final long completed;
            private final long unknown;
            private final long open;
            private final long repeated;
            private final long[] times;

            Step(
                    int number,
                    String touchpoint,
                    long wentOn,
                    long left,
                    long completed,
                    long unknown,
                    long open,
                    long repeated,
                    long[] times) {
                this.number = number;
                this.touchpoint = touchpoint;
                this.wentOn = wentOn;
                this.left = left;
                this.completed = completed;
                this.unknown = unknown;
                this.open = open;
                this.repeated = repeated;
                this.times = times;
            }

            /**
             * Returns the number of the step, from 1 to 11. The last one stands for all further steps and counts each
             * of them.
             */
            public int number() {
                return number;
            }

            /** Returns the name of the touchpoint. */
            public String touchpoint() {
                return touchpoint;
            }

            /** Returns how many journeys had this step. */
            public long reached() {
                return Saturating.add(
                        Saturating.add(wentOn, left), Saturating.add(completed, Saturating.add(unknown, open)));
            }

            /** Returns how many journeys had another step after this one. */
            public long wentOn() {
                return wentOn;
            }

            /** Returns how many journeys were abandoned after this step. */
            public long left() {
                return left;
            }

            /** Returns how many journeys were completed by this step. */
            public long completed() {
                return completed;
            }

            /** Returns how many journeys have an unknown end after this step. */
            public long unknown() {
                return unknown;
            }

            /** Returns how many open journeys are at this step. */
            public long open() {
                return open;
            }

            /** Returns how many journeys also had an earlier step at the touchpoint. */
            public long repeated() {
                return repeated;
            }

            /**
             * Returns the share of journeys abandoned after this step, from 0 to 1, among those that went on, were
             * abandoned or completed; empty if there are none. An abandonment counts after the journey's timeout and
             * the others at once, so the share is too low while traffic grows.
             */
            public OptionalDouble leftShare() {
                long decided = Saturating.add(left, Saturating.add(wentOn, completed));
                return decided == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) left / decided);
            }

            /**
             * Returns the median time from this step to the next; empty if no journey went on. It is estimated from
             * counts between powers of two of a millisecond, so it may be wrong by a factor of two.
             */
            public Optional<Duration> medianTimeToNext() {
                return StepTimes.median(times);
            }

            @Override
            public String toString() {
                return number + " " + touchpoint + ": " + reached() + " reached, " + wentOn + " went on, " + left
                        + " left, " + completed + " completed, " + open + " open";
            }
        }

        record JourneyData(
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
                Map<Integer, Long> recentCompletedSteps,
                Map<Integer, Long> recentAbandonedSteps,
                Optional<Duration> meanTimeToComplete,
                List<Conversion> conversions,
                List<Step> funnel,
                JourneyTotals totals,
                boolean small) {

            JourneyData {
                completedSteps = Collections.unmodifiableMap(new TreeMap<>(completedSteps));
                abandonedSteps = Collections.unmodifiableMap(new TreeMap<>(abandonedSteps));
                conversions = List.copyOf(conversions);
                funnel = List.copyOf(funnel);
                recentCompletedSteps = Map.copyOf(recentCompletedSteps);
                recentAbandonedSteps = Map.copyOf(recentAbandonedSteps);
            }

            Map<Integer, Long> ratedCompletedSteps() {
                return without(completedSteps, recentCompletedSteps);
            }

            Map<Integer, Long> ratedAbandonedSteps() {
                return without(abandonedSteps, recentAbandonedSteps);
            }

            private static Map<Integer, Long> without(Map<Integer, Long> all, Map<Integer, Long> recent) {
                Map<Integer, Long> rest = new HashMap<>(all);
                recent.forEach(
                        (step, count) -> rest.computeIfPresent(step, (same, counted) -> Math.max(0, counted - count)));
                return rest;
            }
        }
    }

    /**
     * The values of an attribute, each with the events that carried it. At most 20 values are compared at a time; the
     * events of all others are counted as {@code other}, which is not compared. A value without events for seven days
     * is removed. Immutable.
     */
    public static final class Comparison {

        private final String attribute;
        private final List<Variant> variants;

        Comparison(String attribute, List<Variant> variants) {
            this.attribute = attribute;
            this.variants = List.copyOf(variants);
        }

        /** Returns the name of the attribute. */
        public String attribute() {
            return attribute;
        }

        /** Returns the values in the order in which they were first seen: the reference first, {@code other} last. */
        public List<Variant> variants() {
            return variants;
        }

        /** Returns a value; empty if it is not compared or was not seen. */
        public Optional<Variant> variant(String value) {
            return variants.stream()
                    .filter(variant -> variant.value().equals(value))
                    .findFirst();
        }

        /**
         * Returns this comparison without values of fewer customers than the instance's minimum group size. If the
         * reference is such a value, the others have no difference to it.
         */
        public Comparison withholdingSmallGroups() {
            boolean smallReference = !variants.isEmpty() && variants.get(0).small();
            return new Comparison(
                    attribute,
                    variants.stream()
                            .filter(variant -> !variant.small())
                            .map(variant -> smallReference ? variant.withoutDifference() : variant)
                            .toList());
        }

        @Override
        public String toString() {
            return attribute + " " + variants;
        }

        /** Whether a value is better or worse than the reference. */
        public enum Verdict {
            /** The confidence interval of the difference lies above 0. */
            BETTER,
            /** The confidence interval of the difference lies below 0. */
            WORSE,
            /** Neither, or one of the two has fewer than 100 events. */
            UNDECIDED
        }
    }

    /**
     * One value of an attribute, with the undecayed sums of the events that carried it since it was first seen, without
     * answers. Confidence intervals are always valid: with a probability of 95 % the true value is never outside,
     * however often they are read, if the events are independent. They are absent before there are 100 events.
     * Immutable.
     */
    public static final class Variant {

        private final VariantData data;

        Variant(VariantData data) {
            this.data = data;
        }

        /** Returns the value; {@code other} for all values without room. */
        public String value() {
            return data.value();
        }

        /** Returns the number of events. */
        public long count() {
            return data.count();
        }

        /** Returns the mean quality of the events, unweighted, from 0 to 1. */
        public OptionalDouble quality() {
            return data.quality();
        }

        /** Returns the always-valid confidence interval of the {@link #quality()}. */
        public Optional<Interval> qualityInterval() {
            return data.qualityInterval();
        }

        /** Returns the mean effort units of the events. */
        public OptionalDouble effort() {
            return data.effort();
        }

        /** Returns the number of failures. */
        public long failures() {
            return data.failures();
        }

        /** Returns the number of journeys that began with one of the events. */
        public long begun() {
            return data.begun();
        }

        /**
         * Returns the number of journeys completed with one of the events divided by {@link #begun()}, from 0 to 1;
         * empty if none began. Open journeys have begun and are not completed. A journey that begins with one value and
         * is completed with another counts for both.
         */
        public OptionalDouble completion() {
            return data.completion();
        }

        /**
         * Returns the mean predicted probability, from 0 to 1, of a satisfied answer right after the events; empty
         * without predictions, and before any answer was learned.
         */
        public OptionalDouble predicted() {
            return data.predicted();
        }

        /** Returns the time when the first event arrived. */
        public Instant firstSeen() {
            return data.firstSeen();
        }

        /**
         * Returns how much the {@link #quality()} exceeds that of the reference, the value seen first, from -1 to 1;
         * empty for the reference, for {@code other}, and before both have 100 events.
         */
        public OptionalDouble difference() {
            return data.difference();
        }

        /**
         * Returns the always-valid confidence interval of the {@link #difference()}; empty if there is no difference.
         */
        public Optional<Interval> differenceInterval() {
            return data.differenceInterval();
        }

        /** Returns whether the value is better or worse than the reference; undecided if there is no difference. */
        public Comparison.Verdict verdict() {
            Interval interval = data.differenceInterval().orElse(null);
            if (interval == null || (interval.low() <= 0 && interval.high() >= 0)) {
                return Comparison.Verdict.UNDECIDED;
            }
            return interval.low() > 0 ? Comparison.Verdict.BETTER : Comparison.Verdict.WORSE;
        }

        /** Returns whether there are so few customers that the value reveals something about one of them. */
        public boolean small() {
            return data.small();
        }

        private Variant withoutDifference() {
            return new Variant(data.withoutDifference());
        }

        @Override
        public String toString() {
            return value() + " " + count() + " events, " + verdict();
        }

        record VariantData(
                String value,
                long count,
                OptionalDouble quality,
                Optional<Interval> qualityInterval,
                OptionalDouble effort,
                long failures,
                long begun,
                OptionalDouble completion,
                OptionalDouble predicted,
                Instant firstSeen,
                OptionalDouble difference,
                Optional<Interval> differenceInterval,
                boolean small) {

            VariantData withoutDifference() {
                return new VariantData(
                        value,
                        count,
                        quality,
                        qualityInterval,
                        effort,
                        failures,
                        begun,
                        completion,
                        predicted,
                        firstSeen,
                        OptionalDouble.empty(),
                        Optional.empty(),
                        small);
            }
        }
    }

    record Data(
            String model,
            String instance,
            Instant asOf,
            Instant since,
            int minimumGroupSize,
            Health health,
            Scope overall,
            List<TouchpointScope> touchpoints,
            List<Scope> acrossChannels,
            List<Scope> channels,
            List<Scope> stages,
            List<Scope> owners,
            OptionalDouble consistency,
            List<JourneyScope> journeys,
            Indices indices,
            List<PainPoint> painPoints,
            Intake intake,
            Optional<Forecast> predicted,
            Optional<CareTotals> care,
            List<Comparison> comparisons,
            Optional<Coverage> coverage) {

        Data {
            comparisons = List.copyOf(comparisons);
            touchpoints = List.copyOf(touchpoints);
            acrossChannels = List.copyOf(acrossChannels);
            channels = List.copyOf(channels);
            stages = List.copyOf(stages);
            owners = List.copyOf(owners);
            journeys = List.copyOf(journeys);
            painPoints = List.copyOf(painPoints);
        }
    }
}
