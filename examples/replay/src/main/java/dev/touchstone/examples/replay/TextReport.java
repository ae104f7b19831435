package dev.touchstone.examples.replay;

import dev.touchstone.Health;
import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.JourneyScope;
import dev.touchstone.Scoreboard.Scores;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Warning;
import dev.touchstone.history.History;
import dev.touchstone.history.History.Resolution;
import dev.touchstone.internal.HalfUp;
import dev.touchstone.json.ScoreboardJson.LabelledCustomer;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.survey.Apdex;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;

/** A result for people: what stands worst comes first. */
final class TextReport {

    private static final String NONE = "-";
    private static final String ALL = "all events";

    private final String source;
    private final Replay.Result result;
    private final Scoreboard board;

    TextReport(String source, Replay.Result result) {
        this.source = source;
        this.result = result;
        this.board = result.scoreboard();
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parts.add(header());
        if (result.rows().isPresent()) {
            parts.add(periods(result.rows().get()));
            return String.join("\n", parts);
        }
        List<TouchpointScope> worstFirst = worstFirst();
        if (!worstFirst.isEmpty()) {
            parts.add(touchpoints(worstFirst));
        }
        if (!board.journeys().isEmpty()) {
            parts.add(journeys());
        }
        worstFirst.stream().filter(TextReport::isRanked).findFirst().ifPresent(worst -> parts.add(why(worst)));
        result.customers().ifPresent(customers -> parts.add(customers(customers)));
        return String.join("\n", parts);
    }

    private String header() {
        Health health = board.health();
        StringBuilder text = new StringBuilder("Replay of " + source + "\n");
        text.append("model ").append(board.model());
        text.append(", as of ").append(board.asOf());
        text.append(", since ").append(board.since()).append('\n');
        text.append("events: ").append(health.offered()).append(" offered, ");
        text.append(health.accepted()).append(" accepted");
        text.append(health.anonymous() == 0 ? "" : " (" + health.anonymous() + " anonymous)");
        text.append(", ").append(health.totalDropped()).append(" dropped");
        String reasons = counts(DropReason.values(), health::dropped, DropReason::code);
        text.append(reasons.isEmpty() ? "" : " (" + reasons + ")").append('\n');
        String warnings = counts(Warning.values(), health::warnings, Warning::code);
        text.append(warnings.isEmpty() ? "" : "notes: " + warnings + "\n");
        Scores overall = board.overall().baseline();
        text.append("overall, ")
                .append(baseline())
                .append(": experience ")
                .append(scoreAndInterval(overall.experience()));
        text.append(", effort ").append(scoreAndInterval(overall.effort())).append('\n');
        return text.toString();
    }

    /** How much the scores are of the latest events, and not of the whole file. */
    private String baseline() {
        return decay(ModelConstant.BASELINE_HALF_LIFE);
    }

    private String baselineAndNow() {
        return baseline() + "; now: " + decay(ModelConstant.NOW_HALF_LIFE);
    }

    private String decay(ModelConstant constant) {
        double millis = result.model().get(constant);
        return millis == Double.POSITIVE_INFINITY ? "no decay" : "half-life " + text(Duration.ofMillis((long) millis));
    }

    private static String text(Duration duration) {
        if (duration.equals(Duration.ofDays(duration.toDays()))) {
            return duration.toDays() + " d";
        }
        return duration.equals(Duration.ofHours(duration.toHours())) ? duration.toHours() + " h" : duration.toString();
    }

    private static <E> String counts(E[] kinds, ToLongFunction<E> count, java.util.function.Function<E, String> code) {
        List<String> counts = new ArrayList<>();
        for (E kind : kinds) {
            if (count.applyAsLong(kind) > 0) {
                counts.add(code.apply(kind) + " " + count.applyAsLong(kind));
            }
        }
        return String.join(", ", counts);
    }

    private List<TouchpointScope> worstFirst() {
        List<TouchpointScope> all = new ArrayList<>(board.touchpoints());
        all.sort(Comparator.comparing((TouchpointScope touchpoint) -> !isRanked(touchpoint))
                .thenComparingDouble(touchpoint ->
                        isRanked(touchpoint) ? experience(touchpoint).value() : 0));
        return all;
    }

    private static Score experience(TouchpointScope touchpoint) {
        return touchpoint.scores().baseline().experience();
    }

    private static boolean isRanked(TouchpointScope touchpoint) {
        Score experience = experience(touchpoint);
        return experience.isPresent() && !experience.isStale();
    }

