package dev.touchstone.state.internal;

import dev.touchstone.care.internal.Spending;
import dev.touchstone.care.internal.Standing;
import dev.touchstone.comparison.internal.VariantSums;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.PseudonymKey.EventKey;
import dev.touchstone.event.Warning;
import dev.touchstone.history.History.Mark;
import dev.touchstone.history.internal.ScopeHistory;
import dev.touchstone.internal.Fields;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.scoring.internal.HalfLife;
import dev.touchstone.scoring.internal.JourneyProgress;
import dev.touchstone.scoring.internal.Pace;
import dev.touchstone.scoring.internal.Windows;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.Store;
import dev.touchstone.survey.Answers;
import dev.touchstone.survey.Ces1;
import dev.touchstone.survey.Ces2;
import dev.touchstone.survey.Csat;
import dev.touchstone.survey.Mentions;
import dev.touchstone.survey.Nps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of an instance that a {@link Store} saves and restores, except the customers, which are passed in
 * {@linkplain Customers blocks}. Times are milliseconds since 1970-01-01T00:00:00Z. Immutable.
 *
 * @param sinceMs the start of all counts
 * @param takenMs the engine's time of the snapshot
 * @param counts the counts of offered events
 * @param eventIds the ids of the last accepted events with an id, the oldest first
 * @param touchpoints the touchpoints with events
 * @param journeys the journeys with events
 * @param mentions the public mentions
 */
