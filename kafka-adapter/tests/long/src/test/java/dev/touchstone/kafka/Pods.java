package dev.touchstone.kafka;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Two pods that record and publish. Each customer pays at one of them and searches at both; guests search at both, and one of
 * them learns who they are. Every fourth search has an id, and is recorded at both.
 */
final class Pods implements AutoCloseable {

    private static final int CUSTOMERS = 400;
    private static final int GUESTS = 100;

    private final List<Pod> pods = new ArrayList<>();
    private final Thread thread;
    private final Random random;
    private final int eventsPerSecond;
    private volatile boolean ending;

    Pods(String bootstrapServers, PseudonymKey key, int eventsPerSecond, Random random) {
        this.random = random;
        this.eventsPerSecond = eventsPerSecond;
        for (int i = 0; i < 2; i++) {
            KafkaPublisher publisher = TouchstoneKafka.at(bootstrapServers, key)
                    .minimumReplication(1)
                    .capacity(1_000_000)
                    .build()
                    .publisher();
            Touchstone touchstone = Touchstone.builder()
                    .pseudonymKey(key)
                    .customerListener(publisher)
                    .build();
            pods.add(new Pod(touchstone, publisher));
        }
        thread = new Thread(this::record, "pods");
        thread.setDaemon(true);
        thread.start();
    }

    private void record() {
        long began = System.nanoTime();
        for (int number = 0; !ending; number++) {
            record(number);
            long dueNs = began + TimeUnit.SECONDS.toNanos(1) / eventsPerSecond * number;
            long aheadNs = dueNs - System.nanoTime();
            if (aheadNs > TimeUnit.MILLISECONDS.toNanos(2)) {
                try {
                    TimeUnit.NANOSECONDS.sleep(aheadNs);
                } catch (InterruptedException e) {
                    return;
                }
            }
        }
    }

    private void record(int number) {
        int dice = random.nextInt(100);
        int customer = random.nextInt(CUSTOMERS);
        int guest = random.nextInt(GUESTS);
        int pod = random.nextInt(pods.size());
        if (dice < 1) {
            // a guest becomes the customer of the same number, and only this pod knows
            pods.get(0).touchstone.identify(guest(guest), customer(guest));
        } else if (dice < 20) {
            pods.get(pod).touchstone.record(event("search", guest(guest)).build());
        } else if (dice < 40) {
            TouchpointEvent event =
                    event("search", customer(customer)).id("event-" + number).build();
            pods.forEach(each -> each.touchstone.record(event));
        } else if (dice < 60) {
            pods.get(pod).touchstone.record(event("search", customer(customer)).build());
        } else {
            pods.get(customer % pods.size())
                    .touchstone
                    .record(event(dice < 80 ? "basket" : "pay", customer(customer))
                            .build());
        }
    }

    private TouchpointEvent.Builder event(String touchpoint, CustomerId customer) {
        return TouchpointEvent.builder(touchpoint)
                .customer(customer)
                .outcome(random.nextInt(20) == 0 ? Outcome.FAILURE : Outcome.SUCCESS)
                .duration(Duration.ofMillis(50 + random.nextInt(500)));
    }

    private static CustomerId customer(int number) {
        return CustomerId.of("customer-" + number);
    }

    private static CustomerId guest(int number) {
        return CustomerId.anonymous("guest-" + number);
    }

    /** Returns the number of changes that the brokers accepted. */
    long published() {
        return pods.stream()
                .mapToLong(pod -> pod.publisher.status().published())
                .sum();
    }

    /** Returns the number of changes that wait for the brokers. */
    int waiting() {
        return pods.stream().mapToInt(pod -> pod.publisher.status().waiting()).sum();
    }

    /** Ends recording. What waits is still sent. */
    void end() throws InterruptedException {
        ending = true;
        thread.join();
    }

    @Override
    public void close() {
        thread.interrupt();
        pods.forEach(pod -> pod.touchstone.close());
    }

    private record Pod(Touchstone touchstone, KafkaPublisher publisher) {}
}
