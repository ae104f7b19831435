package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import dev.touchstone.webhook.SignalWebhook;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a dump of the heap has of a customer with guests, an open journey and answers: after the erasure nothing but one
 * pseudonym for each tombstone.
 */
class ErasedFromHeapTest {

    /** In one of so many collections the serial collector leaves no dead objects behind as fillers, which a dump would have. */
    private static final int COMPACTING = 4;

    @TempDir
    Path folder;

    private static CustomerId customer() {
        return CustomerId.of("erased-" + Integer.toString(123_456_789, 36));
    }

    private static CustomerId guest(int number) {
        return CustomerId.anonymous("guest-of-" + Integer.toString(123_456_789 + number, 36));
    }

    @Test
    void onlyTombstonesAreLeftOfAnErasedCustomer() throws IOException {
        ManualClock clock = ManualClock.at(Instant.now()); // the webhook gives up what is a day old by the real time
        SignalWebhook webhook = SignalWebhook.to(nobody(), "a secret of sixteen characters")
                .includePseudonyms()
                .build();
        try (Touchstone touchstone = Trials.builder(clock)
                .prediction()
                .care()
                .signalListener(webhook)
                .lifetime()
                .store(SnapshotDirectory.at(folder.resolve("kept")))
                .build()) {
            for (int i = 0; i < 3; i++) {
                touchstone.record(event("search", guest(i)));
                touchstone.record(event("pay", guest(i)));
                touchstone.identify(guest(i), customer());
            }
            touchstone.record(event("basket", customer())); // opens a journey
            touchstone.record(event("chat", customer()));
            touchstone.record(TouchpointEvent.feedback("pay", customer(), Feedback.nps(3)));
            assertThat(touchstone.customer(customer()).openJourneys()).isNotEmpty();
            touchstone.care().cases().open(customer(), "pay", "called");
            touchstone.care().asked(customer(), "csat");
            touchstone.record(TouchpointEvent.feedback("pay", customer(), Feedback.nps(10))); // is an advocate
            assertThat(webhook.waiting()).isPositive();
            touchstone.snapshot();

            Map<String, Integer> before = inTheHeap();
            assertThat(before).as("the scan finds what is there").containsKeys("customer hash", "customer high");

            touchstone.erase(customer());
            touchstone.snapshot();
            assertThat(webhook.waiting()).isZero();
            assertThat(touchstone.care().cases().all()).isEmpty();
            Map<String, Integer> after = inTheHeap();
            assertThat(after.keySet()).allMatch(found -> found.endsWith("high") || found.endsWith("low"));
            assertThat(after.values()).as("one tombstone each: %s", after).allMatch(times -> times == 1);
            assertThat(touchstone.health().customers()).isZero();
        }
    }

    /** Returns an address at which nothing listens. */
    private static URI nobody() throws IOException {
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + unused.getLocalPort());
        }
    }

    private static TouchpointEvent event(String touchpoint, CustomerId customer) {
        return TouchpointEvent.builder(touchpoint)
                .customer(customer)
                .durationMs(20)
                .build();
    }

    /** Returns how often each trace of the customer and the guests is in a dump of what is reachable. */
    private Map<String, Integer> inTheHeap() throws IOException {
        for (int i = 0; i < COMPACTING; i++) {
            System.gc();
        }
        Path dump = folder.resolve("heap.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        // only now, so that none of this is in the dump
        Map<String, byte[]> wanted = new TreeMap<>();
        add("customer", customer().key(Trials.KEY), wanted);
        for (int i = 0; i < 3; i++) {
            add("guest " + i, guest(i).key(Trials.KEY), wanted);
        }
        Map<String, Integer> found = Bytes.found(dump, wanted);
        Files.delete(dump);
        return found;
    }

    /** Adds eight bytes of each guise: a heap dump has longs with the highest byte first. */
    private static void add(String who, CustomerKey key, Map<String, byte[]> wanted) {
        wanted.put(who + " high", bytes(key.high()));
        wanted.put(who + " low", bytes(key.low()));
        wanted.put(who + " hash", bytes(key.hash()));
        wanted.put(who + " hex", Arrays.copyOf(key.toString().getBytes(StandardCharsets.US_ASCII), Long.BYTES));
        wanted.put(who + " reversed", bytes(Long.reverseBytes(key.high())));
    }

    private static byte[] bytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }
}
