package dev.touchstone.examples.storefront;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * A few people who use the shop over HTTP like anybody else. They come when it is open and leave before it closes.
 */
@Component
class Visitors implements SmartLifecycle {

    private static final List<String> QUERIES = List.of("tea", "cup", "kettle", "tray", "steel", "t");
    private static final int CUSTOMERS = 40;
    private static final int MOST_PAYMENTS = 4;
    private static final Duration LAST_REQUEST = Duration.ofSeconds(5);

    private final ShopProperties properties;
    private final Operations operations;
    private final Environment environment;
    private @Nullable ExecutorService people;

    Visitors(ShopProperties properties, Operations operations, Environment environment) {
        this.properties = properties;
        this.operations = operations;
        this.environment = environment;
    }

    @Override
    public synchronized void start() {
        if (people != null || properties.visitors() == 0) {
            return;
        }
        String shop = "http://127.0.0.1:" + environment.getProperty("local.server.port");
        AtomicInteger number = new AtomicInteger();
        ExecutorService pool = Executors.newFixedThreadPool(properties.visitors(), visitor -> {
            Thread thread = new Thread(visitor, "visitor-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < properties.visitors(); i++) {
            pool.execute(() -> comeAgainAndAgain(shop));
        }
        people = pool;
    }

    /** Before the web server stops, because it started before: visitors in the shop still get their last page. */
    @Override
    public synchronized void stop() {
        ExecutorService pool = people;
        people = null;
        if (pool != null) {
            pool.shutdownNow();
            try {
                pool.awaitTermination(LAST_REQUEST.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return people != null;
    }

    private void comeAgainAndAgain(String shop) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                operations.turn(Instant.now());
                visit(new Browser(shop));
                think();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void visit(Browser browser) throws InterruptedException {
        try {
            browse(browser);
        } catch (IOException e) {
            think(); // the shop does not answer: they come again later
        }
    }

    private void browse(Browser browser) throws IOException, InterruptedException {
        browser.get("/");
        think();
        do {
            browser.get("/search?q=" + anyOf(QUERIES));
            think();
        } while (perhaps(0.3));
        String product = anyOf(Product.all()).id();
        browser.get("/product/" + product);
        think();
        if (perhaps(0.15)) {
            browser.get("/help");
            return;
        }
        browser.post("/cart/" + product);
        think();
        if (perhaps(0.3)) {
            browser.post("/login?name=customer-" + ThreadLocalRandom.current().nextInt(CUSTOMERS));
            think();
        }
        int status = pay(browser, false);
        for (int i = 1; i < MOST_PAYMENTS && status >= 500 && perhaps(0.8); i++) {
            think();
            status = pay(browser, true);
        }
    }

    /** Pays, and may answer a question afterwards. Visitors who had to retry or failed are less satisfied. */
    private int pay(Browser browser, boolean again) throws IOException, InterruptedException {
        int status = browser.post("/pay");
        if (browser.isAsked() && perhaps(0.4)) {
            think();
            boolean bad = again || status >= 500;
            browser.post(
                    bad && perhaps(0.8)
                            ? "/answer?recommend=" + upTo(6, 5) + "&satisfied=" + upTo(2, 2) + "&easy=" + upTo(4, 3)
                            : "/answer?recommend=" + upTo(10, 3) + "&satisfied=" + upTo(5, 2) + "&easy=" + upTo(7, 2));
        }
        return status;
    }

    /** Returns an answer among the best few of a scale. */
    private static int upTo(int best, int few) {
        return best - ThreadLocalRandom.current().nextInt(few);
    }

    private void think() throws InterruptedException {
        long most = 2 * properties.pause().toMillis();
        Thread.sleep(ThreadLocalRandom.current().nextLong(most + 1));
    }

    private static boolean perhaps(double probability) {
        return ThreadLocalRandom.current().nextDouble() < probability;
    }

    private static <T> T anyOf(List<T> things) {
        return things.get(ThreadLocalRandom.current().nextInt(things.size()));
    }
}
