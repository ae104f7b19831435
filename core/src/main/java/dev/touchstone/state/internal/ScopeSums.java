package dev.touchstone.state.internal;

import dev.touchstone.internal.Saturating;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.Windows;
import dev.touchstone.state.internal.Snapshot.ApdexCounts;
import dev.touchstone.state.internal.Snapshot.Cell;
import dev.touchstone.state.internal.Snapshot.Group;
import dev.touchstone.state.internal.Snapshot.Journey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        return write(new Sum(cell, null, 0, StoredCustomers.NOTHING));
    }

    /**
     * Returns the counts of a journey as bytes.
     *
     * @param opened the number of opened journeys
     */
    public byte[] write(Journey journey, long opened) {
        return write(new Sum(null, journey, opened, StoredCustomers.NOTHING));
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
            part.clear();
            part.putCount(sum.opened);
            sum.journey.fields(new FieldWriter(part));
            end(JOURNEY);
        }
        whole.put(sum.rest);
        return whole.toBytes();
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
            } else {
                rest = rest == null ? new Output(content.remaining() + 2 * Long.BYTES) : rest;
                rest.putCount(number).putBytes(content.bytes());
                continue;
            }
            content.end();
        }
        return new Sum(cell, journey, opened, rest == null ? StoredCustomers.NOTHING : rest.written());
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
                one.recent(),
                one.conversions(),
                one.funnel());
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
     * @param rest the parts written by a newer version
     */
    public record Sum(@Nullable Cell cell, @Nullable Journey journey, long opened, ByteBuffer rest) {}
}
