package dev.touchstone.examples.parcels;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Touchpoint;
import dev.touchstone.event.Stage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Returns the location of parcels. */
@RestController
class ParcelController {

    private final Carrier carrier;

    ParcelController(Carrier carrier) {
        this.carrier = carrier;
    }

    @GetMapping("/parcels/{parcel}")
    @Touchpoint(name = "track", channel = "web", stage = Stage.USE, target = "PT0.2S")
    Mono<ResponseEntity<String>> track(@PathVariable("parcel") String parcel, CustomerExperience customer) {
        return carrier.lookUp(parcel)
                .map(ResponseEntity::ok)
                .onErrorResume(
                        IllegalStateException.class,
                        lost -> Mono.just(ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                                .body(customer.experience().isClearlyBelow(60) ? "Call us: 0800 1234" : "Try later")));
    }

    @GetMapping(path = "/parcels/{parcel}/way", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Touchpoint(name = "follow", channel = "web", stage = Stage.USE)
    Flux<String> follow(@PathVariable("parcel") String parcel) {
        return carrier.follow(parcel);
    }

    /** An undeclared endpoint. It is listed as UNDECLARED after its first request. */
    @GetMapping("/parcels/{parcel}/label")
    Mono<String> label(@PathVariable("parcel") String parcel) {
        return Mono.just("[" + parcel + "]");
    }
}
