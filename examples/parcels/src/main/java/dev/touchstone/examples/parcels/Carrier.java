package dev.touchstone.examples.parcels;

import dev.touchstone.Touchpoint;
import dev.touchstone.event.Stage;
import java.time.Duration;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Somebody else's service, at which the customer meets the business without knowing it. */
@Service
class Carrier {

    private static final Duration LATENCY = Duration.ofMillis(20);

    /** Where the parcel is; fails for those that nobody knows. */
    @Touchpoint(name = "carrier.lookup", stage = Stage.USE, owner = "logistics", target = "PT0.1S")
    Mono<String> lookUp(String parcel) {
        return Mono.just(parcel)
                .delayElement(LATENCY)
                .filter(known -> !known.startsWith("lost"))
                .map(known -> known + " is in the van")
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("nobody knows where it is")));
    }

    /** The way that it still has to go. */
    Flux<String> follow(String parcel) {
        return Flux.just("in the van", "at the door", "delivered")
                .delayElements(LATENCY)
                .map(where -> parcel + " is " + where);
    }
}
