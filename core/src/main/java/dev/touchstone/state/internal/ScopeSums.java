package dev.touchstone.state.internal;

import dev.touchstone.internal.Fields;
import dev.touchstone.internal.Saturating;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.Windows;
import dev.touchstone.state.internal.Snapshot.ApdexCounts;
import dev.touchstone.state.internal.Snapshot.Cell;
import dev.touchstone.state.internal.Snapshot.Conversion;
import dev.touchstone.state.internal.Snapshot.Group;
import dev.touchstone.state.internal.Snapshot.Journey;
import dev.touchstone.state.internal.Snapshot.Recent;
import dev.touchstone.state.internal.Snapshot.Step;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The counts of a touchpoint in a channel, or of a journey, as bytes that can be added. The layout is the format, then
 * parts, each with its number and length. Adding preserves parts written by a newer version. Not thread-safe.
 */
public final class ScopeSums {

    /** The format number. Other formats are rejected. */
    static final int FORMAT = 1;

    private static final int CELL = 1;
    private static final int NEWCOMERS = 2;
    private static final int JOURNEY = 3;
    private static final int RECENT = 4;
    private static final int CONVERSIONS = 5;
    private static final int FUNNEL = 6;

    // a timeout has 60 parts; there are two of it for a while when the catalog was reloaded
    private static final int MOST_RECENT = 200;

    private final ScoreModel model;
    private final Output whole = new Output();
    private final Output part = new Output();
    private final Map<ByteBuffer, String> texts = new HashMap<>();

    /** Creates an instance for evidence under a model. */
    public ScopeSums(ScoreModel model) {
        this.model = model;
    }

    /** Returns the counts of a touchpoint in a channel as bytes. */
    public byte[] write(Cell cell) {
        return write(new Sum(cell, null, 0, List.of(), StoredCustomers.NOTHING));
    }

    /**
     * Returns the counts of a journey as bytes.
     *
     * @param opened the number of opened journeys
     * @param open the change of the number of open journeys at each step; may be negative
     */
    public byte[] write(Journey journey, long opened, List<Open> open) {
        return write(new Sum(null, journey, opened, open, StoredCustomers.NOTHING));
    }

    private byte[] write(Sum sum) {
        whole.clear();
        whole.putByte(FORMAT);
        Cell cell = sum.cell;
        if (cell != null) {
            part.clear();
            cell.fields(new FieldWriter(part));
            end(CELL);
            if (cell.customerEvents() > 0) {
                part.clear();
                part.putCount(cell.newcomers()).putCount(cell.customerEvents());
                end(NEWCOMERS);
            }
        }
        if (sum.journey != null) {
            write(sum.journey, sum);
        }
        whole.put(sum.rest);
        return whole.toBytes();
    }

    private void write(Journey journey, Sum sum) {
        part.clear();
        part.putCount(sum.opened);
        journey.fields(new FieldWriter(part));
        end(JOURNEY);
        write(RECENT, journey.recent(), Recent.BLANK, Recent::fields);
        write(CONVERSIONS, journey.conversions(), Conversion.BLANK, Conversion::fields);
        if (!journey.funnel().isEmpty() || !sum.open.isEmpty()) {
            part.clear();
            FieldWriter fields = new FieldWriter(part);
            fields.list("steps", journey.funnel(), () -> Step.BLANK, Step::fields);
            fields.list("open", sum.open, () -> Open.BLANK, Open::fields);
            end(FUNNEL);
        }
    }

    private <T> void write(int number, List<T> values, T blank, Fields.Listing<T> listing) {
        if (!values.isEmpty()) {
            part.clear();
            new FieldWriter(part).list("values", values, () -> blank, listing);
            end(number);
        }
    }

    private void end(int number) {
        whole.putCount(number).putBytes(part.written());
    }

