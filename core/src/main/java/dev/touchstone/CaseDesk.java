package dev.touchstone;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Request;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.care.internal.CaseBook;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.internal.CustomerBook;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Outcome;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.internal.Assessor;
import dev.touchstone.scoring.internal.CustomerFold;
import dev.touchstone.scoring.internal.Scorer;
import java.time.Instant;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** The recovery cases of an instance. Each resolution is assessed. Thread-safe. */
final class CaseDesk extends ChangingCases {

    private static final int MAX_REASON = 200;

    private final SignalWatch watch;
    private final CaseBook cases;
    private final CustomerBook customers;
    private final Registry registry;
    private final Assessor assessor;
    private final CustomerFold fold;
    private final Scorer scorer;
    private final EngineClock clock;
    private final Publication publication;
    private final Function<CustomerId, CustomerKey> person;

    /** @param person returns the pseudonym of a customer, or of the customer a guest was identified as */
    CaseDesk(
            SignalWatch watch,
            CustomerBook customers,
            Registry registry,
            Assessor assessor,
            CustomerFold fold,
            Scorer scorer,
            EngineClock clock,
            Publication publication,
            Function<CustomerId, CustomerKey> person) {
        this.watch = watch;
        this.cases = watch.cases();
        this.customers = customers;
        this.registry = registry;
        this.assessor = assessor;
        this.fold = fold;
        this.scorer = scorer;
        this.clock = clock;
        this.publication = publication;
        this.person = person;
    }

    @Override
    public List<RecoveryCase> all() {
        return cases.all();
    }

    @Override
    public Optional<RecoveryCase> find(String id) {
        return cases.find(id);
    }

    @Override
    public RecoveryCase open(CustomerId customer, String touchpoint, String reason) {
        CustomerKey known = checked(customer, touchpoint, reason);
        RecoveryCase opened = cases.open(prepare(watch.opener().nextId(), known, touchpoint, reason));
        if (opened == null) {
            throw new IllegalStateException("recovery cases: " + CaseBook.MAX_CASES
                    + " are unresolved, which is the maximum; resolve some before opening another");
        }
        return opened;
    }

    /**
     * Returns the pseudonym of a customer for whom a case may be opened.
     *
     * @throws IllegalArgumentException if it may not
     */
    CustomerKey checked(CustomerId customer, String touchpoint, String reason) {
        if (!customer.isValid()) {
            throw new IllegalArgumentException("customer id is blank or malformed; a recovery case needs a valid id");
        }
        if (registry.known(touchpoint) == null) {
            throw new IllegalArgumentException("touchpoint \"" + touchpoint + "\" is not declared and has no event");
        }
        if (reason.length() > MAX_REASON) {
            throw new IllegalArgumentException(
                    "reason has " + reason.length() + " characters, allowed are " + MAX_REASON + "; shorten it");
        }
        return person.apply(customer);
    }

    /** Returns a case that is not in the book. */
    RecoveryCase prepare(String id, CustomerKey customer, String touchpoint, String reason) {
        long nowMs = clock.nowMs();
        Score experience = customers.read(
                customer, held -> scorer.experience(held.state().evidence().at(nowMs)));
        return watch.opener()
                .prepare(
                        id,
                        customer,
                        touchpoint,
                        Channel.UNKNOWN,
                        reason,
                        experience == null ? Score.absent() : experience,
                        nowMs);
    }

    /** Performs a request. Ignores it if the status of the case does not allow it anymore: another one was first. */
    void perform(Request request) {
        if (request.action() == Request.Action.OPEN) {
            cases.open(prepare(request.id(), request.customer(), request.touchpoint(), request.reason()));
            return;
        }
        try {
            change(request.id(), request.action(), request.resolution());
        } catch (NoSuchElementException | IllegalStateException e) {
            // another request was first, or the customer was erased
        }
    }

    @Override
    RecoveryCase change(String id, Request.Action action, Optional<Resolution> resolution) {
        RecoveryCase changed = cases.change(id, action, resolution, now());
        if (action == Request.Action.RESOLVE) {
            assess(changed);
            publication.publish();
        }
        return changed;
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.nowMs());
    }

    /** Resolves the cases past their deadline. */
    void sweep(long nowMs) {
        cases.sweep(Instant.ofEpochMilli(nowMs)).forEach(this::assess);
    }

    private void assess(RecoveryCase resolved) {
        TouchpointState touchpoint = registry.touchpoint(resolved.touchpoint());
        long resolvedMs = resolved.changedAt().toEpochMilli();
        double lateness = (double) resolved.longestSilence().toMillis()
                / resolved.deadlines().silence().toMillis();
        Assessment assessment = assessor.assessRecovery(
                outcome(resolved.resolution().orElse(Resolution.NONE)),
                lateness,
                resolved.reopenings() > 0,
                resolvedMs,
                touchpoint.declaration().rules());
        customers.revise(resolved.customer(), (customer, held) -> {
            fold.recovered(held.state(), assessment);
            publication.defer(watch.customers().judge(held, customer, resolvedMs));
        });
        registry.cell(touchpoint, resolved.channel()).add(assessment);
        publication.defer(new CustomerChange.Recovered(resolved, assessment));
    }

    private static Outcome outcome(Resolution resolution) {
        return switch (resolution) {
            case FULL -> Outcome.SUCCESS;
            case PARTIAL -> Outcome.DEGRADED;
            case REFUSED -> Outcome.ABANDONED;
            case NONE -> Outcome.FAILURE;
        };
    }
}
