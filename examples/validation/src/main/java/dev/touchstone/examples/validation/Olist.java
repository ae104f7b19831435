package dev.touchstone.examples.validation;

import static dev.touchstone.examples.validation.Cases.flag;
import static dev.touchstone.examples.validation.Cases.marks;
import static dev.touchstone.examples.validation.Cases.numbers;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.examples.validation.Rows.Row;
import dev.touchstone.prediction.internal.Case;
import dev.touchstone.scoring.Assessment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Orders of a marketplace: does the score of the delivery say who will give one or two stars? */
final class Olist {

    static final Catalog CATALOG = Catalog.builder()
            .touchpoint("order.approve", t -> t.journey("order"))
            .touchpoint("order.handover", t -> t.journey("order"))
            .touchpoint("order.deliver", t -> t.journey("order"))
            .journey("order", j -> j.timeout(Duration.ofDays(400)).ends("order.deliver"))
            .build();

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long REPORTED_FROM =
            Instant.parse("2018-03-01T00:00:00Z").toEpochMilli();
    private static final double APDEX_TARGET_DAYS = 10;
    private static final String DELIVERY = "deliver/";

    private final List<Order> orders;
    private Prequential learner = new Prequential(List.of(), List.of());

    private Olist(List<Order> orders) {
        this.orders = orders;
        for (int i = 0; i < orders.size(); i++) {
            orders.get(i).index = i;
        }
    }

    static Olist of(List<Row> rows) {
        return new Olist(rows.stream().map(Order::new).toList());
    }

    List<Contest> contests() {
        judge();
        return Stream.of(
                        contest("olist.delivered", "Delivered orders", Order::isDelivered, true),
                        contest("olist.all", "All orders", order -> true, false))
                .toList();
    }

    /** Has every order judged, each as it was when its review form went out. */
    void judge() {
        Replay replay = new Replay(CATALOG);
        for (int i = 0; i < orders.size(); i++) {
            orders.get(i).events(i).forEach(replay::add);
        }
        replay.run((id, assessment) -> delivered(id).forEach(order -> order.assessed(assessment)));
        learner = new Prequential(
                List.of("seller"), orders.stream().map(Order::asked).toList());
        new History<Order>(order -> order.closed, order -> order.answered, Order::isBad)
                .shares(orders, order -> order.seller)
                .forEach((order, share) -> order.sellerShare = share);
        // an order outside of any journey is nothing but its delivery
        orders.forEach(order -> order.journeyRisk = order.eventRisk);
        new Journeys(
                        CATALOG,
                        (id, journey) -> delivered(id)
                                .forEach(order -> order.journeyRisk =
                                        1 - journey.assessment().quality()))
                .run(replay.inOrder());
    }

    private Stream<Order> delivered(String id) {
        return id.startsWith(DELIVERY)
                ? Stream.of(orders.get(Integer.parseInt(id.substring(DELIVERY.length()))))
                : Stream.empty();
    }

    private Contest contest(String key, String title, Predicate<Order> chosen, boolean marked) {
        List<Order> tested = orders.stream()
                .filter(chosen)
                .filter(order -> order.purchased >= REPORTED_FROM)
                .toList();
        List<Order> earlier = orders.stream()
                .filter(chosen)
                .filter(order -> order.purchased < REPORTED_FROM && order.answered < REPORTED_FROM)
                .toList();
        LogisticRegression trained = trained(earlier, Order::features);
        LogisticRegression informed = trained(earlier, Order::featuresAndHistory);
        Contest contest = new Contest(
                        key, title + " bought from 2018-03 on; bad: 1 or 2 stars", marks(tested, Order::isBad))
                .rank("late", "late or failed, yes or no", numbers(tested, order -> flag(order.isLate())))
                .rank("apdex", "Apdex of the elapsed time, T = 10 d", numbers(tested, Order::apdexRisk))
                .rank("elapsed", "elapsed time", numbers(tested, order -> order.elapsed));
        rankByModel(contest, tested, marked);
        contest.rank(
                        "logistic",
                        "logistic regression trained on " + earlier.size() + " earlier orders",
                        numbers(tested, order -> trained.risk(order.features())))
                .rank(
                        "history",
                        "the same, with earlier answers about the seller",
                        numbers(tested, order -> informed.risk(order.featuresAndHistory())));
        return contest.predicted(
                        key + ".predicted",
                        run -> of(tested, learner.risks(run)),
                        marked ? OptionalDouble.of(0.763) : OptionalDouble.empty())
                .learned(key + ".once", "answers before March only", of(tested, learner.mergedRisks(1, REPORTED_FROM)))
                .learned(key + ".merged", "the same, four learners", of(tested, learner.mergedRisks(4, REPORTED_FROM)));
    }

    private static double[] of(List<Order> tested, double[] risks) {
        return numbers(tested, order -> risks[order.index]);
    }

    private static LogisticRegression trained(List<Order> orders, Function<Order, double[]> features) {
        return LogisticRegression.train(
                orders.stream().map(features).toArray(double[][]::new), marks(orders, Order::isBad));
    }

