package dev.touchstone;

import dev.touchstone.care.CareSettings;
import dev.touchstone.care.internal.CaseBook;
import dev.touchstone.event.Mention;
import dev.touchstone.scoring.internal.Scorer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything that raises signals: about customers, touchpoints, journeys and mentions. Exists only with care.
 * Thread-safe.
 */
final class SignalWatch {

    private final SignalTally tally = new SignalTally();
    private final CaseBook cases = new CaseBook();
    private final Publication publication;
    private final CaseOpener opener;
    private final CustomerSignals customers;
    private final ScopeWatch scopes;
    private final BurstWatch mentions;

    /** @param predictor predicts answers; null if prediction is off */
    SignalWatch(
            CareSettings settings,
            Registry registry,
            Scorer scorer,
            Counters counters,
            int minimumGroupSize,
            Publication publication,
            @Nullable AnswerPredictor predictor) {
        this.publication = publication;
        this.opener = new CaseOpener(settings, registry, tally, cases);
        this.customers = new CustomerSignals(scorer, registry, cases, opener, counters, tally, predictor);
        this.scopes = new ScopeWatch(registry, scorer, tally, minimumGroupSize);
        this.mentions = new BurstWatch(tally);
    }

    SignalTally tally() {
        return tally;
    }

    CaseBook cases() {
        return cases;
    }

    CaseOpener opener() {
        return opener;
    }

    CustomerSignals customers() {
        return customers;
    }

    /** Adds an accepted mention. */
    void add(Mention mention, long nowMs) {
        publication.defer(mentions.add(mention, nowMs));
    }

    /**
     * Checks touchpoints, journeys and mentions.
     *
     * @param compared in words, what current scores are compared with
     */
    void sweep(long nowMs, String compared) {
        publication.defer(scopes.look(nowMs, compared));
        publication.defer(mentions.look(nowMs));
    }

    /** Corrects future timestamps after the clock went back. */
    void goBack(long toMs) {
        scopes.goBack(toMs);
        mentions.goBack(toMs);
        cases.goBack(Instant.ofEpochMilli(toMs));
    }
}
