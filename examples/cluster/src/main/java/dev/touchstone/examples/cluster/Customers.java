package dev.touchstone.examples.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Customers of the shop. Each request goes to the next pod; a pod that does not answer is passed over. Thread-safe. */
final class Customers implements AutoCloseable {

    private static final int CUSTOMERS = 40;
    private static final int THINK_MS = 400;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final List<String> VISIT = List.of(
            "GET /search?q=tea", "GET /product/cup", "POST /cart/cup", "GET /cart", "POST /pay", "GET /confirm");

    private final List<Integer> ports;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private final AtomicLong next = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final List<Thread> threads;

    Customers(List<Integer> ports, int atATime) {
        this.ports = ports;
        this.threads = IntStream.range(0, atATime)
                .mapToObj(i -> new Thread(this::visitAgainAndAgain, "customer-" + i))
                .toList();
        threads.forEach(thread -> {
            thread.setDaemon(true);
            thread.start();
        });
    }

    private void visitAgainAndAgain() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                String customer = "customer-" + ThreadLocalRandom.current().nextInt(CUSTOMERS);
                for (String step : VISIT) {
                    send(step, customer);
                    Thread.sleep(ThreadLocalRandom.current().nextInt(2 * THINK_MS));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String step, String customer) throws InterruptedException {
        String method = step.substring(0, step.indexOf(' '));
        String path = step.substring(method.length() + 1);
        for (int i = 0; i < ports.size(); i++) {
            int port = ports.get((int) (next.getAndIncrement() % ports.size()));
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .header(Pod.CUSTOMER, customer)
                    .timeout(TIMEOUT)
                    .build();
            try {
                client.send(request, HttpResponse.BodyHandlers.discarding());
                answered.incrementAndGet();
                return;
            } catch (IOException e) {
                // the next pod
            }
        }
    }

    /** Returns the number of requests that a pod answered. */
    long answered() {
        return answered.get();
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