public record Snapshot(
        long sinceMs,
        long takenMs,
        Counts counts,
        List<EventKey> eventIds,
        List<Touchpoint> touchpoints,
        List<Journey> journeys,
        Mentions mentions) {

    private static final double MAX_ANSWER = 10;
    private static final double MAX_REACH = 1e12;
    private static final double ROUNDING = 1 + 1e-9;
    private static final int VERDICTS = Verdict.values().length;
    private static final EventKey NO_EVENT = new EventKey(0, 0);
    private static final CustomerKey NO_CUSTOMER = new CustomerKey(0, 0);

    /** The initial value when an erasure is read. */
    public static final Tombstone NO_TOMBSTONE = new Tombstone(0, NO_CUSTOMER, 0);

    /** Copies the lists. */
    public Snapshot {
        eventIds = List.copyOf(eventIds);
        touchpoints = List.copyOf(touchpoints);
        journeys = List.copyOf(journeys);
    }

    /** Returns an empty snapshot for a reader to start from. */
    public static Snapshot blank() {
        return new Snapshot(
                0, 0, new Counts(Map.of(), Map.of(), 0, 0, 0), List.of(), List.of(), List.of(), Mentions.NONE);
    }

    /**
     * Lists the fields.
     *
     * @param model the model of the evidence
     */
    public Snapshot fields(Fields fields, ScoreModel model) {
        return new Snapshot(
                fields.time("since", sinceMs),
                fields.time("taken", takenMs),
                fields.value("counts", counts, Counts::fields),
                fields.list("eventIds", eventIds, () -> NO_EVENT, Snapshot::fields),
                fields.list(
                        "touchpoints",
                        touchpoints,
                        () -> Touchpoint.blank(model),
                        (touchpoint, nested) -> touchpoint.fields(nested, model)),
                fields.list("journeys", journeys, () -> Journey.blank(model), Journey::fields),
                new Mentions(
                        fields.value("mentions", mentions.own(), Snapshot::fields),
                        fields.value("mentionsOfCompetitors", mentions.competitors(), Snapshot::fields)));
    }

    /** Lists the fields of an erasure. */
    public static Tombstone fields(Tombstone tombstone, Fields fields) {
        return new Tombstone(
                fields.count("number", tombstone.number()),
                fields.key("customer", tombstone.customer()),
                fields.time("erased", tombstone.atMs()));
    }

    private static EventKey fields(EventKey id, Fields fields) {
        return new EventKey(fields.hash("high", id.high()), fields.hash("low", id.low()));
    }

    private static Mentions.Side fields(Mentions.Side side, Fields fields) {
        Mentions.Side all = new Mentions.Side(
                fields.count("positive", side.positive()),
                fields.count("neutral", side.neutral()),
                fields.count("negative", side.negative()),
                fields.number("reach", side.reach()));
        if (all.reach() > MAX_REACH * all.n() * ROUNDING) {
            throw new IllegalArgumentException(
                    "mentions " + all + ": expected a reach of at most " + MAX_REACH + " each");
        }
        return all;
    }

    private static Answers fields(Answers answers, Fields fields) {
        return fields.flag("answered", !answers.isEmpty())
                ? new Answers(
                        new Nps(fields.value("nps", answers.nps().groups(), Snapshot::fields)),
                        new Csat(fields.value("csat", answers.csat().groups(), Snapshot::fields)),
                        new Ces1(fields.value("ces1", answers.ces1().groups(), Snapshot::fields)),
                        new Ces2(fields.value("ces2", answers.ces2().groups(), Snapshot::fields)))
                : Answers.NONE;
    }

    private static Answers.Groups fields(Answers.Groups groups, Fields fields) {
        Answers.Groups all = new Answers.Groups(
                fields.count("favorable", groups.favorable()),
                fields.count("neutral", groups.neutral()),
                fields.count("unfavorable", groups.unfavorable()),
                fields.number("sum", groups.sum()),
                fields.number("squares", groups.squares()));
        double most = MAX_ANSWER * all.n() * ROUNDING;
        if (!(all.sum() >= 0 && all.sum() <= most && all.squares() <= MAX_ANSWER * most)) {
            throw new IllegalArgumentException("answers " + all + ": expected 0 to " + MAX_ANSWER + " each");
        }
        return all;
    }

    /** Lists counts by name. A reader skips unknown names, which only a newer version writes. */
    private static <K extends Enum<K>> Map<K, Long> counts(
            String name, Class<K> keys, Map<K, Long> counts, Fields fields) {
        List<Map.Entry<String, Long>> named = new ArrayList<>();
        counts.forEach((key, count) -> named.add(Map.entry(key.name(), count)));
        Map<String, Long> read = new HashMap<>();
        fields.list(
                        name,
                        named,
                        () -> Map.entry("", 0L),
                        (entry, nested) ->
                                Map.entry(nested.text("name", entry.getKey()), nested.count("count", entry.getValue())))
                .forEach(entry -> read.put(entry.getKey(), entry.getValue()));
        Map<K, Long> known = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            Long count = read.get(key.name());
            if (count != null) {
                known.put(key, count);
            }
        }
        return known;
    }

    private static Map<Integer, Long> steps(String name, Map<Integer, Long> steps, Fields fields) {
        Map<Integer, Long> read = new HashMap<>();
        fields.list(name, List.copyOf(steps.entrySet()), () -> Map.entry(0, 0L), (entry, nested) -> {
                    long step = nested.count("steps", entry.getKey());
                    return Map.entry((int) Math.min(step, Integer.MAX_VALUE), nested.count("count", entry.getValue()));
                })
                .forEach(entry -> read.put(entry.getKey(), entry.getValue()));
        return read;
    }

    private static long checkCount(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("corrupt snapshot: a count is negative");
        }
        return count;
    }

    /**
     * The counts of offered events, except those counted with the customers.
     *
     * @param dropped the dropped events by reason
     * @param warnings the warnings
     * @param anonymous the accepted events without a customer
     * @param evicted the accepted events of evicted or expired customers
     * @param erased the accepted events of erased customers
     */
    public record Counts(
            Map<DropReason, Long> dropped, Map<Warning, Long> warnings, long anonymous, long evicted, long erased) {

        /** Validates and copies. */
        public Counts {
            dropped = Map.copyOf(dropped);
            warnings = Map.copyOf(warnings);
            dropped.values().forEach(Snapshot::checkCount);
            warnings.values().forEach(Snapshot::checkCount);
            checkCount(anonymous);
            checkCount(evicted);
            checkCount(erased);
        }

        Counts fields(Fields fields) {
            return new Counts(
                    counts("dropped", DropReason.class, dropped, fields),
                    counts("warnings", Warning.class, warnings, fields),
                    fields.count("anonymous", anonymous),
                    fields.count("evicted", evicted),
                    fields.count("erased", erased));
        }
    }

    /**
     * An identified guest.
     *
     * @param guest the guest
     * @param customer the customer
     * @param sinceMs when the guest was identified
     */
    public record Alias(CustomerKey guest, CustomerKey customer, long sinceMs) {

        /** The initial value for a reader. */
        public static final Alias BLANK = new Alias(NO_CUSTOMER, NO_CUSTOMER, 0);

        /** Lists the fields. */
        public Alias fields(Fields fields) {
            return new Alias(
                    fields.key("guest", guest), fields.key("customer", customer), fields.time("since", sinceMs));
        }
    }

    /**
     * A touchpoint.
     *
     * @param name its name
     * @param pace its usual pace
     * @param cells its cells by channel
     */
    public record Touchpoint(String name, Pace pace, List<Cell> cells) {

        /** Copies the list. */
        public Touchpoint {
            cells = List.copyOf(cells);
        }

        /** Returns this touchpoint without the customers with these hashes in small groups. */
        public Touchpoint withoutMembers(Set<Long> hashes) {
            return hashes.isEmpty()
                    ? this
                    : new Touchpoint(
                            name,
                            pace,
                            cells.stream()
                                    .map(cell -> cell.withoutMembers(hashes))
                                    .toList());
        }

        /** Returns an empty touchpoint for a reader to start from. */
        public static Touchpoint blank(ScoreModel model) {
            return new Touchpoint("", new Pace(HalfLife.of(model, ModelConstant.PACE_HALF_LIFE)), List.of());
        }

        /**
         * Lists the fields.
         *
         * @param model the model of the evidence
         */
        public Touchpoint fields(Fields fields, ScoreModel model) {
            return new Touchpoint(
                    fields.text("name", name),
                    fields.value("pace", pace, Pace::fields),
                    fields.list("cells", cells, () -> Cell.blank(model), Cell::fields));
        }
    }

    /**
     * A touchpoint in a channel.
     *
     * @param channel the channel
     * @param windows the evidence
     * @param verdicts the number of events that exceeded, met and missed the expectation
     * @param apdex the counts for the Apdex
     * @param answers the answers of customers
     * @param group the customers, while they are few
     * @param newcomers the number of first events of customers at the touchpoint; not a listed field, because it was
     *     added later and has a separate section
     * @param customerEvents the number of events of customers; not a listed field either
     */
    public record Cell(
            Channel channel,
            Windows windows,
            List<Long> verdicts,
            ApdexCounts apdex,
            Answers answers,
            Group group,
            long newcomers,
            long customerEvents) {

        /** Validates and copies. */
        public Cell {
            verdicts = List.copyOf(verdicts);
            verdicts.forEach(Snapshot::checkCount);
        }

        Cell withoutMembers(Set<Long> hashes) {
            return new Cell(
                    channel, windows, verdicts, apdex, answers, group.without(hashes), newcomers, customerEvents);
        }

        static Cell blank(ScoreModel model) {
            return new Cell(
                    Channel.UNKNOWN,
                    new Windows(model),
                    List.of(),
                    new ApdexCounts(Double.NaN, 0, 0, 0),
                    Answers.NONE,
                    new Group(false, List.of()),
                    0,
                    0);
        }

        Cell fields(Fields fields) {
            return new Cell(
                    fields.channel("channel", channel),
                    fields.value("windows", windows, Windows::fields),
                    fields.list("verdicts", verdicts, () -> 0L, (count, nested) -> nested.count("count", count)),
                    fields.value("apdex", apdex, ApdexCounts::fields),
                    fields.value("answers", answers, Snapshot::fields),
                    fields.value("group", group, Group::fields),
                    newcomers,
                    customerEvents);
        }
    }

    /**
     * Counts against a target.
     *
     * @param targetMs the target in milliseconds; NaN for none
     * @param satisfied events within the target
     * @param tolerating events within four times the target
     * @param frustrated all other events
     */
    public record ApdexCounts(double targetMs, long satisfied, long tolerating, long frustrated) {

        /** Validates the counts. */
        public ApdexCounts {
            checkCount(satisfied);
            checkCount(tolerating);
            checkCount(frustrated);
        }

        ApdexCounts fields(Fields fields) {
            return new ApdexCounts(
                    fields.number("targetMs", targetMs),
                    fields.count("satisfied", satisfied),
                    fields.count("tolerating", tolerating),
                    fields.count("frustrated", frustrated));
        }
    }

    /**
     * Whether an aggregate consists of a few customers.
     *
     * @param full whether there are enough customers
     * @param members 64 bits of each customer key until there are enough
     */
    public record Group(boolean full, List<Long> members) {

        /** The number of customers from which a group is never small. A smaller group lists its members. */
        public static final int ENOUGH = 10;

        /** Validates and copies. */
        public Group {
            members = List.copyOf(members);
            if (members.size() >= ENOUGH) {
                throw new IllegalArgumentException("corrupt snapshot: a small group has too many members");
            }
        }

        private Group without(Set<Long> hashes) {
            return new Group(
                    full,
                    members.stream().filter(member -> !hashes.contains(member)).toList());
        }

        Group fields(Fields fields) {
            return new Group(
                    fields.flag("full", full),
                    fields.list("members", members, () -> 0L, (member, nested) -> nested.hash("member", member)));
        }
    }

    /**
     * A journey over all customers. The number of open ones is computed from the customers.
     *
     * @param name the journey
     * @param windows the evidence
     * @param unknown the number of journeys whose end is unknown
     * @param completedSteps the number of completed journeys by number of steps
     * @param abandonedSteps the number of abandoned journeys by number of steps
     * @param completionMs the total duration of the completed journeys
     * @param group the customers, while they are few
     * @param recent the closed journeys that do not count in a rate yet; not a listed field, because they were added
     *     later and have a separate section
     * @param conversions the closed journeys by their verdicts at touchpoints; not a listed field either
     * @param funnel the progress of the journeys; not a listed field either
     */
    public record Journey(
            String name,
            Windows windows,
            long unknown,
            Map<Integer, Long> completedSteps,
            Map<Integer, Long> abandonedSteps,
            double completionMs,
            Group group,
            List<Recent> recent,
            List<Conversion> conversions,
            List<Step> funnel) {

        /** Validates and copies. */
        public Journey {
            completedSteps = Map.copyOf(completedSteps);
            abandonedSteps = Map.copyOf(abandonedSteps);
            recent = List.copyOf(recent);
            conversions = List.copyOf(conversions);
            funnel = List.copyOf(funnel);
            checkCount(unknown);
            completedSteps.values().forEach(Snapshot::checkCount);
            abandonedSteps.values().forEach(Snapshot::checkCount);
            if (!(completionMs >= 0 && completionMs < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("corrupt snapshot: completionMs is negative or not finite");
            }
        }

        /** Returns this journey without the customers with these hashes in small groups. */
        public Journey withoutMembers(Set<Long> hashes) {
            return hashes.isEmpty()
                    ? this
                    : new Journey(
                            name,
                            windows,
                            unknown,
                            completedSteps,
                            abandonedSteps,
                            completionMs,
                            group.without(hashes),
                            recent,
                            conversions,
                            funnel);
        }

        /** Returns an empty journey for a reader to start from. */
        public static Journey blank(ScoreModel model) {
            return new Journey(
                    "",
                    new Windows(model),
                    0,
                    Map.of(),
                    Map.of(),
                    0,
                    new Group(false, List.of()),
                    List.of(),
                    List.of(),
                    List.of());
        }

        /** Lists the fields. */
        public Journey fields(Fields fields) {
            return new Journey(
                    fields.text("name", name),
                    fields.value("windows", windows, Windows::fields),
                    fields.count("unknown", unknown),
                    steps("completedSteps", completedSteps, fields),
                    steps("abandonedSteps", abandonedSteps, fields),
                    fields.number("completionMs", completionMs),
                    fields.value("group", group, Group::fields),
                    recent,
                    conversions,
                    funnel);
        }
    }

    /** Returns this snapshot with other touchpoints and journeys. */
    public Snapshot with(List<Touchpoint> otherTouchpoints, List<Journey> otherJourneys) {
        return new Snapshot(sinceMs, takenMs, counts, eventIds, otherTouchpoints, otherJourneys, mentions);
    }

    /** Returns the closed journeys that do not count in a rate yet, for their section. */
    public List<RecentJourneys> recentJourneys() {
        return journeys.stream()
                .filter(journey -> !journey.recent().isEmpty())
                .map(journey -> new RecentJourneys(journey.name(), journey.recent()))
                .toList();
    }

    /**
     * The closed journeys of one name that do not count in a rate yet.
     *
     * @param name the journey
     * @param recent the counts by the time from which they count in a rate
     */
    public record RecentJourneys(String name, List<Recent> recent) {

        /** The initial value for a reader. */
        public static final RecentJourneys BLANK = new RecentJourneys("", List.of());

        /** Copies the list. */
        public RecentJourneys {
            recent = List.copyOf(recent);
        }

        /** Lists the fields. */
        public RecentJourneys fields(Fields fields) {
            return new RecentJourneys(
                    fields.text("name", name), fields.list("recent", recent, () -> Recent.BLANK, Recent::fields));
        }
    }

    /** Returns the closed journeys by their verdicts at touchpoints, for their section. */
    public List<Conversion> conversions() {
        return journeys.stream()
                .flatMap(journey -> journey.conversions().stream())
                .toList();
    }

    /**
     * The completed and abandoned journeys of one name, by the worst verdict at one touchpoint.
     *
     * @param journey the journey
     * @param touchpoint the touchpoint
     * @param completed the number of completed journeys, by the ordinal of the verdict
     * @param abandoned the number of abandoned journeys, by the ordinal of the verdict
     */
    public record Conversion(String journey, String touchpoint, List<Long> completed, List<Long> abandoned) {

        /** The initial value for a reader. */
        public static final Conversion BLANK = new Conversion("", "", List.of(), List.of());

        /** Validates and copies. */
        public Conversion {
            completed = List.copyOf(completed);
            abandoned = List.copyOf(abandoned);
            completed.forEach(Snapshot::checkCount);
            abandoned.forEach(Snapshot::checkCount);
        }

        /**
         * Lists the fields.
         *
         * @throws IllegalArgumentException if the values are not possible for a conversion
         */
        public Conversion fields(Fields fields) {
            Conversion all = new Conversion(
                    fields.text("journey", journey),
                    fields.text("touchpoint", touchpoint),
                    counts("completed", completed, fields),
                    counts("abandoned", abandoned, fields));
            if (all.journey.isBlank()
                    || all.touchpoint.isBlank()
                    || all.completed.size() != VERDICTS
                    || all.abandoned.size() != VERDICTS) {
                throw new IllegalArgumentException("conversion of " + all.completed.size() + " and "
                        + all.abandoned.size() + " counts; expected " + VERDICTS + " each, a journey and a touchpoint");
            }
            return all;
        }

        private static List<Long> counts(String name, List<Long> counts, Fields fields) {
            return fields.list(name, counts, () -> 0L, (count, nested) -> nested.count("count", count));
        }
    }

    /** Returns the progress of journeys, for its section. */
    public List<Step> steps() {
        return journeys.stream().flatMap(journey -> journey.funnel().stream()).toList();
    }

    /**
     * The outcomes of the journeys of one name whose step with this number was at a touchpoint, without the open ones.
     *
     * @param journey the journey
     * @param number the number of the step, from 1; the last one stands for all further steps
     * @param touchpoint the touchpoint
     * @param wentOn the number of journeys with another step
     * @param left the number of abandoned journeys
     * @param completed the number of completed journeys
     * @param unknown the number of lost journeys
     * @param repeated the number of journeys that had already passed the touchpoint
     * @param times the number of journeys with another step by time to it; each limit is twice the previous one
     */
    public record Step(
            String journey,
            int number,
            String touchpoint,
            long wentOn,
            long left,
            long completed,
            long unknown,
            long repeated,
            List<Long> times) {

        /** The number of time limits. */
        public static final int TIMES = 22;

        /** The initial value for a reader. */
        public static final Step BLANK = new Step("", 0, "", 0, 0, 0, 0, 0, List.of());

        /** Validates and copies. */
        public Step {
            times = List.copyOf(times);
            times.forEach(Snapshot::checkCount);
            checkCount(wentOn);
            checkCount(left);
            checkCount(completed);
            checkCount(unknown);
            checkCount(repeated);
        }

        /**
         * Lists the fields.
         *
         * @throws IllegalArgumentException if the values are not possible for a step
         */
        public Step fields(Fields fields) {
            Step all = new Step(
                    fields.text("journey", journey),
                    fields.number("step", number),
                    fields.text("touchpoint", touchpoint),
                    fields.count("wentOn", wentOn),
                    fields.count("left", left),
                    fields.count("completed", completed),
                    fields.count("unknown", unknown),
                    fields.count("repeated", repeated),
                    fields.list("times", times, () -> 0L, (count, nested) -> nested.count("count", count)));
            if (all.journey.isBlank()
                    || all.touchpoint.isBlank()
                    || all.number < 1
                    || all.number > JourneyProgress.LAST_PLACE
                    || all.times.size() != TIMES) {
                throw new IllegalArgumentException("step " + all.number + " with " + all.times.size()
                        + " times; expected a step from 1 to " + JourneyProgress.LAST_PLACE + ", " + TIMES
                        + " times, a journey and a touchpoint");
            }
            return all;
        }
    }

    /** Returns the numbers of first events of customers at touchpoints, for their section. */
    public List<Newcomers> newcomers() {
        List<Newcomers> all = new ArrayList<>();
        for (Touchpoint touchpoint : touchpoints) {
            for (Cell cell : touchpoint.cells()) {
                if (cell.customerEvents() > 0) {
                    all.add(new Newcomers(touchpoint.name(), cell.channel(), cell.newcomers(), cell.customerEvents()));
                }
            }
        }
        return all;
    }

    /**
     * The number of first events of customers at a touchpoint in a channel.
     *
     * @param touchpoint the touchpoint
     * @param channel the channel
     * @param count the number of first events
     * @param events the number of all events
     */
    public record Newcomers(String touchpoint, Channel channel, long count, long events) {

        /** The initial value for a reader. */
        public static final Newcomers BLANK = new Newcomers("", Channel.UNKNOWN, 0, 0);

        /**
         * Lists the fields.
         *
         * @throws IllegalArgumentException if there are more first events than events
         */
        public Newcomers fields(Fields fields) {
            Newcomers all = new Newcomers(
                    fields.text("touchpoint", touchpoint),
                    fields.channel("channel", channel),
                    fields.count("count", count),
                    fields.count("events", events));
            if (all.count > all.events) {
                throw new IllegalArgumentException(
                        "newcomers: " + all.count + " of " + all.events + " events; expected no more than all events");
            }
            return all;
        }
    }

    /**
     * The history of a touchpoint in a channel, or of a journey.
     *
     * @param journey the journey; blank for a touchpoint
     * @param touchpoint the touchpoint; blank for a journey
     * @param channel the channel of the touchpoint
     * @param periods an independent copy of the periods
     */
    public record Past(String journey, String touchpoint, Channel channel, ScopeHistory periods) {

        /** Returns an empty history for a reader to start from. */
        public static Past blank() {
            return new Past("", "", Channel.UNKNOWN, new ScopeHistory());
        }

        /** Lists the fields. */
        public Past fields(Fields fields) {
            return new Past(
                    fields.text("journey", journey),
                    fields.text("touchpoint", touchpoint),
                    fields.channel("channel", channel),
                    fields.value("periods", periods, ScopeHistory::fields));
        }
    }

    /**
     * A compared value of an attribute.
     *
     * @param attribute the attribute
     * @param value the value; {@code other} for all values beyond the maximum
     * @param firstMs when the first event arrived
     * @param lastMs when the last event arrived
     * @param sums an independent copy of the sums
     * @param group the customers, while they are few
     */
    public record Variant(String attribute, String value, long firstMs, long lastMs, VariantSums sums, Group group) {

        /** Returns an empty variant for a reader to start from. */
        public static Variant blank() {
            return new Variant("", "", 0, 0, new VariantSums(), new Group(false, List.of()));
        }

        /** Returns this variant without the customers with these hashes in small groups. */
        public Variant withoutMembers(Set<Long> hashes) {
            return new Variant(attribute, value, firstMs, lastMs, sums, group.without(hashes));
        }

        /**
         * Lists the fields.
         *
         * @throws IllegalArgumentException if the values are not possible for a variant
         */
        public Variant fields(Fields fields) {
            Variant all = new Variant(
                    fields.text("attribute", attribute),
                    fields.text("value", value),
                    fields.time("first", firstMs),
                    fields.time("last", lastMs),
                    fields.value("sums", sums, VariantSums::fields),
                    fields.value("group", group, Group::fields));
            if (all.attribute.isBlank() || all.value.isBlank()) {
                throw new IllegalArgumentException(
                        "variant \"" + all.attribute + "\": expected an attribute and a value");
            }
            return all;
        }
    }

    /** Lists the fields of a mark. */
    public static Mark fields(Mark mark, Fields fields) {
        return Mark.of(
                Instant.ofEpochMilli(fields.time("time", mark.time().toEpochMilli())),
                fields.text("text", mark.text()));
    }

    /**
     * Closed journeys that do not count in a rate before a time.
     *
     * @param dueMs the time
     * @param completedSteps the number of completed journeys by number of steps
     * @param abandonedSteps the number of abandoned journeys by number of steps
     */
    public record Recent(long dueMs, Map<Integer, Long> completedSteps, Map<Integer, Long> abandonedSteps) {

        static final Recent BLANK = new Recent(0, Map.of(), Map.of());

        /** Validates and copies. */
        public Recent {
            completedSteps = Map.copyOf(completedSteps);
            abandonedSteps = Map.copyOf(abandonedSteps);
            completedSteps.values().forEach(Snapshot::checkCount);
            abandonedSteps.values().forEach(Snapshot::checkCount);
        }

        Recent fields(Fields fields) {
            return new Recent(
                    fields.time("due", dueMs),
                    steps("completedSteps", completedSteps, fields),
                    steps("abandonedSteps", abandonedSteps, fields));
        }
    }

    /**
     * A customer.
     *
     * @param key the pseudonym
     * @param events the number of accepted events
     * @param lastSeenMs the engine's time at which the last event arrived
     * @param state an independent copy of the state
     * @param guest whether the customer is a guest
     * @param awaited a copy of the event that awaits an answer; null if there is none
     * @param standing a copy of the signal state; null if there is none
     * @param spending the spending of the customer; null if it is not recorded
     */
    public record Customer(
            CustomerKey key,
            long events,
            long lastSeenMs,
            CustomerState state,
            boolean guest,
            @Nullable AwaitedAnswer awaited,
            @Nullable Standing standing,
            @Nullable Spending spending) {

        /** Validates the count. */
        public Customer {
            checkCount(events);
        }

        /** Returns an empty customer for a reader to start from. */
        public static Customer blank(CustomerKey key, ScoreModel model) {
            return new Customer(key, 0, 0, CustomerState.blank(model), false, null, null, null);
        }

        /** Lists the fields, without the key. */
        public Customer fields(Fields fields) {
            return new Customer(
                    key,
                    fields.count("events", events),
                    fields.time("lastSeen", lastSeenMs),
                    state.fields(fields),
                    fields.flag("guest", guest),
                    awaited,
                    standing,
                    spending);
        }
    }

    /**
     * A block of customers, the least recently active first.
     *
     * @param erasures the number of erasures at the time of the copy
     * @param customers the customers; of several copies of one, the last is valid
     * @param gone customers of earlier blocks who have since become another customer
     * @param aliases the recently identified guests
     */
    public record Customers(long erasures, List<Customer> customers, List<CustomerKey> gone, List<Alias> aliases) {

        /** Copies the lists. */
        public Customers {
            checkCount(erasures);
            customers = List.copyOf(customers);
            gone = List.copyOf(gone);
            aliases = List.copyOf(aliases);
        }
    }
}
