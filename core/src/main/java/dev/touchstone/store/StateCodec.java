package dev.touchstone.store;

import dev.touchstone.event.DropReason;
import dev.touchstone.event.EventKey;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.SavedSums;
import dev.touchstone.state.Snapshot;
import dev.touchstone.state.Snapshot.ApdexCounts;
import dev.touchstone.state.Snapshot.Cell;
import dev.touchstone.state.Snapshot.Counts;
import dev.touchstone.state.Snapshot.Group;
import dev.touchstone.state.Snapshot.Journey;
import dev.touchstone.state.Snapshot.Touchpoint;
import dev.touchstone.survey.AnswerGroups;
import dev.touchstone.survey.Answers;
import dev.touchstone.survey.Ces1;
import dev.touchstone.survey.Ces2;
import dev.touchstone.survey.Csat;
import dev.touchstone.survey.Mentions;
import dev.touchstone.survey.Nps;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything but the customers as bytes. */
final class StateCodec {

    private static final int ID_BYTES = 2 * Long.BYTES;

    private StateCodec() {}

    static void write(Snapshot snapshot, Output output) {
        output.putLong(snapshot.sinceMs()).putLong(snapshot.takenMs());
        write(snapshot.counts(), output);
        output.putCount(snapshot.eventIds().size());
        snapshot.eventIds().forEach(id -> output.putLong(id.high()).putLong(id.low()));
        output.putCount(snapshot.touchpoints().size());
        snapshot.touchpoints().forEach(touchpoint -> write(touchpoint, output));
        output.putCount(snapshot.journeys().size());
        snapshot.journeys().forEach(journey -> write(journey, output));
        write(snapshot.mentions().own(), output);
        write(snapshot.mentions().competitors(), output);
    }

    static Snapshot read(Input input) throws CorruptException {
        long since = input.getLong();
        long taken = input.getLong();
        Counts counts = readCounts(input);
        List<EventKey> ids = new ArrayList<>();
        for (int left = input.getSize(ID_BYTES); left > 0; left--) {
            ids.add(new EventKey(input.getLong(), input.getLong()));
        }
        List<Touchpoint> touchpoints = new ArrayList<>();
        for (int left = input.getSize(1); left > 0; left--) {
            touchpoints.add(readTouchpoint(input));
        }
        List<Journey> journeys = new ArrayList<>();
        for (int left = input.getSize(1); left > 0; left--) {
            journeys.add(readJourney(input));
        }
        Mentions mentions = new Mentions(readSide(input), readSide(input));
        input.end();
        return new Snapshot(since, taken, counts, ids, touchpoints, journeys, mentions);
    }

    private static void write(Mentions.Side side, Output output) {
        output.putCount(side.positive()).putCount(side.neutral()).putCount(side.negative());
        output.putDouble(side.reach());
    }

    private static Mentions.Side readSide(Input input) throws CorruptException {
        return new Mentions.Side(input.getCount(), input.getCount(), input.getCount(), input.getDouble());
    }

    private static void write(Counts counts, Output output) {
        write(counts.dropped(), output);
        write(counts.warnings(), output);
        output.putCount(counts.anonymous()).putCount(counts.evicted()).putCount(counts.erased());
    }

    private static Counts readCounts(Input input) throws CorruptException {
        return new Counts(
                readCounts(DropReason.class, input),
                readCounts(Warning.class, input),
                input.getCount(),
                input.getCount(),
                input.getCount());
    }

    private static <K extends Enum<K>> void write(Map<K, Long> counts, Output output) {
        output.putCount(counts.size());
        counts.forEach((key, count) -> output.putText(key.name()).putCount(count));
    }

    private static <K extends Enum<K>> Map<K, Long> readCounts(Class<K> keys, Input input) throws CorruptException {
        Map<K, Long> counts = new EnumMap<>(keys);
        for (int left = input.getSize(2); left > 0; left--) {
            String name = input.getText();
            long count = input.getCount();
            for (K key : keys.getEnumConstants()) { // a newer version may know more
                if (key.name().equals(name)) {
                    counts.put(key, count);
                }
            }
        }
        return counts;
    }

    private static void write(Touchpoint touchpoint, Output output) {
        output.putText(touchpoint.name());
        Sums.write(touchpoint.pace(), output);
        output.putCount(touchpoint.cells().size());
        touchpoint.cells().forEach(cell -> write(cell, output));
    }

