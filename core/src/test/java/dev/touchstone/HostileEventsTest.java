package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Consent;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Mention;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.EventJson;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.scoring.Score;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random events through every entry, a fifth of them nonsense: nothing escapes, the counts balance and every score is from 0
 * to 100. 100,000 events, or as many as the property {@code touchstone.hostile} says.
 */
class HostileEventsTest {

    private static final long EVENTS = Long.getLong("touchstone.hostile", 100_000);
    private static final int CHECKED_EVERY = 100_000;
    private static final String[] NAMES = {"search", "basket", "pay", "confirm", "call"};
    private static final String LONG = "x".repeat(100_000);
    private static final String[] NONSENSE = {
        null, "", " ", "\u0000", "\uD800", "a\r\nb", "\u202Eabc", "${jndi:ldap://x}", LONG, "e\u0301", "\uFEFF", "other"
    };
    private static final double[] NUMBERS = {
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        -0.0,
        -1,
        1e308,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Long.MIN_VALUE
    };
    private static final long[] TIMES = {Long.MIN_VALUE, Long.MAX_VALUE, 0, -1, 253_402_300_799_999L};

    private final SplittableRandom random = new SplittableRandom(17);
    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final PseudonymKey key = PseudonymKey.random();
    private final EventJson json = new EventJson();
    private final Touchstone touchstone = Touchstone.builder()
            .clock(clock)
            .pseudonymKey(key)
            .maximumCustomers(2_000)
            .maximumSeries(50)
            .lifetime()
            .consent(event -> {
                if (event.touchpoint().equals("call") && event.hasWarnings()) {
                    throw new IllegalStateException("no answer");
                }
                return event.consent();
            })
            .catalog(catalog -> catalog.touchpoint("basket", t -> t.journey("purchase"))
                    .touchpoint("pay", t -> t.journey("purchase").importance(3).target(Duration.ofMillis(400)))
                    .touchpoint("call", t -> t.supportContact(true))
                    .journey("purchase", j -> j.ends("confirm")))
            .build();

    private long offered;

    @AfterEach
    void close() {
        touchstone.close();
    }

    @Test
    @Timeout(24 * 3600)
    void countsBalanceAndScoresAreScores() {
        while (offered < EVENTS) {
            offer();
            if (offered % CHECKED_EVERY == 0) {
                check();
            }
        }
        check();
        Health health = touchstone.health();
        assertThat(health.accepted()).isPositive();
        assertThat(health.evicted()).isPositive();
        assertThat(health.dropped(DropReason.ERROR)).isZero();
        assertThat(health.totalDropped()).isGreaterThan(EVENTS / 20);
    }

    /** The planted fault: an event that was offered and counted by no one. */
    @Test
    void anEventThatIsNotCountedIsNoticed() {
        offer();
        offered++;
        assertThatThrownBy(this::check).isInstanceOf(AssertionError.class);
    }

    private void offer() {
        offered++;
        if (random.nextInt(1_000) == 0) {
            clock.advance(Duration.ofMillis(random.nextLong(1_000)));
        }
        switch (random.nextInt(12)) {
            case 0 -> touchstone.record(random.nextInt(20) == 0 ? null : event());
            case 1 -> touchstone.reject(random.nextInt(5) == 0 ? null : DropReason.BAD_EVENT);
            case 2 -> interact();
            case 3 -> observe();
            case 4 -> touchstone.mention(random.nextInt(20) == 0 ? null : mention());
            case 5 -> read();
            default -> touchstone.record(event());
        }
    }

