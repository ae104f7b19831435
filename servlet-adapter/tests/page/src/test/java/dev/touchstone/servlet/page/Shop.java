package dev.touchstone.servlet.page;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.care.CareSettings;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.Stage;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Shops of which the page has something to show. */
final class Shop {

    static final String HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script>";

    private static final Stage[] STAGES =
            EnumSet.range(Stage.AWARENESS, Stage.ADVOCACY).toArray(Stage[]::new);

    private Shop() {}

    static Touchstone empty() {
        return Touchstone.create();
    }

    /** Returns one with one event, of a customer or anonymous. */
    static Touchstone visited(UnaryOperator<TouchstoneBuilder> settings, @Nullable String customer) {
        Touchstone touchstone = settings.apply(Touchstone.builder()).build();
        TouchpointEvent.Builder event = TouchpointEvent.builder("cart").outcome(Outcome.DEGRADED);
        touchstone.record((customer == null ? event : event.customer(CustomerId.of(customer))).build());
        return touchstone;
    }

    /** Returns one that shows every group, with a touchpoint for each title. */
    static Touchstone named(List<String> titles) {
        Touchstone touchstone = Touchstone.builder()
                .showSmallGroups()
                .catalog(catalog -> {
                    for (int i = 0; i < titles.size(); i++) {
                        String title = titles.get(i);
                        catalog.touchpoint("t" + i, touchpoint -> touchpoint.title(title));
                    }
                })
                .build();
        for (int i = 0; i < titles.size(); i++) {
            touchstone.record(TouchpointEvent.builder("t" + i)
                    .customer(CustomerId.of("ada"))
                    .outcome(Outcome.FAILURE)
                    .build());
        }
        return touchstone;
    }

