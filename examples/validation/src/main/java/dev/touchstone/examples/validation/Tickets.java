package dev.touchstone.examples.validation;

import static dev.touchstone.examples.validation.Cases.flag;
import static dev.touchstone.examples.validation.Cases.marks;
import static dev.touchstone.examples.validation.Cases.numbers;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.examples.validation.Rows.Row;
import dev.touchstone.prediction.internal.Case;
import dev.touchstone.scoring.Assessment;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/** Tickets of a shop's support: does the score of the response say who will be dissatisfied? */
final class Tickets {

    private static final double MINUTE = Duration.ofMinutes(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final double APDEX_TARGET = 15 * MINUTE;

    private static final List<String> EFFECTS = List.of("channel", "category", "subcategory");

    private final List<Ticket> tickets;
    private Prequential learner = new Prequential(List.of(), List.of());

    private Tickets(List<Ticket> tickets) {
        this.tickets = tickets;
    }

    static Tickets of(List<Row> rows) {
        return new Tickets(rows.stream()
                .map(Ticket::new)
                .sorted(Comparator.comparingLong(ticket -> ticket.responded))
                .toList());
    }

    List<Contest> contests() {
        judge();
        int half = tickets.size() / 2;
        List<Ticket> earlier = tickets.subList(0, half);
        List<Ticket> later = tickets.subList(half, tickets.size());
        LogisticRegression trained = trained(earlier, Ticket::features);
        LogisticRegression informed = trained(earlier, Ticket::featuresAndHistory);
        List<Contest> contests = List.of(
                contest("tickets", "All tickets", tickets, true),
                contest("tickets.later", "The later half of the tickets", later, false)
                        .rank(
                                "logistic",
                                "logistic regression trained on the " + half + " earlier tickets",
                                numbers(later, ticket -> trained.risk(ticket.features())))
                        .rank(
                                "history",
                                "the same, with answers a day old or older, by sub-category",
                                numbers(later, ticket -> informed.risk(ticket.featuresAndHistory()))));
        contests.get(0).predicted("tickets.all.predicted", learner::risks, OptionalDouble.empty());
        long split = tickets.get(half).responded;
        contests.get(1)
                .predicted("tickets.predicted", run -> later(learner.risks(run), half), OptionalDouble.of(0.695))
                .learned("tickets.once", "answers of the earlier half only", later(learner.mergedRisks(1, split), half))
                .learned("tickets.merged", "the same, four learners", later(learner.mergedRisks(4, split), half));
        return contests;
    }

    private static double[] later(double[] risks, int from) {
        return Arrays.copyOfRange(risks, from, risks.length);
    }

    private static LogisticRegression trained(List<Ticket> tickets, Function<Ticket, double[]> features) {
        return LogisticRegression.train(
                tickets.stream().map(features).toArray(double[][]::new), marks(tickets, Ticket::isBad));
    }

    void judge() {
        Replay replay = new Replay(Catalog.empty());
        for (int i = 0; i < tickets.size(); i++) {
            replay.add(tickets.get(i).event(i));
        }
        // the file does not say when a customer answered: a day after the response is taken for it
        new History<Ticket>(ticket -> ticket.responded, ticket -> ticket.responded + DAY, Ticket::isBad)
                .shares(tickets, ticket -> ticket.category + "/" + ticket.subcategory)
                .forEach((ticket, share) -> ticket.categoryShare = share);
        replay.run((id, assessment) -> tickets.get(Integer.parseInt(id)).assessed(assessment));
        learner = new Prequential(EFFECTS, tickets.stream().map(Ticket::asked).toList());
    }

    private static Contest contest(String key, String title, List<Ticket> tested, boolean marked) {
        double[] risk = numbers(tested, ticket -> ticket.eventRisk);
        double[] known = tested.stream()
                .mapToDouble(ticket -> ticket.duration)
                .filter(duration -> duration > 0)
                .sorted()
                .toArray();
        // where the time is unknown, as usual
        double usual = known.length == 0 ? 1 : known[known.length / 2];
        Contest contest = new Contest(key, title + "; bad: CSAT of 1 or 2", marks(tested, Ticket::isBad))
                .rank("slow", "more than an hour, yes or no", numbers(tested, t -> flag(t.duration > 60 * MINUTE)))
                .rank("apdex", "Apdex of the response time, T = 15 min", numbers(tested, Ticket::apdexRisk))
                .rank("elapsed", "response time", numbers(tested, t -> t.duration > 0 ? t.duration : usual));
        return marked
                ? contest.rank("", "this model, response event", risk, 0.64)
                : contest.rank("event", "this model, response event", risk);
    }

    List<Ticket> tickets() {
        return tickets;
    }

    /** One ticket, and what was made of it. */
    static final class Ticket {

        private final String channel;
        private final String category;
        private final String subcategory;
        private final long responded;
        private final double duration;
        private final double csat;
        private Case assessed = new Case(new double[0], List.of(), false);

        double eventRisk = Double.NaN;
        double categoryShare = Double.NaN;

        Ticket(Row row) {
            this.channel = row.text("channel").toLowerCase(Locale.ROOT);
            this.category = row.text("category");
            this.subcategory = row.text("subcategory");
            this.responded = row.time("responded");
            double took = (double) (responded - row.time("reported"));
            this.duration = took < 0 ? -1 : Math.max(MINUTE, took);
            this.csat = row.number("csat");
        }

        TouchpointEvent event(int index) {
            TouchpointEvent.Builder event = TouchpointEvent.builder("support.response")
                    .id(String.valueOf(index))
                    .channel(Channel.of(channel))
                    .timeMs(responded)
                    .attribute("category", category);
            if (duration > 0) {
                event.durationMs(duration);
            }
            return event.build();
        }

        private void assessed(Assessment assessment) {
            eventRisk = 1 - assessment.quality();
            assessed = Case.of(assessment, List.of(channel, category, category + "/" + subcategory));
        }

        private Asked asked() {
            return new Asked(responded, responded + DAY, assessed, csat);
        }

        boolean isBad() {
            return csat <= 2;
        }

        double apdexRisk() {
            return duration <= APDEX_TARGET ? 0 : duration <= 4 * APDEX_TARGET ? 0.5 : 1;
        }

        double[] featuresAndHistory() {
            return Cases.joined(features(), Math.log(categoryShare));
        }

        double[] features() {
            double minutes = Math.max(1, duration / MINUTE);
            return Stream.of(
                            Math.log(minutes),
                            Math.log(minutes) * Math.log(minutes),
                            flag(duration < 0),
                            flag(channel.equals("outcall")),
                            flag(channel.equals("email")),
                            flag(category.equals("Returns")),
                            flag(category.equals("Cancellation")),
                            flag(category.equals("Refund Related")),
                            flag(category.equals("Product Queries")))
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
    }
}
