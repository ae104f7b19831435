package dev.touchstone.examples.plain;

import dev.touchstone.Touchstone;
import dev.touchstone.care.Care.Cases;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Two customers whose payment fails. One case is worked on, the other is not. */
public final class RecoveryCases {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final CustomerId BOB = CustomerId.of("bob");

    private RecoveryCases() {}

    public static void main(String[] args) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-02T10:00:00Z"));
        try (Touchstone touchstone = Touchstone.builder()
                .clock(now::get)
                .catalog(catalog -> catalog.touchpoint(
                        "checkout.pay", pay -> pay.importance(3).owner("payments")))
                .care()
                .signalListener(signal -> System.out.println("signal: " + signal))
                .build()) {
            fail(touchstone, ADA);
            fail(touchstone, BOB);
            print(touchstone, "after the failure");

            Cases cases = touchstone.care().cases();
            String adas = idOf(cases, touchstone, ADA);
            String bobs = idOf(cases, touchstone, BOB);
            cases.acknowledge(adas);
            for (int day = 1; day < 4; day++) {
                now.set(now.get().plus(Duration.ofDays(1)));
                cases.update(adas); // Ada hears every day how it stands
            }
            RecoveryCase late = cases.find(bobs).orElseThrow();
            System.out.println("overdue at " + late.owner().orElseThrow() + ": " + late.overdue(now.get()));

            cases.resolve(adas, Resolution.FULL);
            cases.confirm(adas); // Ada says that it is solved
            cases.resolve(bobs, Resolution.REFUSED);
            print(touchstone, "after the resolution");
        }
    }

    private static void fail(Touchstone touchstone, CustomerId customer) {
        touchstone.record(TouchpointEvent.builder("checkout.pay")
                .customer(customer)
                .outcome(Outcome.FAILURE)
                .build());
    }

    private static String idOf(Cases cases, Touchstone touchstone, CustomerId customer) {
        return cases.all().stream()
                .filter(found -> found.customer().equals(touchstone.key(customer)))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static void print(Touchstone touchstone, String when) {
        System.out.println(when + ":");
        System.out.println("  Ada " + touchstone.customer(ADA).experience());
        System.out.println("  Bob " + touchstone.customer(BOB).experience());
    }
}
