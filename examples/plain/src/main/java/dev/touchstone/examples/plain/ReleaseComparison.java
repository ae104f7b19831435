package dev.touchstone.examples.plain;

import dev.touchstone.Scoreboard.Comparison;
import dev.touchstone.Scoreboard.Variant;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/** Compares a release that serves half of the payments with the one before, until the guard finds it worse. */
public final class ReleaseComparison {

    private static final int CUSTOMERS = 500;
    private static final int LOOK_EVERY = 100;

    private ReleaseComparison() {}

    public static void main(String[] args) {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-02T10:00:00Z"));
        try (Touchstone touchstone = Touchstone.builder()
                .clock(now::get)
                .catalog(catalog -> catalog.variants(List.of("build"))
                        .touchpoint("checkout.pay", pay -> pay.target(Duration.ofMillis(400))))
                .build()) {
            AtomicReference<Variant> worse = new AtomicReference<>();
            touchstone.guard("build", worse::set);
            Random random = new Random(1);
            for (int payment = 0; worse.get() == null; payment++) {
                now.set(now.get().plusSeconds(1));
                if (payment == 1000) {
                    touchstone.mark("release 413");
                }
                boolean released = payment >= 1000 && random.nextBoolean();
                pay(touchstone, random, released ? "413" : "412");
                if (payment % LOOK_EVERY == 0) {
                    touchstone.compare("build"); // with a clock of its own, an instance calls the guard when it is read
                }
            }
            print(touchstone.compare("build"));
            System.out.println(
                    "build " + worse.get().value() + " is " + worse.get().verdict() + ": roll back");
            touchstone.mark("rollback to 412");
            System.out.println("marks in the history: " + touchstone.history().marks());
        }
    }

    /** Records a payment. Of those of build 413, 12 % fail instead of 4 %. */
    private static void pay(Touchstone touchstone, Random random, String build) {
        boolean failed = random.nextDouble() < (build.equals("413") ? 0.12 : 0.04);
        touchstone.record(TouchpointEvent.builder("checkout.pay")
                .customer(CustomerId.of("c" + random.nextInt(CUSTOMERS)))
                .attribute("build", build)
                .duration(Duration.ofMillis(150 + random.nextInt(300)))
                .outcome(failed ? Outcome.FAILURE : Outcome.SUCCESS)
                .build());
    }

    private static void print(Comparison builds) {
        for (Variant build : builds.variants()) {
            System.out.println("build " + build.value() + ": " + build.count() + " payments, " + build.failures()
                    + " failed, " + build.verdict());
            build.differenceInterval()
                    .ifPresent(interval ->
                            System.out.println("  difference in quality (0 to 1), with 95 % confidence: " + interval));
        }
    }
}