    /**
     * Reads a sum.
     *
     * @throws MalformedException if the bytes are not a sum, or have a newer format
     */
    public Sum read(byte[] bytes) {
        Input input = new Input(ByteBuffer.wrap(bytes), texts);
        int format = input.getByte();
        if (format != FORMAT) {
            throw new MalformedException(
                    "sum: format " + format + " was written by a newer version; expected " + FORMAT);
        }
        Cell cell = null;
        Journey journey = null;
        long opened = 0;
        List<Recent> recent = List.of();
        List<Conversion> conversions = List.of();
        List<Step> funnel = List.of();
        List<Open> open = List.of();
        Output rest = null;
        while (input.remaining() > 0) {
            long number = input.getCount();
            Input content = input.getPart();
            if (number == CELL) {
                cell = Cell.blank(model).fields(new FieldReader(content));
            } else if (number == NEWCOMERS && cell != null) {
                cell = with(cell, content.getCount(), content.getCount());
            } else if (number == JOURNEY) {
                opened = content.getCount();
                journey = Journey.blank(model).fields(new FieldReader(content));
            } else if (number == RECENT) {
                recent = new FieldReader(content).list("values", recent, () -> Recent.BLANK, Recent::fields);
            } else if (number == CONVERSIONS) {
                conversions = new FieldReader(content)
                        .list("values", conversions, () -> Conversion.BLANK, Conversion::fields);
            } else if (number == FUNNEL) {
                FieldReader fields = new FieldReader(content);
                funnel = fields.list("steps", funnel, () -> Step.BLANK, Step::fields);
                open = fields.list("open", open, () -> Open.BLANK, Open::fields);
            } else {
                rest = rest == null ? new Output(content.remaining() + 2 * Long.BYTES) : rest;
                rest.putCount(number).putBytes(content.bytes());
                continue;
            }
            content.end();
        }
        return new Sum(
                cell,
                journey == null ? null : with(journey, recent, conversions, funnel),
                opened,
                open,
                rest == null ? StoredCustomers.NOTHING : rest.written());
    }

    private static Journey with(Journey journey, List<Recent> recent, List<Conversion> conversions, List<Step> funnel) {
        return new Journey(
                journey.name(),
                journey.windows(),
                journey.unknown(),
                journey.completedSteps(),
                journey.abandonedSteps(),
                journey.completionMs(),
                journey.group(),
                recent,
                conversions,
                funnel);
    }

    private static Cell with(Cell cell, long newcomers, long customerEvents) {
        return new Cell(
                cell.channel(),
                cell.windows(),
                cell.verdicts(),
                cell.apdex(),
                cell.answers(),
                cell.group(),
                newcomers,
                customerEvents);
    }

    /**
     * Adds to a sum.
     *
     * @param sum the sum; null if there is none yet
     * @throws MalformedException if the bytes are not sums, or have a newer format
     */
    public byte[] add(byte @Nullable [] sum, byte[] more) {
        Sum added = read(more);
        if (sum == null) {
            return write(added);
        }
        Sum all = read(sum);
        return write(new Sum(
                all.cell == null || added.cell == null ? other(all.cell, added.cell) : add(all.cell, added.cell),
                all.journey == null || added.journey == null
                        ? other(all.journey, added.journey)
                        : add(all.journey, added.journey),
                Saturating.add(all.opened, added.opened),
                merge(all.open, added.open, Open::place, Open::plus),
                all.rest));
    }

    /**
     * Returns a sum whose small group lacks a member.
     *
     * @param member the hash of the member
     * @return null if it is no member, or the group is not small
     * @throws MalformedException if the bytes are not a sum, or have a newer format
     */
    public byte @Nullable [] without(long member, byte[] sum) {
        Sum all = read(sum);
        Cell cell = all.cell;
        Journey journey = all.journey;
        if ((cell == null || !cell.group().members().contains(member))
                && (journey == null || !journey.group().members().contains(member))) {
            return null;
        }
        Set<Long> gone = Set.of(member);
        return write(new Sum(
                cell == null ? null : cell.withoutMembers(gone),
                journey == null ? null : journey.withoutMembers(gone),
                all.opened,
                all.open,
                all.rest));
    }

    private static <T> @Nullable T other(@Nullable T one, @Nullable T other) {
        return one == null ? other : one;
    }

    private static Cell add(Cell one, Cell other) {
        return new Cell(
                one.channel(),
                add(one.windows(), other.windows()),
                add(one.verdicts(), other.verdicts()),
                add(one.apdex(), other.apdex()),
                one.answers().plus(other.answers()),
                add(one.group(), other.group()),
                Saturating.add(one.newcomers(), other.newcomers()),
                Saturating.add(one.customerEvents(), other.customerEvents()));
    }

    private static Windows add(Windows one, Windows other) {
        one.addAll(other); // just read, so it may be changed
        return one;
    }

    private static List<Long> add(List<Long> one, List<Long> other) {
        List<Long> all = new ArrayList<>();
        for (int i = 0; i < Math.max(one.size(), other.size()); i++) {
            all.add(Saturating.add(i < one.size() ? one.get(i) : 0, i < other.size() ? other.get(i) : 0));
        }
        return all;
    }

