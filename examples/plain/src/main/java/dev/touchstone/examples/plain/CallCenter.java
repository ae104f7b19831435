package dev.touchstone.examples.plain;

import dev.touchstone.Scoreboard.Scores;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.Touchstone;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Scores the calls of a file. Prints the queues, worst first, then the customers who need help, and why. */
public final class CallCenter {

    private static final int SHOWN = 3;

    private CallCenter() {}

    public static void main(String[] args) throws IOException {
        List<Call> calls = Files.readAllLines(Path.of(args[0])).stream()
                .skip(1)
                .map(Call::of)
                .toList();
        // Time is that of the file, so that scores decay from call to call and not from call to today.
        AtomicReference<Instant> now = new AtomicReference<>(calls.get(0).time());
        try (Touchstone touchstone = Touchstone.builder()
                .clock(now::get)
                .catalog(CallCenter::declareQueues)
                .care()
                .build()) {
            Map<CustomerKey, Call> lastCalls = new HashMap<>();
            for (Call call : calls) {
                now.set(call.time());
                touchstone.record(call.event());
                if (!call.csat().isEmpty()) {
                    touchstone.record(call.answer());
                }
                lastCalls.put(touchstone.key(call.customerId()), call);
            }
            touchstone.scoreboard().touchpoints().stream()
                    .sorted(Comparator.comparing(
                            queue -> queue.scores().baseline().experience().value()))
                    .forEach(CallCenter::print);
            List<RecoveryCase> cases = touchstone.care().cases().all();
            System.out.println(cases.size() + " customers need help, the most urgent first:");
            cases.stream()
                    .limit(SHOWN)
                    .forEach(open -> print(touchstone, open, Objects.requireNonNull(lastCalls.get(open.customer()))));
        }
    }

    /** The target is how long a customer should wait at most. A failure at importance 3 opens a recovery case. */
    private static void declareQueues(Catalog.Builder catalog) {
        catalog.touchpoint("orders", queue -> queue.target(Duration.ofSeconds(30)))
                .touchpoint("billing", queue -> queue.target(Duration.ofSeconds(60)))
                .touchpoint(
                        "technical",
                        queue -> queue.target(Duration.ofSeconds(90)).importance(3));
    }

    private static void print(TouchpointScope queue) {
        Scores scores = queue.scores().baseline();
        System.out.println(queue.definition().name() + ": " + queue.scores().count() + " calls and answers");
        System.out.println("  experience " + scores.experience() + ", lost by "
                + scores.experience().explanation());
        System.out.println("  effort     " + scores.effort() + ", shares "
                + scores.effort().explanation());
    }

    private static void print(Touchstone touchstone, RecoveryCase open, Call lastCall) {
        System.out.println(lastCall.customer() + " at " + open.touchpoint() + ": " + open.reason());
        Score experience = touchstone.customer(open.customer()).experience();
        System.out.println("  experience " + experience + ", lost by " + experience.explanation());
        System.out.println("  last call  " + lastCall.time() + ", " + lastCall.queue() + ", agent " + lastCall.agent());
    }

    /** A line of the file. */
    private record Call(
            Instant time,
            String queue,
            String customer,
            String agent,
            Duration waited,
            int transfers,
            int repeated,
            Outcome outcome,
            String csat) {

        static Call of(String line) {
            String[] values = line.split(",", -1);
            return new Call(
                    Instant.parse(values[0]),
                    values[1],
                    values[2],
                    values[3],
                    Duration.ofSeconds(Long.parseLong(values[4])),
                    Integer.parseInt(values[5]),
                    Integer.parseInt(values[6]),
                    outcome(values[7]),
                    values[8]);
        }

        private static Outcome outcome(String result) {
            return switch (result) {
                case "resolved" -> Outcome.SUCCESS;
                case "call_back" -> Outcome.DEGRADED;
                case "hung_up" -> Outcome.ABANDONED;
                case "unresolved" -> Outcome.FAILURE;
                default -> throw new IllegalArgumentException("unknown result: " + result);
            };
        }

        CustomerId customerId() {
            return CustomerId.of(customer);
        }

        TouchpointEvent event() {
            return TouchpointEvent.builder(queue)
                    .customer(customerId())
                    .channel(Channel.PHONE)
                    .time(time)
                    .duration(waited)
                    .transfers(transfers)
                    .repeatedInformation(repeated)
                    .outcome(outcome)
                    .build();
        }

        TouchpointEvent answer() {
            return TouchpointEvent.builder(queue)
                    .customer(customerId())
                    .channel(Channel.PHONE)
                    .time(time)
                    .feedback(Feedback.csat(Integer.parseInt(csat)))
                    .build();
        }
    }
}
