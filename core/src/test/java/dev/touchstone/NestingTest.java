package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.Consent;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Interactions inside interactions, and scopes that are never closed. */
@SuppressWarnings("try") // scopes are used by being open
class NestingTest {

    private static final CustomerId ADA = CustomerId.of("ada");

    private final Engine engine = (Engine)
            Touchstone.builder().clock(ManualClock.at("2026-03-01T10:00:00Z")).build();

    private Deque<AutoCloseable> nest(int depth) {
        Deque<AutoCloseable> open = new ArrayDeque<>();
        for (int i = 0; i < depth; i++) {
            Interaction visit = engine.begin("step");
            open.push(visit);
            open.push(engine.scope(visit));
        }
        return open;
    }

    private static void closeAll(Deque<AutoCloseable> open) throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    @Test
    void tenThousandNestedInteractionsAreRecorded() throws Exception {
        Interaction outermost = engine.begin("visit").customer(ADA);
        Deque<AutoCloseable> open = new ArrayDeque<>(List.of(engine.scope(outermost)));
        Deque<AutoCloseable> inner = nest(10_000);
        closeAll(inner);
        closeAll(open);
        outermost.close();
        assertThat(engine.health().accepted()).isEqualTo(10_001);
        assertThat(engine.health().totalDropped()).isZero();
        assertThat(engine.customer(ADA).count()).isEqualTo(10_001);
        assertThat(engine.scopes()).isZero();
    }

    @Test
    void consentOfAnInteractionBeyondTheBoundHolds() throws Exception {
        Deque<AutoCloseable> around = nest(Interaction.MAX_DEPTH + 10);
        Interaction strict = engine.begin("strict").consent(Consent.NONE);
        Scope scope = engine.scope(strict);
        Deque<AutoCloseable> inside = nest(10);
        closeAll(inside);
        scope.close();
        strict.close();
        closeAll(around);
        assertThat(engine.health().dropped(DropReason.NO_CONSENT)).isEqualTo(11);
        assertThat(engine.health().accepted()).isEqualTo(Interaction.MAX_DEPTH + 10);
    }

    @Test
    void interactionBeyondTheBoundIsNotLinked() throws Exception {
        Deque<AutoCloseable> around = nest(Interaction.MAX_DEPTH + 1);
        Interaction beyond = engine.begin("beyond").customer(ADA);
        Scope scope = engine.scope(beyond);
        engine.begin("inside").close();
        scope.close();
        beyond.close();
        closeAll(around);
        assertThat(engine.customer(ADA).count()).isOne();
    }

    @Test
    void innermostCustomerAndChannelHold() throws Exception {
        try (Interaction outer = engine.begin("outer").customer(CustomerId.of("bob"));
                Scope first = engine.scope(outer);
                Interaction middle = engine.begin("middle").customer(ADA);
                Scope second = engine.scope(middle);
                Interaction inner = engine.begin("inner");
                Scope third = engine.scope(inner)) {
            engine.record(TouchpointEvent.builder("innermost").build());
        }
        assertThat(engine.customer(ADA).count()).isEqualTo(3);
        assertThat(engine.customer(CustomerId.of("bob")).count()).isEqualTo(1);
    }

    @Test
    void scopesEndWithTheirThreads() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Thread thread = new Thread(() -> engine.scope(engine.begin("left open")));
            thread.start();
            thread.join(10_000);
            threads.add(thread);
        }
        assertThat(threads).noneMatch(Thread::isAlive);
        assertThat(engine.scopes()).as("without a sweep").isLessThan(200);
        try (Scope mine = engine.scope(engine.begin("still running"))) {
            engine.sweep();
            assertThat(engine.scopes()).isOne();
            assertThat(engine.current()).isPresent();
        }
    }
}