    private void observe() {
        try {
            touchstone.observe(name(), () -> {
                if (random.nextInt(4) == 0) {
                    throw new IllegalStateException("the application's own");
                }
                return "";
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("the application's own");
        }
    }

    private void interact() {
        Interaction visit = touchstone.begin(name());
        visit.customer(customer()).channel(channel()).amount(number()).cost(number());
        visit.duration(Duration.ofMillis(random.nextInt(1_000) - 10)).retry().attribute(text(), text());
        if (random.nextBoolean()) {
            visit.succeed();
        }
        visit.fail();
        visit.close();
        visit.close();
    }

    private void read() {
        byte[] bytes = ("{\"touchpoint\":\"search\",\"time\":\"" + clock.instant() + "\",\"customer\":\"c"
                        + random.nextInt(5_000) + "\",\"durationMs\":" + random.nextInt(2_000) + "}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        EventJson.ReadEvent read = json.read(bytes);
        if (read.event().isPresent()) {
            touchstone.record(read.event().get());
        } else {
            touchstone.reject(read.reason().orElse(null));
        }
    }

    private boolean nonsense() {
        return random.nextInt(30) == 0; // some seven things of an event may be nonsense: a fifth of the events are
    }

    private String text() {
        return nonsense() ? NONSENSE[random.nextInt(NONSENSE.length)] : "t" + random.nextInt(20);
    }

    private String name() {
        if (nonsense()) {
            return NONSENSE[random.nextInt(NONSENSE.length)];
        }
        return random.nextInt(10) == 0 ? "page-" + random.nextInt(1_000) : NAMES[random.nextInt(NAMES.length)];
    }

    private double number() {
        return nonsense() ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextInt(5_000);
    }

    private Channel channel() {
        return nonsense() ? null : random.nextBoolean() ? Channel.WEB : Channel.of("c" + random.nextInt(100));
    }

    private CustomerId customer() {
        if (nonsense()) {
            String id = NONSENSE[random.nextInt(NONSENSE.length)];
            return id == null ? null : CustomerId.of(id);
        }
        int number = random.nextInt(random.nextBoolean() ? 500 : 50_000);
        return random.nextInt(3) == 0 ? CustomerId.anonymous("g" + number) : CustomerId.of("c" + number);
    }

    private TouchpointEvent event() {
        TouchpointEvent.Builder event = TouchpointEvent.builder(name())
                .customer(customer())
                .channel(channel())
                .durationMs(number())
                .promiseMs(random.nextInt(8) == 0 ? number() : Double.NaN)
                .retries(random.nextInt(8) == 0 ? number() : 0)
                .transfers(random.nextInt(8) == 0 ? number() : 0)
                .outcome(nonsense() ? null : Outcome.values()[random.nextInt(Outcome.values().length)])
                .consent(random.nextInt(20) == 0 ? Consent.values()[random.nextInt(3)] : Consent.SCORE);
        if (random.nextInt(3) == 0) {
            event.timeMs(
                    nonsense() ? TIMES[random.nextInt(TIMES.length)] : clock.millis() - random.nextLong(100_000_000));
        }
        if (random.nextInt(4) == 0) {
            event.id(nonsense() ? NONSENSE[random.nextInt(NONSENSE.length)] : "e" + random.nextInt(1_000_000));
        }
        if (random.nextInt(6) == 0) {
            event.feedback(Feedback.of(Feedback.Scale.NPS, random.nextInt(3) == 0 ? number() : random.nextInt(11)));
        }
        if (random.nextInt(10) == 0) {
            event.attribute(text(), text()).amount(number()).cost(number());
        }
        return event.build();
    }

    private Mention mention() {
        return (random.nextBoolean() ? Mention.own() : Mention.competitor())
                .id(text())
                .touchpoint(random.nextBoolean() ? name() : null)
                .customer(customer())
                .channel(channel())
                .sentiment(number() / 5_000)
                .reach(number())
                .build();
    }

    private void check() {
        Health health = touchstone.health();
        assertThat(health.offered()).isEqualTo(offered);
        assertThat(health.accepted() + health.totalDropped()).isEqualTo(offered);
        assertThat(health.anonymous() + health.live() + health.evicted() + health.erased())
                .isEqualTo(health.accepted());
        assertThat(((Engine) touchstone).recount()).isEqualTo(health.live());
        assertThat(health.customers()).isLessThanOrEqualTo(2_020);
        Scoreboard board = touchstone.scoreboard();
        assertThat(board.touchpoints()).hasSizeLessThanOrEqualTo(51);
        ScoreboardJson.compact().write(board); // which writes no number that is not finite
        board.touchpoints().forEach(cell -> {
            assertScore(cell.scores().now().experience());
            assertScore(cell.scores().now().effort());
        });
        for (int i = 0; i < 500; i++) {
            CustomerKey customer = CustomerId.of("c" + i).key(key);
            assertScore(touchstone.customer(customer).experience());
            assertScore(touchstone.customer(customer).effort());
            assertScore(touchstone.customer(customer).lifetimeExperience());
        }
    }

    private static void assertScore(Score score) {
        if (score.isPresent()) {
            assertThat(score.value()).isBetween(0.0, 100.0);
            assertThat(score.interval().low()).isBetween(0.0, score.value());
            assertThat(score.interval().high()).isBetween(score.value(), 100.0);
            assertThat(score.evidence()).isBetween(0.0, 1e9);
        }
    }
}