    /** Returns one with as many touchpoints, all visited but the last, which is never seen, by customers like c7. */
    static Touchstone busy(int touchpoints) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
        Touchstone touchstone = Touchstone.builder()
                .clock(now::get)
                .lifetime()
                .name("shop")
                .catalog(catalog -> declare(catalog, touchpoints))
                .build();
        for (int customer = 0; customer < 15; customer++) {
            for (int i = 0; i < touchpoints - 1; i++) {
                visit(touchstone, i, customer);
            }
            touchstone.record(TouchpointEvent.builder("GET /orders/*")
                    .customer(CustomerId.of("c" + customer))
                    .build());
            touchstone.record(
                    TouchpointEvent.feedback("t0", CustomerId.of("c" + customer), Feedback.nps(customer % 11)));
            now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(7)));
        }
        touchstone.record(TouchpointEvent.builder("GET /rare")
                .customer(CustomerId.of("c1"))
                .outcome(Outcome.FAILURE)
                .build());
        return touchstone;
    }

    /**
     * Returns one in which payments fail in two channels: less in each than searching does, but more together.
     *
     * @param age how long it has counted
     * @param failures how many of ten payments fail
     */
    static Touchstone old(Duration age, int failures) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
        Touchstone touchstone =
                Touchstone.builder().clock(now::get).name("shop").build();
        now.updateAndGet(instant -> instant.plus(age));
        for (int customer = 0; customer < 200; customer++) {
            for (Channel channel : new Channel[] {Channel.WEB, Channel.APP}) {
                touchstone.record(TouchpointEvent.builder("pay")
                        .customer(CustomerId.of("c" + customer))
                        .channel(channel)
                        .outcome(customer % 10 < failures ? Outcome.FAILURE : Outcome.SUCCESS)
                        .build());
            }
            touchstone.record(TouchpointEvent.builder("search")
                    .customer(CustomerId.of("c" + customer))
                    .channel(Channel.WEB)
                    .outcome(customer % 10 < failures + 1 ? Outcome.FAILURE : Outcome.SUCCESS)
                    .build());
        }
        return touchstone;
    }

    /** Returns one that predicts answers, of forty customers who gave some. */
    static Touchstone answered() {
        Touchstone touchstone = Touchstone.builder().prediction().build();
        for (int customer = 0; customer < 40; customer++) {
            CustomerId id = CustomerId.of("c" + customer);
            boolean failed = customer % 4 == 0;
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(id)
                    .channel(Channel.WEB)
                    .outcome(failed ? Outcome.FAILURE : Outcome.SUCCESS)
                    .build());
            touchstone.record(TouchpointEvent.feedback("pay", id, Feedback.csat(failed ? 1 : 5)));
        }
        return touchstone;
    }

    /** Returns one that has counted for longer than the half-lives of its model. */
    static Touchstone slower(Duration nowHalfLife, Duration baselineHalfLife) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
        Touchstone touchstone = Touchstone.builder()
                .clock(now::get)
                .catalog(catalog -> catalog.model(ScoreModel.STANDARD
                        .derive("slower")
                        .set(ModelConstant.NOW_HALF_LIFE, (double) nowHalfLife.toMillis())
                        .set(ModelConstant.BASELINE_HALF_LIFE, (double) baselineHalfLife.toMillis())
                        .build()))
                .build();
        now.updateAndGet(instant -> instant.plus(baselineHalfLife.multipliedBy(2)));
        for (int customer = 0; customer < 20; customer++) {
            visit(touchstone, "pay", Channel.WEB, CustomerId.of("c" + customer), customer % 3);
        }
        return touchstone;
    }

    /** Returns one in which payments failed four hours ago, and fail less since a rollback. */
    static Touchstone recovered() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
        Touchstone touchstone = Touchstone.builder().clock(now::get).build();
        for (int customer = 0; customer < 100; customer++) {
            visit(touchstone, "pay", Channel.WEB, CustomerId.of("c" + customer), 0);
        }
        now.updateAndGet(instant -> instant.plus(Duration.ofHours(4)));
        touchstone.mark("rollback to 2.3.0");
        for (int customer = 0; customer < 100; customer++) {
            visit(touchstone, "pay", Channel.WEB, CustomerId.of("c" + customer), customer % 3);
        }
        return touchstone;
    }

    /** Returns one with a journey of eleven steps, at each of which half of the customers are elsewhere than the others. */
    static Touchstone winding() {
        Touchstone touchstone = Touchstone.builder()
                .catalog(catalog -> catalog.touchpoint("a", t -> t.journey("winding"))
                        .touchpoint("b", t -> t.journey("winding"))
                        .touchpoint("end", t -> t.journey("winding"))
                        .journey("winding", journey -> journey.ends("end")))
                .build();
        for (int step = 0; step < 11; step++) {
            for (int customer = 0; customer < 20; customer++) {
                touchstone.record(TouchpointEvent.builder((step + customer) % 2 == 0 ? "a" : "b")
                        .customer(CustomerId.of("c" + customer))
                        .build());
            }
        }
        return touchstone;
    }

    /** Returns one where twenty customers in each of two channels said whether they were satisfied. */
    static Touchstone answeredInTwoChannels() {
        Touchstone touchstone = Touchstone.create();
        for (int customer = 0; customer < 20; customer++) {
            for (Channel channel : new Channel[] {Channel.WEB, Channel.APP}) {
                CustomerId id = CustomerId.of(channel.name() + customer);
                visit(touchstone, "pay", channel, id, customer % 4);
                touchstone.record(TouchpointEvent.builder("pay")
                        .customer(id)
                        .channel(channel)
                        .feedback(Feedback.csat(channel.equals(Channel.APP) && customer % 4 == 0 ? 1 : 5))
                        .build());
            }
        }
        return touchstone;
    }

    /** Returns one with many touchpoints, all as they should be, and a completed journey in each of the last minutes. */
    static Touchstone calm() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
        Touchstone touchstone = Touchstone.builder()
                .clock(now::get)
                .name("shop")
                .catalog(catalog ->
                        catalog.touchpoint("t0", t -> t.journey("purchase")).journey("purchase", j -> j.ends("t1")))
                .build();
        for (int customer = 0; customer < 20; customer++) {
            for (int i = 0; i < 20; i++) {
                touchstone.record(TouchpointEvent.builder("t" + i)
                        .customer(CustomerId.of("c" + customer))
                        .build());
            }
        }
        return touchstone;
    }

    /**
     * Returns one with nine days behind it, of which the payments of the last one fail more often than before: since what is
     * marked as release 2.3.1.
     */
    static Touchstone past() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
        Touchstone touchstone = Touchstone.builder()
                .clock(now::get)
                .name("shop")
                .care(CareSettings.usual().assumedLoss(0.3))
                .catalog(catalog -> catalog.touchpoint(
                                "pay",
                                t -> t.title("Pay for the basket")
                                        .stage(Stage.PURCHASE)
                                        .owner("payments")
                                        .importance(3)
                                        .target(Duration.ofMillis(200)))
                        .touchpoint(
                                "search",
                                t -> t.stage(Stage.CONSIDERATION)
                                        .owner("catalog")
                                        .journey("purchase"))
                        .journey("purchase", journey -> journey.ends("pay")))
                .build();
        int hours = 9 * 24;
        for (int hour = 0; hour < hours; hour++) {
            boolean released = hour >= hours - 24;
            if (hour == hours - 24) {
                touchstone.mark("release 2.3.1");
            }
            for (int i = 0; i < 20; i++) {
                CustomerId customer = CustomerId.of("c" + i);
                int turn = 7 * hour + 11 * i;
                visit(touchstone, "pay", i % 2 == 0 ? Channel.WEB : Channel.APP, customer, turn % (released ? 3 : 19));
                visit(touchstone, "search", Channel.WEB, customer, turn % 23);
                visit(touchstone, "cart", Channel.WEB, customer, 1);
            }
            now.updateAndGet(instant -> instant.plus(Duration.ofHours(1)));
        }
        for (int i = 0; i < 20; i++) {
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(CustomerId.of("c" + i))
                    .channel(Channel.WEB)
                    .feedback(Feedback.csat(1 + i % 5))
                    .build());
        }
        for (int i = 0; i < 4; i++) {
            visit(touchstone, "pay", Channel.WEB, CustomerId.of("new" + i), 0);
        }
        touchstone.care().cases().open(CustomerId.of("c3"), "search", "called twice");
        return touchstone;
    }

    private static void visit(
            Touchstone touchstone, String touchpoint, Channel channel, CustomerId customer, int fails) {
        touchstone.record(TouchpointEvent.builder(touchpoint)
                .customer(customer)
                .channel(channel)
                .outcome(fails == 0 ? Outcome.FAILURE : Outcome.SUCCESS)
                .duration(Duration.ofMillis(120 + 10L * fails))
                .transfers(touchpoint.equals("search") && fails < 6 ? 1 : 0)
                .amount(5)
                .build());
    }

    /** Returns one with two hundred touchpoints in five channels. */
    static Touchstone wide() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
        Touchstone touchstone = Touchstone.builder()
                .clock(now::get)
                .name("shop")
                .catalog(catalog -> declare(catalog, 200))
                .build();
        for (int customer = 0; customer < 12; customer++) {
            CustomerId id = CustomerId.of("c" + customer);
            for (int i = 0; i < 200; i++) {
                for (String channel : new String[] {"web", "app", "store", "phone", "partner"}) {
                    visit(touchstone, "t" + i, Channel.of(channel), id, (i + customer + channel.length()) % 7);
                }
            }
            now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(30)));
        }
        return touchstone;
    }

    /** Returns one with as many touchpoints that are not declared. */
    static Touchstone undeclared(int touchpoints) {
        Touchstone touchstone = Touchstone.builder()
                .showSmallGroups()
                .maximumSeries(touchpoints + 100)
                .build();
        for (int i = 0; i < touchpoints; i++) {
            touchstone.record(TouchpointEvent.builder("GET /item" + i)
                    .customer(CustomerId.of("c" + i % 15))
                    .channel(Channel.WEB)
                    .outcome(i % 9 == 0 ? Outcome.FAILURE : Outcome.SUCCESS)
                    .build());
        }
        return touchstone;
    }

    private static void declare(Catalog.Builder catalog, int touchpoints) {
        catalog.journey(
                "purchase",
                journey -> journey.steps(3).timeout(Duration.ofMinutes(30)).ends("t2"));
        for (int i = 0; i < touchpoints; i++) {
            int number = i;
            catalog.touchpoint(
                    "t" + number,
                    t -> t.title(number == 1 ? HOSTILE : "Touchpoint " + number)
                            .stage(STAGES[number % STAGES.length])
                            .journey(number < 3 ? "purchase" : null)
                            .owner("team-" + number % 5)
                            .target(Duration.ofMillis(200)));
        }
    }

    private static void visit(Touchstone touchstone, int touchpoint, int customer) {
        touchstone.record(TouchpointEvent.builder("t" + touchpoint)
                .customer(CustomerId.of("c" + customer))
                .channel(touchpoint % 3 == 0 ? Channel.APP : Channel.WEB)
                .outcome((touchpoint * 7 + customer) % 9 == 0 ? Outcome.FAILURE : Outcome.SUCCESS)
                .duration(Duration.ofMillis(20 + (touchpoint * 37L + customer * 101L) % 700))
                .transfers((touchpoint + customer) % 4 == 0 ? 1 : 0)
                .build());
    }
}
