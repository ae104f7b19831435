package dev.touchstone.examples.parcels;

import dev.touchstone.Touchpoint;
import dev.touchstone.event.Stage;
import java.time.Duration;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A service of another company, and still a touchpoint of the customer. */
@Service
class Carrier {

    private static final Duration LATENCY = Duration.ofMillis(20);

    /** Returns the location of a parcel; fails for unknown parcels. */
    @Touchpoint(name = "carrier.lookup", stage = Stage.USE, owner = "logistics", target = "PT0.1S")
    Mono<String> lookUp(String parcel) {
        return Mono.just(parcel)
                .delayElement(LATENCY)
                .filter(known -> !known.startsWith("lost"))
                .map(known -> known + " is in the van")
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("the parcel is unknown")));
    }

    /** The way that it still has to go. */
    Flux<String> follow(String parcel) {
        return Flux.just("in the van", "at the door", "delivered")
                .delayElements(LATENCY)
                .map(where -> parcel + " is " + where);
    }
}
