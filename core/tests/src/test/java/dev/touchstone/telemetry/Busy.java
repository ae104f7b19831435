package dev.touchstone.telemetry;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Mention;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.Stage;
import dev.touchstone.event.TouchpointEvent;
import java.time.Duration;
import java.util.List;

/** A business in which everything happens that is exported. */
final class Busy {

    static final CustomerId ADA = CustomerId.of("canary-4711");

    private Busy() {}

    static TouchstoneBuilder business() {
        return Touchstone.builder()
                .name("shop")
                .prediction()
                .care()
                .catalog(catalog -> catalog.variants(List.of("build"))
                        .journey("purchase", journey -> journey.ends("confirm"))
                        .touchpoint(
                                "pay",
                                pay -> pay.stage(Stage.PURCHASE)
                                        .journey("purchase")
                                        .target(Duration.ofMillis(400)))
                        .touchpoint("confirm", confirm -> confirm.journey("purchase")));
    }

    static TouchpointEvent payment() {
        return payment(Outcome.SUCCESS);
    }

    static TouchpointEvent payment(Outcome outcome) {
        return TouchpointEvent.builder("pay")
                .customer(ADA)
                .channel(Channel.WEB)
                .duration(Duration.ofMillis(120))
                .outcome(outcome)
                .retries(2)
                .amount(12)
                .cost(0.5)
                .build();
    }

    static void day(Touchstone touchstone) {
        touchstone.record(payment());
        touchstone.record(TouchpointEvent.builder("confirm")
                .customer(ADA)
                .channel(Channel.WEB)
                .build());
        for (Feedback answer :
                new Feedback[] {Feedback.nps(10), Feedback.csat(3), Feedback.ces1(5), Feedback.ces2(5)}) {
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(ADA)
                    .channel(Channel.WEB)
                    .feedback(answer)
                    .build());
        }
        for (int i = 0; i < 100; i++) {
            for (String build : List.of("1", "2")) {
                touchstone.record(TouchpointEvent.builder("pay")
                        .channel(Channel.WEB)
                        .attribute("build", build)
                        .build());
            }
        }
        touchstone.mention(Mention.own().sentiment(0.6).build());
        touchstone.mention(Mention.competitor().sentiment(-0.6).build());
        touchstone.reject(DropReason.PAUSED);
        touchstone.care().cases().open(ADA, "pay", "called");
        touchstone.care().asked(ADA, "csat");
    }
}
