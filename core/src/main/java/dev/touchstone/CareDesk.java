package dev.touchstone;

import dev.touchstone.care.Care;
import dev.touchstone.care.CareSettings;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.Signal;
import dev.touchstone.care.internal.AskingSample;
import dev.touchstone.care.internal.Standing;
import dev.touchstone.customers.internal.CustomerBook;
import dev.touchstone.event.Consent;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.prediction.Prediction;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Recovery cases, and the decision which customers to ask. Thread-safe. */
final class CareDesk implements Care {

    private static final int MAX_QUESTIONS = 100;
    private static final String OTHER = "other";
    private static final String ASKING = "touchstone.asking";

    private final CareSettings.Asking policy;
    private final @Nullable ValueDesk values;
    private final SignalWatch watch;
    private final CaseDesk own;
    private final Cases cases;
    private final CustomerBook customers;
    private final Consents consents;
    private final EngineClock clock;
    private final @Nullable AnswerPredictor predictor;
    private final Function<CustomerId, CustomerKey> person;
    private final AskingSample sample = new AskingSample();
    private final Map<String, LongAdder> asked = new ConcurrentHashMap<>();

    /**
     * Creates a desk.
     *
     * @param predictor predicts answers; null if prediction is off
     * @param own the cases of this instance
     * @param cases the cases of the cluster; those of this instance if there is no cluster
     * @param values sums what customers spend and cost; null if values are not recorded
     * @param person returns the pseudonym of a customer, or of the customer a guest was identified as
     */
    CareDesk(
            CareSettings settings,
            SignalWatch watch,
            CaseDesk own,
            Cases cases,
            CustomerBook customers,
            Consents consents,
            EngineClock clock,
            @Nullable AnswerPredictor predictor,
            @Nullable ValueDesk values,
            Function<CustomerId, CustomerKey> person) {
        this.policy = settings.asking();
        this.watch = watch;
        this.own = own;
        this.cases = cases;
        this.customers = customers;
        this.consents = consents;
        this.clock = clock;
        this.predictor = predictor;
        this.values = values;
        this.person = person;
    }

    @Override
    public Cases cases() {
        return cases;
    }

    /**
     * Resolves the cases past their deadline, and checks touchpoints, journeys and mentions.
     *
     * @param compared in words, what current scores are compared with
     */
    void sweep(long nowMs, String compared) {
        own.sweep(nowMs);
        watch.sweep(nowMs, compared);
    }

    /** Resolves the cases past their deadline. */
    void sweepCases(long nowMs) {
        own.sweep(nowMs);
    }

    /** Changes a case of this instance as another one requested. */
    void perform(RecoveryCase.Request request) {
        own.perform(request);
    }

    /** Corrects future timestamps after the clock went back. */
    void goBack(long toMs) {
        watch.goBack(toMs);
    }

    @Override
    public Advice shouldAsk(@Nullable CustomerId customer, String question) {
        if (customer == null || !customer.isValid()) {
            return Advice.UNKNOWN;
        }
        TouchpointEvent asking =
                TouchpointEvent.builder(ASKING).customer(customer).build();
        if (consents.of(asking) != Consent.SCORE) {
            return Advice.NO_CONSENT;
        }
        long nowMs = clock.nowMs();
        CustomerKey known = person.apply(customer);
        boolean leftAlone = !policy.duringCase() && watch.cases().hasOpen(known);
        Advice advice =
                customers.read(known, held -> leftAlone ? Advice.CASE_OPEN : advice(held, known, question, nowMs));
        return advice == null ? Advice.UNKNOWN : advice;
    }

    private Advice advice(CustomerBook.Held held, CustomerKey customer, String question, long nowMs) {
        Standing standing = held.standing();
        if (standing != null) {
            if (standing.askedSince(nowMs - policy.quietTime().toMillis()) > 0) {
                return Advice.QUIET;
            }
            if (standing.askedSince(nowMs - Standing.YEAR_MS) >= policy.maximumPerYear()) {
                return Advice.OFTEN;
            }
        } else if (policy.maximumPerYear() == 0) {
            return Advice.OFTEN;
        }
        Prediction predicted = predictor == null ? null : predictor.prediction(held, nowMs);
        double satisfied = predicted == null ? Double.NaN : predicted.satisfied();
        return sample.contains(customer, question, nowMs, policy.rate(), satisfied) ? Advice.ASK : Advice.NOT_SAMPLED;
    }

    @Override
    public void asked(@Nullable CustomerId customer, String question) {
        if (customer == null || !customer.isValid()) {
            return;
        }
        long nowMs = clock.nowMs();
        String counted = asked.containsKey(question) || asked.size() < MAX_QUESTIONS ? question : OTHER;
        asked.computeIfAbsent(counted, name -> new LongAdder()).increment();
        customers.revise(person.apply(customer), (known, held) -> {
            Standing standing = held.standing() == null ? new Standing() : held.standing();
            standing.asked(nowMs);
            held.stand(standing);
        });
    }

    @Override
    public Optional<Value> value() {
        return values == null ? Optional.empty() : Optional.of(values.read());
    }

    /** Returns the counts for the scoreboard. */
    Scoreboard.CareTotals totals(Instant now) {
        Map<String, Long> questions = new HashMap<>();
        asked.forEach((question, count) -> questions.put(question, count.sum()));
        SignalTally signals = watch.tally();
        return totals(watch.cases()::forEach, now, signals.read(false), signals.read(true), questions);
    }

    /** Returns the counts for the scoreboard of a cluster, which has no counts since the start of a process. */
    Scoreboard.CareTotals totalsOfCluster(Instant now) {
        return totals(cases.all()::forEach, now, Map.of(), Map.of(), Map.of());
    }

    private static Scoreboard.CareTotals totals(
            Consumer<Consumer<RecoveryCase>> files,
            Instant now,
            Map<Signal.Kind, Map<String, Long>> ofTouchpoints,
            Map<Signal.Kind, Map<String, Long>> ofJourneys,
            Map<String, Long> questions) {
        Map<String, Map<RecoveryCase.Status, Long>> byStatus = new HashMap<>();
        Map<String, Map<RecoveryCase.Overdue, Long>> late = new HashMap<>();
        files.accept(file -> {
            String owner = file.owner().orElse("");
            byStatus.computeIfAbsent(owner, name -> new EnumMap<>(RecoveryCase.Status.class))
                    .merge(file.status(), 1L, Long::sum);
            Map<RecoveryCase.Overdue, Long> ofOwner =
                    late.computeIfAbsent(owner, name -> new EnumMap<>(RecoveryCase.Overdue.class));
            file.overdue(now).forEach(overdue -> ofOwner.merge(overdue, 1L, Long::sum));
        });
        return new Scoreboard.CareTotals(ofTouchpoints, ofJourneys, byStatus, late, questions);
    }
}