    /** Counts with different targets are not comparable: the new ones replace the old. */
    private static ApdexCounts add(ApdexCounts one, ApdexCounts other) {
        if (Double.isNaN(other.targetMs())) {
            return one;
        }
        return one.targetMs() != other.targetMs()
                ? other
                : new ApdexCounts(
                        one.targetMs(),
                        Saturating.add(one.satisfied(), other.satisfied()),
                        Saturating.add(one.tolerating(), other.tolerating()),
                        Saturating.add(one.frustrated(), other.frustrated()));
    }

    private static Group add(Group one, Group other) {
        Set<Long> members = new LinkedHashSet<>(one.members());
        members.addAll(other.members());
        return one.full() || other.full() || members.size() >= Group.ENOUGH
                ? new Group(true, List.of())
                : new Group(false, List.copyOf(members));
    }

    private static Journey add(Journey one, Journey other) {
        return new Journey(
                one.name(),
                add(one.windows(), other.windows()),
                Saturating.add(one.unknown(), other.unknown()),
                add(one.completedSteps(), other.completedSteps()),
                add(one.abandonedSteps(), other.abandonedSteps()),
                Saturating.add(one.completionMs(), other.completionMs()),
                add(one.group(), other.group()),
                latest(merge(one.recent(), other.recent(), Recent::dueMs, ScopeSums::add)),
                merge(one.conversions(), other.conversions(), Conversion::touchpoint, ScopeSums::add),
                merge(one.funnel(), other.funnel(), step -> step.number() + " " + step.touchpoint(), ScopeSums::add));
    }

    /** Returns the values of both, those with the same key added. */
    private static <K extends Comparable<K>, T> List<T> merge(
            List<T> one, List<T> other, Function<T, K> key, BinaryOperator<T> sum) {
        Map<K, T> all = new TreeMap<>();
        one.forEach(value -> all.merge(key.apply(value), value, sum));
        other.forEach(value -> all.merge(key.apply(value), value, sum));
        return List.copyOf(all.values());
    }

    /** Without those who were due long ago, in an ascending list. */
    private static List<Recent> latest(List<Recent> recent) {
        return recent.subList(Math.max(0, recent.size() - MOST_RECENT), recent.size());
    }

    private static Recent add(Recent one, Recent other) {
        return new Recent(
                one.dueMs(),
                add(one.completedSteps(), other.completedSteps()),
                add(one.abandonedSteps(), other.abandonedSteps()));
    }

    private static Conversion add(Conversion one, Conversion other) {
        return new Conversion(
                one.journey(),
                one.touchpoint(),
                add(one.completed(), other.completed()),
                add(one.abandoned(), other.abandoned()));
    }

    private static Step add(Step one, Step other) {
        return new Step(
                one.journey(),
                one.number(),
                one.touchpoint(),
                Saturating.add(one.wentOn(), other.wentOn()),
                Saturating.add(one.left(), other.left()),
                Saturating.add(one.completed(), other.completed()),
                Saturating.add(one.unknown(), other.unknown()),
                Saturating.add(one.repeated(), other.repeated()),
                add(one.times(), other.times()));
    }

    private static Map<Integer, Long> add(Map<Integer, Long> one, Map<Integer, Long> other) {
        Map<Integer, Long> all = new HashMap<>(one);
        other.forEach((steps, count) -> all.merge(steps, count, Saturating::add));
        return all;
    }

    /**
     * A sum.
     *
     * @param cell the counts of a touchpoint in a channel; null for a journey
     * @param journey the counts of a journey; null for a touchpoint
     * @param opened the number of opened journeys
     * @param open the number of open journeys at each step
     * @param rest the parts written by a newer version
     */
    public record Sum(@Nullable Cell cell, @Nullable Journey journey, long opened, List<Open> open, ByteBuffer rest) {

        /** Copies the list. */
        public Sum {
            open = List.copyOf(open);
        }
    }

    /**
     * How many journeys are open at a step, or how many more than before.
     *
     * @param step the number of the step
     * @param touchpoint the touchpoint of the step
     * @param count how many; negative if there are fewer
     */
    public record Open(int step, String touchpoint, long count) {

        static final Open BLANK = new Open(0, "", 0);

        private String place() {
            return step + " " + touchpoint;
        }

        private Open plus(Open other) {
            return new Open(step, touchpoint, count + other.count);
        }

        Open fields(Fields fields) {
            int read = fields.number("step", step);
            String at = fields.text("touchpoint", touchpoint);
            long more = fields.count("more", Math.max(0, count));
            return new Open(read, at, more - fields.count("fewer", Math.max(0, -count)));
        }
    }
}
