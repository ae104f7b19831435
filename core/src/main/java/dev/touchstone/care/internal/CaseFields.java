package dev.touchstone.care.internal;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Deadlines;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.care.RecoveryCase.Status;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.internal.Fields;
import dev.touchstone.scoring.Explanation;
import dev.touchstone.scoring.Interval;
import dev.touchstone.scoring.Score;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Lists the fields of a recovery case. */
public final class CaseFields {

    /** The initial value when a case is read. */
    public static final RecoveryCase BLANK =
            RecoveryCase.of("", new CustomerKey(0, 0), "", Instant.EPOCH).build();

    private static final Status[] STATUSES = Status.values();
    private static final Resolution[] RESOLUTIONS = Resolution.values();

    private CaseFields() {}

    /** Lists the fields. */
    public static RecoveryCase fields(RecoveryCase file, Fields fields) {
        RecoveryCase.Builder read = RecoveryCase.of(
                        fields.text("id", file.id()),
                        fields.key("customer", file.customer()),
                        fields.text("touchpoint", file.touchpoint()),
                        time("opened", file.openedAt(), fields))
                .channel(fields.channel("channel", file.channel()))
                .reason(fields.text("reason", file.reason()));
        fields.group(
                file.owner().isPresent(),
                () -> read.owner(fields.text("owner", file.owner().orElse(""))));
        read.status(fields.constant("status", STATUSES, file.status()), time("changed", file.changedAt(), fields));
        fields.group(
                file.resolution().isPresent(),
                () -> read.resolution(fields.constant(
                        "resolution", RESOLUTIONS, file.resolution().orElse(Resolution.NONE))));
        read.startedAt(time("started", file.startedAt(), fields))
                .silence(
                        time("silentSince", file.silentSince(), fields),
                        duration("longestSilence", file.longestSilence(), fields))
                .updates(fields.number("updates", file.updates()))
                .reopenings(fields.number("reopenings", file.reopenings()))
                .deadlines(new Deadlines(
                        duration("acknowledgeWithin", file.deadlines().acknowledgment(), fields),
                        duration("updateWithin", file.deadlines().silence(), fields),
                        duration("resolveWithin", file.deadlines().resolution(), fields)));
        Score experience = experience(file.experience(), fields);
        return read.experience(experience).build();
    }

    private static Score experience(Score score, Fields fields) {
        AtomicReference<Score> read = new AtomicReference<>(score);
        fields.group(score.isPresent(), () -> {
            double value = fields.number("experience", score.isPresent() ? score.value() : 0);
            double low = fields.number(
                    "experienceLow", score.isPresent() ? score.interval().low() : 0);
            double high = fields.number(
                    "experienceHigh", score.isPresent() ? score.interval().high() : 0);
            double evidence = fields.number("evidence", score.evidence());
            List<Part> parts = fields.list("explanation", parts(score), () -> Part.NONE, Part::fields);
            Map<String, Double> points = new LinkedHashMap<>();
            parts.forEach(part -> points.put(part.name, part.points));
            read.set(Score.of(value, new Interval(low, high), evidence, Explanation.of(points)));
        });
        return read.get();
    }

    private static List<Part> parts(Score score) {
        List<Part> parts = new ArrayList<>();
        score.explanation().parts().forEach((name, points) -> parts.add(new Part(name, points)));
        return parts;
    }

    private static Instant time(String name, Instant time, Fields fields) {
        return Instant.ofEpochMilli(fields.time(name, time.toEpochMilli()));
    }

    private static Duration duration(String name, Duration duration, Fields fields) {
        return Duration.ofMillis(fields.duration(name, duration.toMillis()));
    }

    /** A part of an explanation. */
    private record Part(String name, double points) {

        static final Part NONE = new Part("", 0);

        Part fields(Fields fields) {
            return new Part(fields.text("driver", name), fields.number("points", points));
        }
    }
}
