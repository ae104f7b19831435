package dev.touchstone;

import dev.touchstone.event.Consent;
import dev.touchstone.event.TouchpointEvent;
import java.util.List;

/** Resolves the consent for an event through all resolvers, each guarded. Thread-safe. */
final class Consents {

    private final List<ConsentResolver<? super TouchpointEvent>> resolvers;
    private final Guard guard;

    Consents(List<ConsentResolver<? super TouchpointEvent>> resolvers, Guard guard) {
        this.resolvers = List.copyOf(resolvers);
        this.guard = guard;
    }

    /** Returns the strictest answer. Once that is {@code NONE}, the remaining resolvers are not called. */
    Consent of(TouchpointEvent event) {
        Consent consent = event.consent();
        for (int i = 0; i < resolvers.size() && consent != Consent.NONE; i++) {
            consent = consent.stricter(guard.findConsent(resolvers.get(i), event, null));
        }
        return consent;
    }
}