    private static Touchpoint readTouchpoint(Input input) throws CorruptException {
        String name = input.getText();
        SavedSums pace = Sums.read(input);
        List<Cell> cells = new ArrayList<>();
        for (int left = input.getSize(1); left > 0; left--) {
            cells.add(readCell(input));
        }
        return new Touchpoint(name, pace, cells);
    }

    private static void write(Cell cell, Output output) {
        output.putText(cell.channel().name());
        Sums.write(cell.now(), output);
        Sums.write(cell.baseline(), output);
        output.putCount(cell.verdicts().size());
        cell.verdicts().forEach(output::putCount);
        ApdexCounts apdex = cell.apdex();
        output.putDouble(apdex.targetMs())
                .putCount(apdex.satisfied())
                .putCount(apdex.tolerating())
                .putCount(apdex.frustrated());
        write(cell.answers(), output);
        write(cell.group(), output);
    }

    private static void write(Answers answers, Output output) {
        output.putByte(answers.isEmpty() ? 0 : 1);
        if (!answers.isEmpty()) {
            write(answers.nps().groups(), output);
            write(answers.csat().groups(), output);
            write(answers.ces1().groups(), output);
            write(answers.ces2().groups(), output);
        }
    }

    private static Answers readAnswers(Input input) throws CorruptException {
        return input.getByte() == 0
                ? Answers.NONE
                : new Answers(
                        new Nps(readGroups(input)),
                        new Csat(readGroups(input)),
                        new Ces1(readGroups(input)),
                        new Ces2(readGroups(input)));
    }

    private static void write(AnswerGroups groups, Output output) {
        output.putCount(groups.favorable()).putCount(groups.neutral()).putCount(groups.unfavorable());
        output.putDouble(groups.sum()).putDouble(groups.squares());
    }

    private static AnswerGroups readGroups(Input input) throws CorruptException {
        return new AnswerGroups(
                input.getCount(), input.getCount(), input.getCount(), input.getDouble(), input.getDouble());
    }

    private static Cell readCell(Input input) throws CorruptException {
        return new Cell(
                Codes.readChannel(input),
                Sums.readEvidence(input),
                Sums.readEvidence(input),
                readVerdicts(input),
                new ApdexCounts(input.getDouble(), input.getCount(), input.getCount(), input.getCount()),
                readAnswers(input),
                readGroup(input));
    }

    private static List<Long> readVerdicts(Input input) throws CorruptException {
        List<Long> verdicts = new ArrayList<>();
        for (int left = input.getSize(1); left > 0; left--) {
            verdicts.add(input.getCount());
        }
        return verdicts;
    }

    private static void write(Group group, Output output) {
        output.putByte(group.full() ? 1 : 0);
        output.putCount(group.members().size());
        group.members().forEach(output::putLong);
    }

    private static Group readGroup(Input input) throws CorruptException {
        boolean full = input.getByte() != 0;
        List<Long> members = new ArrayList<>();
        for (int left = input.getSize(Long.BYTES); left > 0; left--) {
            members.add(input.getLong());
        }
        return new Group(full, members);
    }

    private static void write(Journey journey, Output output) {
        output.putText(journey.name());
        Sums.write(journey.now(), output);
        Sums.write(journey.baseline(), output);
        output.putCount(journey.unknown());
        writeSteps(journey.completedSteps(), output);
        writeSteps(journey.abandonedSteps(), output);
        output.putDouble(journey.completionMs());
        write(journey.group(), output);
    }

    private static Journey readJourney(Input input) throws CorruptException {
        return new Journey(
                input.getText(),
                Sums.readEvidence(input),
                Sums.readEvidence(input),
                input.getCount(),
                readSteps(input),
                readSteps(input),
                input.getDouble(),
                readGroup(input));
    }

    private static void writeSteps(Map<Integer, Long> steps, Output output) {
        output.putCount(steps.size());
        steps.forEach((step, count) -> output.putCount(step).putCount(count));
    }

    private static Map<Integer, Long> readSteps(Input input) throws CorruptException {
        Map<Integer, Long> steps = new HashMap<>();
        for (int left = input.getSize(2); left > 0; left--) {
            steps.put((int) Math.min(input.getCount(), Integer.MAX_VALUE), input.getCount());
        }
        return steps;
    }
}
