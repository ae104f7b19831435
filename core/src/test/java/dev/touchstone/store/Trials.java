package dev.touchstone.store;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.test.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

/** Instances with a store, and events of all kinds for them. */
final class Trials {

    static final PseudonymKey KEY = key("the key of these tests");
    static final String START = "2026-03-01T10:00:00Z";

    private static final String[] TOUCHPOINTS = {
        "search", "pay", "basket", "confirm", "call", "chat", "GET /orders/{id}"
    };
    private static final Channel[] CHANNELS = {Channel.WEB, Channel.APP, Channel.PHONE, Channel.UNKNOWN};
    private static final int CUSTOMERS = 5;

    private Trials() {}

    static PseudonymKey key(String secret) {
        return PseudonymKey.of((secret + " is longer than thirty-two bytes").getBytes(StandardCharsets.UTF_8));
    }

    static TouchstoneBuilder builder(ManualClock clock) {
        return Touchstone.builder()
                .clock(clock)
                .pseudonymKey(KEY)
                .catalog(catalog -> catalog.touchpoint("search", t -> t.target(Duration.ofMillis(400)))
                        .touchpoint("pay", t -> t.journey("purchase").importance(3))
                        .touchpoint("basket", t -> t.journey("purchase"))
                        .touchpoint("call", t -> t.supportContact(true).channel("phone"))
                        .touchpoint("chat", t -> t.supportContact(true).journey("help"))
                        .journey("purchase", j -> j.steps(2).ends("confirm"))
                        .journey("help", j -> j.timeout(Duration.ofDays(2))));
    }

    static CustomerId customer(int number) {
        return CustomerId.of("customer-" + number);
    }

    /** An event of any kind, at most a day old. */
    static TouchpointEvent event(Random random, ManualClock clock) {
        TouchpointEvent.Builder event = TouchpointEvent.builder(pick(TOUCHPOINTS, random))
                .channel(pick(CHANNELS, random))
                .timeMs(clock.millis() - (random.nextInt(4) == 0 ? random.nextInt(86_400_000) : 0))
                .transfers(random.nextInt(6) == 0 ? 1 : 0)
                .outcome(random.nextInt(5) == 0 ? null : pick(Outcome.values(), random));
        if (random.nextInt(8) > 0) {
            event.customer(customer(random.nextInt(CUSTOMERS)));
        }
        if (random.nextBoolean()) {
            event.durationMs(50 + random.nextInt(2000));
        }
        if (random.nextInt(8) == 0) {
            event.feedback(
                    switch (random.nextInt(4)) {
                        case 0 -> Feedback.nps(random.nextInt(11));
                        case 1 -> Feedback.csat(1 + random.nextInt(5));
                        case 2 -> Feedback.ces1(1 + random.nextInt(5));
                        default -> Feedback.ces2(1 + random.nextInt(7));
                    });
        }
        if (random.nextInt(3) == 0) {
            event.id("event-" + random.nextInt(50));
        }
        return event.build();
    }

    private static <T> T pick(T[] from, Random random) {
        return from[random.nextInt(from.length)];
    }

    /** Everything that can be read, the customers too, so that two instances can be compared. */
    static String picture(Touchstone touchstone) {
        StringBuilder picture = new StringBuilder();
        for (int i = 0; i < CUSTOMERS; i++) {
            picture.append(touchstone.customer(customer(i))).append('\n');
        }
        return picture.append(ScoreboardJson.pretty().write(touchstone.scoreboard()))
                .toString();
    }
}
