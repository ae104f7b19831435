package dev.touchstone.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.touchstone.Touchstone;
import dev.touchstone.care.CareSettings;
import dev.touchstone.care.Signal;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The webhook against a real server on the loopback interface. */
@Timeout(60)
class SignalWebhookTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String SECRET = "a secret of sixteen characters";

    private final ManualClock clock = ManualClock.at(START);
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger status = new AtomicInteger(204);
    private final AtomicInteger requests = new AtomicInteger();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private HttpServer server;

    private record Received(String body, String signature, String signal) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        requests.incrementAndGet();
        int answer = status.get();
        if (answer == 204) {
            assertThat(exchange.getRequestHeaders().getFirst("Content-Type")).isEqualTo("application/json");
            received.add(new Received(
                    body,
                    exchange.getRequestHeaders().getFirst("Touchstone-Signature"),
                    exchange.getRequestHeaders().getFirst("Touchstone-Signal")));
        }
        exchange.sendResponseHeaders(answer, -1);
        exchange.close();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/signals");
    }

    /** Builds one whose pauses take no time but that of the clock. */
    private SignalWebhook webhook(SignalWebhook.Builder builder) {
        return builder.build(clock, time -> {
            clock.advance(time);
            Thread.sleep(1);
        });
    }

    private SignalWebhook webhook() {
        return webhook(SignalWebhook.to(url(), SECRET));
    }

    private Signal signal(int number) {
        return Signal.of("id-" + number, Signal.Kind.AT_RISK, clock.instant(), "number " + number)
                .customer(new CustomerKey(7, number))
                .build();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < 4_000 && !condition.getAsBoolean(); i++) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @Test
    void signalIsPostedAndSigned() throws Exception {
        try (SignalWebhook webhook = webhook();
                Touchstone touchstone = Touchstone.builder()
                        .clock(clock)
                        .care()
                        .signalListener(webhook)
                        .catalog(catalog ->
                                catalog.touchpoint("pay", t -> t.importance(3).owner("payments")))
                        .build()) {
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(CustomerId.of("ada"))
                    .outcome(Outcome.FAILURE)
                    .build());
            await(() -> webhook.delivered() == 1);
            Received one = received.get(0);
            assertThat(one.body())
                    .startsWith(
                            "{\"id\":\"" + one.signal() + "\",\"time\":\"2026-03-01T10:00:00Z\",\"kind\":\"AT_RISK\","
                                    + "\"state\":\"RAISED\",\"touchpoint\":\"pay\",\"journey\":null,\"owner\":\"payments\","
                                    + "\"reason\":\"failure at a moment of truth\",\"experience\":{\"score\":")
                    .contains("\"predicted\":null,\"case\":\"")
                    .doesNotContain(touchstone.key(CustomerId.of("ada")).toString());
            assertThat(one.signature()).isEqualTo("t=1772359200,v1=" + hmac("1772359200." + one.body()));
        }
    }

    private static String hmac(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void pseudonymIsIncludedOnlyIfAskedFor() throws InterruptedException {
        try (SignalWebhook webhook = webhook(SignalWebhook.to(url(), SECRET).includePseudonyms())) {
            webhook.signaled(signal(1));
            await(() -> webhook.delivered() == 1);
            assertThat(received.get(0).body()).contains("\"customer\":\"" + new CustomerKey(7, 1) + "\"");
        }
    }

    @Test
    void receiverThatIsDownForAnHourGetsEverythingInOrder() throws InterruptedException {
        status.set(500);
        try (SignalWebhook webhook = webhook()) {
            for (int i = 0; i < 500; i++) {
                webhook.signaled(signal(i));
            }
            await(() -> clock.instant().isAfter(START.plus(Duration.ofHours(1))));
            assertThat(webhook.delivered()).isZero();
            assertThat(webhook.waiting()).isEqualTo(500);
            assertThat(webhook.problem()).contains("status 500");
            assertThat(requests.get()).as("attempts within an hour").isBetween(10, 40);
            status.set(204);
            await(() -> webhook.delivered() == 500);
            assertThat(webhook.problem()).isEmpty();
            assertThat(webhook.dropped()).isZero();
            assertThat(received.stream().map(Received::signal))
                    .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 500)
                            .mapToObj(i -> "id-" + i)
                            .toList());
        }
    }

    @Test
    void receiverThatCannotBeReachedIsTriedAgain() throws IOException, InterruptedException {
        URI nobody;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + unused.getLocalPort());
        }
        try (SignalWebhook webhook = webhook(SignalWebhook.to(nobody, SECRET))) {
            webhook.signaled(signal(1));
            await(() -> webhook.problem().isPresent());
            assertThat(webhook.waiting()).isEqualTo(1);
        }
    }

    @Test
    void signalIsGivenUpAfterADay() throws InterruptedException {
        status.set(503);
        try (SignalWebhook webhook = webhook()) {
            webhook.signaled(signal(1));
            await(() -> webhook.dropped() == 1);
            assertThat(clock.instant()).isAfter(START.plus(Duration.ofHours(24)));
            assertThat(webhook.waiting()).isZero();
        }
    }

    @Test
    void refusedSignalDoesNotHoldUpTheNext() throws InterruptedException {
        status.set(422);
        try (SignalWebhook webhook = webhook()) {
            webhook.signaled(signal(1));
            await(() -> webhook.dropped() == 1);
            assertThat(requests).hasValue(1);
            status.set(204);
            webhook.signaled(signal(2));
            await(() -> webhook.delivered() == 1);
        }
    }

    @Test
    void whatDoesNotFitIsDroppedAndCounted() throws InterruptedException {
        status.set(500);
        try (SignalWebhook webhook = webhook(SignalWebhook.to(url(), SECRET).capacity(3))) {
            for (int i = 0; i < 10; i++) {
                webhook.signaled(signal(i));
            }
            assertThat(webhook.dropped()).isEqualTo(7);
            status.set(204);
            await(() -> webhook.delivered() == 3);
            assertThat(received.stream().map(Received::signal)).containsExactly("id-0", "id-1", "id-2");
        }
    }

    @Test
    void erasedCustomerIsForgottenAndALateSignalIgnored() throws InterruptedException {
        status.set(500);
        try (SignalWebhook webhook = webhook()) {
            webhook.signaled(signal(1));
            webhook.signaled(signal(2));
            await(() -> requests.get() > 0);
            Instant now = clock.instant();
            webhook.erased(new CustomerKey(7, 2), now);
            assertThat(webhook.waiting()).isEqualTo(1);
            webhook.signaled(Signal.of("late", Signal.Kind.AT_RISK, now, "")
                    .customer(new CustomerKey(7, 2))
                    .build());
            webhook.signaled(Signal.of("new", Signal.Kind.AT_RISK, now.plusMillis(1), "")
                    .customer(new CustomerKey(7, 2))
                    .build());
            assertThat(webhook.erased()).isEqualTo(2);
            status.set(204);
            await(() -> webhook.delivered() == 2);
            assertThat(received.stream().map(Received::signal)).containsExactly("id-1", "new");
        }
    }

    @Test
    void errorBetweenDeliveriesIsSurvived() throws InterruptedException {
        AtomicInteger pauses = new AtomicInteger();
        status.set(500);
        try (SignalWebhook webhook = SignalWebhook.to(url(), SECRET).build(clock, time -> {
            if (pauses.incrementAndGet() == 1) {
                status.set(204);
                throw new OutOfMemoryError("planted");
            }
        })) {
            webhook.signaled(signal(1));
            await(() -> webhook.delivered() == 1);
            assertThat(webhook.waiting()).isZero();
            assertThat(pauses).hasValue(1);
        }
    }

    @Test
    void countsAddUpWhenTheReceiverIsSlowerThanTheClosing() throws InterruptedException {
        SignalQueue queue = new SignalQueue(10);
        Signal signal = signal(1);
        queue.add(signal);
        queue.add(signal(2));
        assertThat(queue.next()).isSameAs(signal);
        queue.close();
        queue.clear();
        assertThat(queue.dropped()).isEqualTo(2);
        queue.delivered(signal);
        assertThat(queue.dropped()).isOne();
        assertThat(queue.delivered()).isOne();
        assertThat(queue.erased()).isZero();
    }

    @Test
    void errorOfADeliveryIsAFailureLikeAnyOther() throws InterruptedException {
        AtomicInteger looks = new AtomicInteger();
        try (SignalWebhook webhook = SignalWebhook.to(url(), SECRET)
                .build(
                        () -> {
                            if (looks.incrementAndGet() == 1) {
                                throw new OutOfMemoryError("planted");
                            }
                            return START;
                        },
                        time -> {})) {
            webhook.signaled(signal(1));
            await(() -> webhook.delivered() == 1);
            assertThat(webhook.problem()).isEmpty();
        }
    }

    @Test
    void receiverThatDoesNotAnswerHoldsUpNoRecorder() throws InterruptedException {
        CountDownLatch answering = new CountDownLatch(1);
        server.removeContext("/");
        server.createContext("/", exchange -> {
            try {
                answering.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer(exchange);
        });
        SignalWebhook webhook = webhook();
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .signalListener(webhook)
                .care(CareSettings.usual())
                .catalog(catalog -> catalog.touchpoint("pay", t -> t.importance(3)))
                .build()) {
            for (int i = 0; i < 500; i++) {
                touchstone.record(TouchpointEvent.builder("pay")
                        .customer(CustomerId.of("customer " + i))
                        .outcome(Outcome.FAILURE)
                        .build());
            }
            assertThat(webhook.waiting()).isEqualTo(500);
            assertThat(requests.get()).isZero();
            answering.countDown();
            await(() -> webhook.delivered() == 500);
            assertThat(webhook.dropped()).isZero();
        } finally {
            answering.countDown();
        }
    }

    @Test
    void closingDeliversWhatIsWaitingAndGivesUpTheRest() throws InterruptedException {
        SignalWebhook good = webhook();
        for (int i = 0; i < 100; i++) {
            good.signaled(signal(i));
        }
        good.close();
        assertThat(good.delivered()).isEqualTo(100);
        good.signaled(signal(101));
        assertThat(good.dropped()).isEqualTo(1);

        status.set(500);
        SignalWebhook bad = SignalWebhook.to(url(), SECRET).build(clock, time -> Thread.sleep(60_000));
        bad.signaled(signal(1));
        await(() -> bad.problem().isPresent());
        long before = System.nanoTime();
        bad.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        assertThat(bad.dropped()).isEqualTo(1);
        bad.close();
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("touchstone-webhook")));
    }

    @Test
    void instanceClosesItsWebhook() throws InterruptedException {
        SignalWebhook webhook = webhook();
        Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .care()
                .signalListener(webhook)
                .catalog(catalog -> catalog.touchpoint("pay", t -> t.importance(3)))
                .build();
        touchstone.record(TouchpointEvent.builder("pay")
                .customer(CustomerId.of("ada"))
                .outcome(Outcome.FAILURE)
                .build());
        touchstone.close();
        assertThat(webhook.delivered()).isEqualTo(1);
        webhook.signaled(signal(1));
        assertThat(webhook.dropped()).isEqualTo(1);
    }

    @Test
    void urlAndSecretAreChecked() {
        assertThatThrownBy(() -> SignalWebhook.to(URI.create("ftp://example.com"), SECRET))
                .hasMessageContaining("expected an address such as");
        assertThatThrownBy(() -> SignalWebhook.to(URI.create("/signals"), SECRET))
                .hasMessageContaining("expected an address such as");
        assertThatThrownBy(() -> SignalWebhook.to(url(), "short"))
                .hasMessage("webhook secret has 5 characters; expected at least 16");
        assertThatThrownBy(() -> SignalWebhook.to(url(), SECRET).capacity(0)).hasMessageContaining("capacity 0");
    }

    @Test
    void pausesGrowToFiveMinutes() {
        assertThat(List.of(1, 2, 3, 9, 10, 1_000).stream().map(Receiver::backoff))
                .containsExactly(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(256),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(5));
    }
}
