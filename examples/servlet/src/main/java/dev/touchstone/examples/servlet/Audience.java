package dev.touchstone.examples.servlet;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** A few people who buy tickets over HTTP like anybody else, until it is closed. */
final class Audience implements AutoCloseable {

    private static final List<String> PLAYS = List.of("hamlet", "godot", "faust");
    private static final int SUBSCRIBERS = 40;
    private static final int MOST_PAYMENTS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int SERVER_ERROR = 500;

    private final String office;
    private final ExecutorService people;

    Audience(int port, int size) {
        office = "http://127.0.0.1:" + port;
        people = Executors.newFixedThreadPool(size, person -> {
            Thread thread = new Thread(person, "audience");
            thread.setDaemon(true);
            return thread;
        });
        for (int i = 0; i < size; i++) {
            people.execute(this::comeAgainAndAgain);
        }
    }

    private void comeAgainAndAgain() {
        CookieManager cookies = new CookieManager();
        HttpClient browser = HttpClient.newBuilder().cookieHandler(cookies).build();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    cookies.getCookieStore().removeAll(); // another visitor
                    buy(browser);
                } catch (IOException e) {
                    think(); // the office does not answer: they come again later
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void buy(HttpClient browser) throws IOException, InterruptedException {
        get(browser, "/program");
        String play = PLAYS.get(ThreadLocalRandom.current().nextInt(PLAYS.size()));
        get(browser, "/plays/" + play);
        if (perhaps(0.2)) {
            get(browser, "/help");
            return;
        }
        post(browser, "/plays/" + play + "/seats");
        post(browser, "/login?name=subscriber-" + ThreadLocalRandom.current().nextInt(SUBSCRIBERS));
        for (int i = 0; i < MOST_PAYMENTS; i++) {
            if (post(browser, "/pay") < SERVER_ERROR) {
                post(browser, "/tickets");
                return;
            }
        }
    }

    private void get(HttpClient browser, String path) throws IOException, InterruptedException {
        send(browser, HttpRequest.newBuilder(URI.create(office + path)));
    }

    private int post(HttpClient browser, String path) throws IOException, InterruptedException {
        return send(
                browser, HttpRequest.newBuilder(URI.create(office + path)).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static int send(HttpClient browser, HttpRequest.Builder request) throws IOException, InterruptedException {
        int status = browser.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
        think();
        return status;
    }

    private static void think() throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextLong(100));
    }

    private static boolean perhaps(double probability) {
        return ThreadLocalRandom.current().nextDouble() < probability;
    }

    @Override
    public void close() {
        people.shutdownNow();
    }
}