    private static void rankByModel(Contest contest, List<Order> tested, boolean marked) {
        double[] event = numbers(tested, order -> order.eventRisk);
        double[] journey = numbers(tested, order -> order.journeyRisk);
        if (marked) {
            contest.rank("event", "this model, delivery event", event, 0.745)
                    .rank("journey", "this model, journey", journey, 0.729);
        } else {
            contest.rank("event", "this model, delivery event", event).rank("journey", "this model, journey", journey);
        }
    }

    List<Order> orders() {
        return orders;
    }

    /** One order, and what was made of it. */
    static final class Order {

        private final String customer;
        private final String seller;
        private final boolean deliveredInTheEnd;
        private final boolean failed;
        /** Whether it had not come by the end of the day on which the review form went out, which is all that is known. */
        private final boolean awaited;

        private final long purchased;
        private final OptionalLong approved;
        private final OptionalLong handedOver;
        private final OptionalLong shippingLimit;
        private final long closed;
        private final long promised;
        private final long answered;
        private final double furtherItems;
        private final double furtherSellers;
        private final double elapsed;
        private final double stars;

        private int index;
        private Case assessed = new Case(new double[0], List.of(), false);

        double eventRisk = Double.NaN;
        double journeyRisk = Double.NaN;
        double sellerShare = Double.NaN;

        Order(Row row) {
            String status = row.text("status");
            OptionalLong delivered = row.optionalTime("delivered");
            long asked = row.time("review_created");
            this.customer = row.text("customer");
            this.seller = row.text("seller");
            this.deliveredInTheEnd = status.equals("delivered");
            this.failed = status.equals("canceled") || status.equals("unavailable");
            this.awaited = delivered.isEmpty() || delivered.getAsLong() >= asked + DAY;
            this.purchased = row.time("purchased");
            this.approved = row.optionalTime("approved");
            this.handedOver = row.optionalTime("handed_over");
            this.shippingLimit = row.optionalTime("shipping_limit");
            this.closed = awaited ? asked : delivered.getAsLong();
            this.promised = row.time("estimated") + DAY;
            this.answered = row.time("review_answered");
            this.furtherItems = further(row.optional("items"));
            this.furtherSellers = further(row.optional("sellers"));
            this.elapsed = since(closed, purchased);
            this.stars = row.number("stars");
        }

        private static double further(OptionalDouble count) {
            return Math.max(0, count.orElse(1) - 1);
        }

        /** Returns what the customer met with; nothing of it is known only after the review form went out. */
        List<TouchpointEvent> events(int index) {
            List<TouchpointEvent> events = new ArrayList<>();
            approved.ifPresent(time -> events.add(event("order.approve", "approve/" + index, time)
                    .durationMs(since(time, purchased))
                    .build()));
            handedOver.ifPresent(time -> {
                TouchpointEvent.Builder event =
                        event("order.handover", "handover/" + index, time).durationMs(since(time, purchased));
                shippingLimit.ifPresent(limit -> event.promiseMs(since(limit, purchased)));
                events.add(event.build());
            });
            events.add(event("order.deliver", DELIVERY + index, closed)
                    .durationMs(elapsed)
                    .promiseMs(since(promised, purchased))
                    .outcome(failed ? Outcome.FAILURE : awaited ? Outcome.DEGRADED : Outcome.SUCCESS)
                    .transfers(furtherSellers)
                    .retries(furtherItems)
                    .build());
            return events;
        }

        private TouchpointEvent.Builder event(String touchpoint, String id, long timeMs) {
            return TouchpointEvent.builder(touchpoint)
                    .id(id)
                    .customer(CustomerId.of(customer))
                    .timeMs(timeMs);
        }

        private void assessed(Assessment assessment) {
            eventRisk = 1 - assessment.quality();
            assessed = Case.of(assessment, List.of(seller));
        }

        private Asked asked() {
            return new Asked(closed, answered, assessed, stars);
        }

        boolean isDelivered() {
            return deliveredInTheEnd;
        }

        boolean isBad() {
            return stars <= 2;
        }

        boolean isLate() {
            return failed || closed > promised;
        }

        double apdexRisk() {
            double days = elapsed / DAY;
            return failed || days > 4 * APDEX_TARGET_DAYS ? 1 : days > APDEX_TARGET_DAYS ? 0.5 : 0;
        }

        double[] featuresAndHistory() {
            return Cases.joined(features(), Math.log(sellerShare));
        }

        /** Returns the logarithm of the hours up to then, or up to the review form if that went out before. */
        private double hoursTo(OptionalLong time) {
            return Math.log1p(Math.max(0, since(Math.min(time.orElse(closed), closed), purchased) / HOUR));
        }

        private static double since(long later, long sooner) {
            return later - sooner;
        }

        /** Returns what the trained opponent is told: all that the model is told, and more than once. */
        double[] features() {
            double days = elapsed / DAY;
            double daysLate = since(closed, promised) / DAY;
            return new double[] {
                Math.log1p(Math.max(0, days)),
                Math.max(0, days),
                flag(isLate()),
                Math.log1p(Math.max(0, daysLate)),
                Math.max(-30, Math.min(0, daysLate)),
                flag(awaited),
                flag(failed),
                Math.log1p(furtherItems),
                Math.min(1, furtherItems),
                Math.log1p(furtherSellers),
                hoursTo(approved),
                hoursTo(handedOver)
            };
        }
    }
}
