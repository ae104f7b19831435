package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.store.SnapshotDirectory;
import dev.touchstone.telemetry.TouchstoneTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight simulated hours, or as many as the property {@code touchstone.hours} says, at 5,000 events a second, with a backend
 * for metrics that refuses every connection, a snapshot every minute and another catalog every five: heap, threads and
 * descriptors stay what they were after the first hour.
 */
class SoakTest {

    private static final int HOURS = Integer.getInteger("touchstone.hours", 8);
    private static final int EVENTS_A_SECOND = 5_000;
    private static final int CUSTOMERS = 200_000;
    private static final int CAPACITY = 20_000;
    private static final double MEGABYTE = 1 << 20;
    private static final String[] TOUCHPOINTS = {"search", "basket", "pay", "confirm", "support"};

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final List<byte[]> leaked = new ArrayList<>();

    @Test
    @Timeout(24 * 3600)
    void heapThreadsAndDescriptorsStayFlat() throws IOException, InterruptedException {
        List<Reading> readings = soak(HOURS, EVENTS_A_SECOND, 0);
        Reading first = readings.get(0);
        Reading last = readings.get(readings.size() - 1);
        System.out.println("soak: " + readings);
        assertThat(slope(readings)).as("megabytes an hour: " + readings).isLessThanOrEqualTo(1.0);
        assertThat(last.threads).isLessThanOrEqualTo(first.threads);
        assertThat(last.descriptors).isLessThanOrEqualTo(first.descriptors + 2);
    }

    /** The planted fault: two kilobytes a simulated second are kept, which is seven megabytes an hour. */
    @Test
    @Timeout(3600)
    void twoKilobytesASecondAreNoticed() throws IOException, InterruptedException {
        List<Reading> readings = soak(2, 10, 2_048);
        assertThat(slope(readings)).as("megabytes an hour: " + readings).isGreaterThan(1.0);
    }

    private List<Reading> soak(int hours, int eventsASecond, int leakedASecond)
            throws IOException, InterruptedException {
        List<Reading> readings = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(5);
        Instant start = Instant.parse("2026-03-01T10:00:00Z");
        TouchstoneBuilder builder = Touchstone.builder()
                .pseudonymKey(PseudonymKey.of(new byte[32]))
                .maximumCustomers(CAPACITY)
                .lifetime()
                .store(SnapshotDirectory.at(folder.resolve("kept-" + hours)))
                .catalog(catalog(0).build());
        builder.clock = () -> EngineClock.passing(() -> start.plusNanos(nanos.get()), nanos::get);
        try (OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
                        .setMeterProvider(SdkMeterProvider.builder()
                                .registerMetricReader(PeriodicMetricReader.builder(new Refused())
                                        .setInterval(Duration.ofSeconds(1))
                                        .build())
                                .build())
                        .build();
                Engine engine = (Engine) builder.build();
                TouchstoneTelemetry registered = TouchstoneTelemetry.metrics(engine, telemetry)) {
            assertThat(registered).isNotNull();
            for (int second = 1; second <= hours * 3_600; second++) {
                for (int i = 0; i < eventsASecond; i++) {
                    engine.record(event(random));
                }
                nanos.addAndGet(1_000_000_000L);
                if (leakedASecond > 0) {
                    leaked.add(new byte[leakedASecond]);
                }
                if (second % 60 == 0) {
                    engine.work();
                    engine.erase(customer(random));
                    engine.identify(CustomerId.anonymous("g" + random.nextInt(CUSTOMERS)), customer(random));
                }
                if (second % 300 == 0) {
                    engine.reload(catalog(second).build());
                    engine.scoreboard();
                }
                if (second % 900 == 0 && second >= Math.min(3_600, hours * 1_800)) {
                    engine.snapshot(); // after which the thread of the instance has none to make
                    readings.add(Reading.now(second / 3_600.0));
                }
            }
            Health health = engine.health();
            assertThat(health.offered()).isEqualTo((long) hours * 3_600 * eventsASecond);
            assertThat(health.accepted() + health.totalDropped()).isEqualTo(health.offered());
            assertThat(health.anonymous() + health.live() + health.evicted() + health.erased())
                    .isEqualTo(health.accepted());
            return readings;
        } finally {
            leaked.clear();
        }
    }

    private static Catalog.Builder catalog(int second) {
        return Catalog.builder()
                .touchpoint("basket", t -> t.journey("purchase"))
                .touchpoint("pay", t -> t.journey("purchase").target(Duration.ofMillis(300 + second % 200)))
                .touchpoint("support", t -> t.supportContact(true))
                .journey("purchase", j -> j.ends("confirm"));
    }

    private static CustomerId customer(SplittableRandom random) {
        return CustomerId.of("c" + random.nextInt(CUSTOMERS));
    }

    private static TouchpointEvent event(SplittableRandom random) {
        TouchpointEvent.Builder event = TouchpointEvent.builder(TOUCHPOINTS[random.nextInt(TOUCHPOINTS.length)])
                .durationMs(1 + random.nextInt(2_000))
                .outcome(random.nextInt(20) == 0 ? Outcome.FAILURE : Outcome.SUCCESS);
        switch (random.nextInt(20)) {
            case 0 -> {} // no customer
            case 1 -> event.customer(CustomerId.anonymous("g" + random.nextInt(CUSTOMERS)));
            case 2 -> event.customer(customer(random)).id("e" + random.nextInt());
            case 3 -> event.customer(customer(random)).feedback(Feedback.csat(1 + random.nextInt(5)));
            default -> event.customer(customer(random));
        }
        return event.build();
    }

    /** Returns the slope of the heap by least squares, in megabytes an hour. */
    private static double slope(List<Reading> readings) {
        double hour = readings.stream().mapToDouble(Reading::hour).average().orElseThrow();
        double heap =
                readings.stream().mapToDouble(Reading::megabytes).average().orElseThrow();
        double both = 0;
        double squares = 0;
        for (Reading reading : readings) {
            both += (reading.hour - hour) * (reading.megabytes - heap);
            squares += (reading.hour - hour) * (reading.hour - hour);
        }
        return both / squares;
    }

    /** What the process uses after a collection, at a simulated hour. */
    private record Reading(double hour, double megabytes, int threads, long descriptors) {

        static Reading now(double hour) throws InterruptedException {
            return new Reading(
                    hour,
                    RetainedHeap.bytes() / MEGABYTE,
                    ManagementFactory.getThreadMXBean().getThreadCount(),
                    ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                            ? system.getOpenFileDescriptorCount()
                            : 0);
        }
    }

    /** Sends metrics to a port of this machine where nothing listens. */
    private static final class Refused implements MetricExporter {

        @Override
        public CompletableResultCode export(Collection<MetricData> metrics) {
            assertThat(metrics).isNotEmpty();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), 1)) {
                return socket.isConnected() ? CompletableResultCode.ofSuccess() : CompletableResultCode.ofFailure();
            } catch (IOException e) {
                return CompletableResultCode.ofFailure();
            }
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType type) {
            return AggregationTemporality.CUMULATIVE;
        }
    }
}