    private String touchpoints(List<TouchpointScope> worstFirst) {
        boolean titled =
                worstFirst.stream().anyMatch(touchpoint -> !title(touchpoint).isEmpty());
        Table table = new Table(
                        "touchpoint",
                        "channel",
                        ">experience",
                        ">interval",
                        ">now",
                        ">effort",
                        ">events",
                        ">missed",
                        ">Apdex",
                        "status",
                        titled ? "title" : "")
                .group(baselineAndNow(), "experience", "effort")
                .group(ALL, "events", "Apdex");
        for (TouchpointScope touchpoint : worstFirst) {
            Scores baseline = touchpoint.scores().baseline();
            table.row(
                    touchpoint.definition().name(),
                    touchpoint.channel().name(),
                    score(baseline.experience()),
                    interval(baseline.experience()),
                    score(touchpoint.scores().now().experience()),
                    score(baseline.effort()),
                    String.valueOf(touchpoint.scores().count()),
                    missed(touchpoint.verdicts()),
                    touchpoint.apdex().map(Apdex::text).orElse(NONE),
                    status(touchpoint),
                    title(touchpoint));
        }
        return "Touchpoints, the worst first\n\n" + table;
    }

    private static String periods(PeriodRows rows) {
        Table table = new Table(
                "touchpoint", "from", ">experience", ">interval", ">effort", ">events", ">failures", ">missed");
        rows.all().forEach((touchpoint, periods) -> {
            for (History.Period period : periods) {
                table.row(
                        touchpoint,
                        from(period.start(), rows.resolution()),
                        score(period.experience()),
                        interval(period.experience()),
                        score(period.effort()),
                        String.valueOf(period.events()),
                        String.valueOf(period.failures()),
                        String.valueOf(period.missed()));
            }
        });
        String omitted = rows.omitted() == 0
                ? ""
                : ", without " + rows.omitted() + " touchpoints in channels beyond the first 1,000";
        return "Touchpoints by " + rows.resolution().iso() + ", each period alone, times in UTC" + omitted + "\n\n"
                + table;
    }

    private static String from(Instant start, Resolution resolution) {
        String text = start.toString(); // 2026-03-01T10:00:00Z
        return resolution == Resolution.HOUR
                ? text.substring(0, 10) + ' ' + text.substring(11, 16)
                : text.substring(0, 10);
    }

    private String title(TouchpointScope touchpoint) {
        return touchpoint
                .definition()
                .title()
                .orElse(result.titles().getOrDefault(touchpoint.definition().name(), ""));
    }

    private static String missed(Map<Verdict, Long> verdicts) {
        long all = verdicts.values().stream().mapToLong(Long::longValue).sum();
        return all == 0 ? NONE : HalfUp.format(100.0 * verdicts.getOrDefault(Verdict.MISSED, 0L) / all) + " %";
    }

    private static String status(TouchpointScope touchpoint) {
        String status = touchpoint.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String change = touchpoint
                .scores()
                .change()
                .map(direction -> ", " + direction.name().toLowerCase(Locale.ROOT) + " now")
                .orElse("");
        return status + change + (experience(touchpoint).isStale() ? ", stale" : "");
    }

    private String journeys() {
        Table table = new Table(
                        "journey",
                        ">experience",
                        ">interval",
                        ">now",
                        ">effort",
                        ">started",
                        ">completed",
                        ">abandoned",
                        ">unknown",
                        ">open")
                .group(baselineAndNow(), "experience", "effort")
                .group(ALL, "started", "open");
        for (JourneyScope journey : board.journeys()) {
            Scores baseline = journey.baseline();
            table.row(
                    journey.name(),
                    score(baseline.experience()),
                    interval(baseline.experience()),
                    score(journey.now().experience()),
                    score(baseline.effort()),
                    String.valueOf(journey.started()),
                    String.valueOf(journey.completed()),
                    String.valueOf(journey.abandoned()),
                    String.valueOf(journey.unknown()),
                    String.valueOf(journey.open()));
        }
        return "Journeys\n\n" + table;
    }

    private static String why(TouchpointScope worst) {
        Score experience = experience(worst);
        Table table = new Table(worst.definition().name(), ">points");
        table.row("score", HalfUp.format(experience.value()));
        experience.explanation().parts().forEach((part, points) -> {
            if (points > 0) {
                table.row("lost to " + part, HalfUp.format(points));
            }
        });
        table.row(
                "sum",
                HalfUp.format(experience.value() + experience.explanation().sum()));
        return "Why " + worst.definition().name() + " (" + worst.channel() + ") stands at "
                + HalfUp.format(experience.value()) + "\n\n" + table;
    }

    private String customers(List<LabelledCustomer> customers) {
        Table table = new Table("customer", ">experience", ">interval", ">effort", ">events", "")
                .group(decay(ModelConstant.CUSTOMER_HALF_LIFE), "experience", "effort")
                .group(ALL, "events", "events");
        for (LabelledCustomer customer : customers) {
            Score experience = customer.experience().experience();
            table.row(
                    customer.label(),
                    score(experience),
                    interval(experience),
                    score(customer.experience().effort()),
                    String.valueOf(customer.experience().count()),
                    experience.isStale() ? "stale" : "");
        }
        return "Customers, the worst first\n\n" + table;
    }

    private static String scoreAndInterval(Score score) {
        return score.isPresent() ? score(score) + " " + interval(score) : NONE;
    }

    private static String score(Score score) {
        return score.isPresent() ? HalfUp.format(score.value()) : NONE;
    }

    private static String interval(Score score) {
        return score.isPresent() ? score.interval().toString() : NONE;
    }
}
