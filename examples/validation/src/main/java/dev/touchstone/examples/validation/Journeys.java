package dev.touchstone.examples.validation;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.customers.internal.CatalogRules;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.internal.Assessor;
import dev.touchstone.scoring.internal.ClosedJourney;
import dev.touchstone.scoring.internal.CustomerFold;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.scoring.internal.HalfLife;
import dev.touchstone.scoring.internal.JourneyObserver;
import dev.touchstone.scoring.internal.JourneyProgress;
import dev.touchstone.scoring.internal.JourneyRules;
import dev.touchstone.scoring.internal.Pace;
import dev.touchstone.scoring.internal.TouchpointRules;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Folds events as the engine does, to learn how each single journey was judged: a scoreboard has journeys only in sum.
 * Used once.
 */
final class Journeys implements JourneyObserver {

    private static final long FOREVER = Duration.ofDays(40_000).toMillis();

    private final Catalog catalog;
    private final CatalogRules rules;
    private final BiConsumer<String, ClosedJourney> closed;
    private final CustomerFold fold;
    private final Map<String, Pace> paces = new HashMap<>();
    private final Map<CustomerId, CustomerState> customers = new HashMap<>();
    /** The event that was the last of each customer's. */
    private final Map<CustomerId, String> lastEvents = new HashMap<>();

    private String event = "";

    /** @param closed receives each closed journey with the event that closed it, or its last one */
    Journeys(Catalog catalog, BiConsumer<String, ClosedJourney> closed) {
        this.catalog = catalog;
        this.rules = new CatalogRules(catalog);
        this.closed = closed;
        this.fold = new CustomerFold(new Assessor(catalog.model()), false);
    }

    /** Folds events in the order of their time, and lets what is open then time out. */
    void run(List<TouchpointEvent> inOrder) {
        inOrder.forEach(this::fold);
        customers.forEach((customer, state) -> {
            event = lastEvents.getOrDefault(customer, "");
            fold.sweep(state, FOREVER, this);
        });
    }

    private void fold(TouchpointEvent next) {
        long timeMs = next.timeMs().orElseThrow();
        CustomerId customer = next.customerId().orElseThrow();
        TouchpointRules touchpoint = rules.of(next.touchpoint());
        CustomerState state = customers.computeIfAbsent(customer, absent -> fold.newState());
        Pace pace = paces.computeIfAbsent(
                next.touchpoint(), absent -> new Pace(HalfLife.of(catalog.model(), ModelConstant.PACE_HALF_LIFE)));
        event = lastEvents.getOrDefault(customer, "");
        fold.timeOut(state, timeMs, this);
        event = next.id().orElseThrow();
        Channel channel = next.channel().orElse(Channel.UNKNOWN);
        fold.happened(state, next, timeMs, channel, touchpoint, pace.at(timeMs), timeMs, this);
        lastEvents.put(customer, event);
        Outcome outcome = next.outcome().orElse(Outcome.SUCCESS);
        if (outcome == Outcome.SUCCESS || outcome == Outcome.DEGRADED) {
            next.durationMs().ifPresent(duration -> pace.add(duration, timeMs));
        }
    }

    @Override
    public void opened(JourneyRules journey) {}

    @Override
    public void abandoned(JourneyRules journey, Assessment assessment) {}

    @Override
    public void closed(ClosedJourney journey) {
        closed.accept(event, journey);
    }

    @Override
    public void lost(JourneyProgress journey) {}

    @Override
    public void goesOn(JourneyProgress journey, long tookMs) {}

    @Override
    public void arrived(JourneyProgress journey, boolean again) {}
}
