package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.read.ListAppender;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class GuardTest {

    private static final TouchpointEvent SEARCH =
            TouchpointEvent.builder("search").build();

    private final Logger logger = (Logger) LoggerFactory.getLogger(Touchstone.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");

    @BeforeEach
    void listenToTheLog() {
        logged.start();
        logger.addAppender(logged);
        logger.setAdditive(false);
    }

    @AfterEach
    void leaveTheLog() {
        logger.detachAppender(logged);
        logger.setAdditive(true);
    }

    private Touchstone with(AssessmentListener listener) {
        return builder().listener(listener).build();
    }

    private TouchstoneBuilder builder() {
        return Touchstone.builder().clock(clock).pseudonymKey(PseudonymKey.random());
    }

    @Test
    void aThrowingListenerDisturbsNobody() {
        List<TouchpointEvent> told = new ArrayList<>();
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .listener((event, touchpoint, assessment) -> {
                    throw new IllegalStateException("card 4111 of ada was declined");
                })
                .listener((event, touchpoint, assessment) -> told.add(event))
                .build()) {
            touchstone.record(SEARCH);
            assertThat(told).hasSize(1);
            assertThat(touchstone.health().accepted()).isEqualTo(1);
            assertThat(touchstone.health().warnings(Warning.LISTENER_ERROR)).isEqualTo(1);
        }
    }

    @Test
    void whatFailsIsLoggedOnceAMinuteWithoutItsMessage() {
        try (Touchstone touchstone = with((event, touchpoint, assessment) -> {
            throw new IllegalStateException("card 4111 of ada was declined");
        })) {
            touchstone.record(SEARCH);
            touchstone.record(SEARCH);
            assertThat(logged.list).hasSize(1);
            assertThat(logged.list.get(0).getFormattedMessage())
                    .contains("Listener failed with")
                    .contains("java.lang.IllegalStateException")
                    .contains("GuardTest.java")
                    .contains("listener_error")
                    .doesNotContain("ada")
                    .doesNotContain("4111");
            assertThat(logged.list.get(0).getThrowableProxy()).isNull();
            clock.advance(Duration.ofMinutes(1));
            touchstone.record(SEARCH);
            assertThat(logged.list).hasSize(2);
            assertThat(touchstone.health().warnings(Warning.LISTENER_ERROR)).isEqualTo(3);
        }
    }

    @Test
    void evictionOfActiveCustomersIsLoggedOnceAMinuteWithTheSettingToRaise() {
        try (Touchstone touchstone = builder().maximumCustomers(2).build()) {
            recordCustomers(touchstone, 0, 2);
            assertThat(logged.list).isEmpty();
            recordCustomers(touchstone, 2, 5);
            assertThat(logged.list)
                    .singleElement()
                    .satisfies(event -> assertThat(event.getFormattedMessage())
                            .contains("active customers were evicted")
                            .contains("maximum-customers"));
            clock.advance(Duration.ofSeconds(59));
            recordCustomers(touchstone, 5, 8);
            assertThat(logged.list).hasSize(1);
            clock.advance(Duration.ofSeconds(1));
            recordCustomers(touchstone, 8, 11);
            assertThat(logged.list).hasSize(2);
            assertThat(touchstone.health().warnings(Warning.ACTIVE_EVICTED)).isEqualTo(9);
        }
    }

    private static void recordCustomers(Touchstone touchstone, int from, int to) {
        for (int i = from; i < to; i++) {
            touchstone.record(TouchpointEvent.builder("search")
                    .customer(CustomerId.of("customer-" + i))
                    .build());
        }
    }

    @Test
    void withoutAKeyThereIsOneWarning() {
        try (Touchstone touchstone = Touchstone.builder().name("keyless").build()) {
            touchstone.record(SEARCH);
            assertThat(logged.list)
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event.getFormattedMessage()).startsWith("Instance keyless: no pseudonym key"));
        }
    }

    @Test
    void aLoggerThatThrowsIsSurvived() {
        AppenderBase<ILoggingEvent> broken = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {}

            @Override
            public synchronized void doAppend(ILoggingEvent event) {
                throw new IllegalStateException("disk full");
            }
        };
        logger.addAppender(broken);
        Touchstone.create().close();
        try (Touchstone touchstone = with((event, touchpoint, assessment) -> {
            throw new IllegalStateException();
        })) {
            touchstone.record(SEARCH);
            assertThat(touchstone.health().accepted()).isEqualTo(1);
        } finally {
            logger.detachAppender(broken);
        }
    }

    @Test
    void aListenerMayOverflowTheStackOrMissAClass() {
        try (Touchstone touchstone = with((event, touchpoint, assessment) -> {
            throw event.touchpoint().equals("search") ? new StackOverflowError() : new NoClassDefFoundError();
        })) {
            touchstone.record(SEARCH);
            touchstone.record(TouchpointEvent.builder("pay").build());
            assertThat(touchstone.health().warnings(Warning.LISTENER_ERROR)).isEqualTo(2);
        }
    }

    @Test
    void aListenerThatRecordsIsNotToldOfWhatItRecords() {
        List<String> told = new ArrayList<>();
        Touchstone[] self = new Touchstone[1];
        try (Touchstone touchstone = with((event, touchpoint, assessment) -> {
            told.add(event.touchpoint());
            self[0].record(TouchpointEvent.builder("echo").build());
        })) {
            self[0] = touchstone;
            touchstone.record(SEARCH);
            touchstone.record(SEARCH);
            assertThat(told).containsExactly("search", "search");
            assertThat(touchstone.health().accepted()).isEqualTo(4);
        }
    }

    @Test
    void aThrowingResolverLeavesTheEventAnonymous() {
        try (Touchstone touchstone = builder().build()) {
            try (Interaction visit = touchstone.begin("search")) {
                visit.customer(
                        request -> {
                            throw new IllegalStateException(request);
                        },
                        "GET /search?q=ada");
                visit.succeed();
            }
            assertThat(touchstone.health().anonymous()).isEqualTo(1);
            assertThat(touchstone.health().warnings(Warning.RESOLVER_ERROR)).isEqualTo(1);
            assertThat(logged.list)
                    .singleElement()
                    .satisfies(event -> assertThat(event.getFormattedMessage())
                            .contains("CustomerResolver")
                            .doesNotContain("ada"));
        }
    }

    @Test
    void aResolverNamesTheCustomer() {
        try (Touchstone touchstone = Touchstone.builder().clock(clock).build()) {
            try (Interaction visit = touchstone.begin("search")) {
                visit.customer(CustomerId::of, "ada").customer(CustomerId::of, null);
                visit.customer(nobody -> null, "bob");
                visit.succeed();
            }
            assertThat(touchstone.customer(CustomerId.of("ada")).count()).isZero();
            assertThat(touchstone.health().anonymous()).isEqualTo(1);
        }
    }

    @Test
    void aStrictInstanceThrowsWhatAListenerThrows() {
        IllegalStateException thrown = new IllegalStateException();
        try (Touchstone strict = Touchstone.builder()
                .clock(clock)
                .strict()
                .listener((event, touchpoint, assessment) -> {
                    throw thrown;
                })
                .build()) {
            assertThatThrownBy(() -> strict.record(SEARCH)).isSameAs(thrown);
            assertThat(strict.health().accepted()).isEqualTo(1);
        }
    }

    @Test
    void interruptThatACallbackThrowsKeepsItsFlag() {
        HealthListener interruptedListener = health -> GuardTest.sneakilyInterrupt();
        try (Touchstone touchstone = builder()
                .listener((event, touchpoint, assessment) -> sneakilyInterrupt())
                .healthListener(interruptedListener)
                .build()) {
            touchstone.record(SEARCH);
            assertThat(Thread.interrupted()).as("after a listener").isTrue();
            try (Interaction visit = touchstone.begin("search")) {
                visit.customer(request -> sneakilyInterrupt(), "GET /search");
                assertThat(Thread.interrupted()).as("after a resolver").isTrue();
                visit.succeed();
            }
            Thread.interrupted();
            touchstone.pause();
            touchstone.scoreboard();
            assertThat(Thread.interrupted()).as("after a health listener").isTrue();
        }
    }

    private static CustomerId sneakilyInterrupt() {
        return GuardTest.<RuntimeException>sneakilyThrow(new InterruptedException());
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> CustomerId sneakilyThrow(Throwable e) throws X {
        throw (X) e;
    }
}
