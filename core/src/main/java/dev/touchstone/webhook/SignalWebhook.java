package dev.touchstone.webhook;

import dev.touchstone.care.Signal;
import dev.touchstone.care.SignalListener;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.json.CareJson;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts each signal as JSON to a URL, in the order in which they were raised, from a separate thread. The header
 * {@code Touchstone-Signature: t=<epoch seconds>,v1=<hex>} has the HMAC-SHA256 of {@code <t>.<body>} under the secret.
 * The header {@code Touchstone-Signal} has the id of the signal, which is the same in each attempt.
 *
 * <p>If the receiver cannot be reached, or responds with a status other than 2xx, delivery is retried after 1 s, then
 * after delays that double up to 5 minutes, until 24 hours after the signal. The statuses 400, 409, 410, 413, 415 and
 * 422 are final. Signals wait in a bounded buffer; overflow is dropped. The thread that raises a signal never waits for
 * the receiver. Closing the instance closes its webhook, which delivers waiting signals for at most 5 more seconds.
 * Thread-safe.
 */
public final class SignalWebhook implements SignalListener, AutoCloseable {

    /** The minimum length of a secret in characters. */
    public static final int MIN_SECRET = 16;

    private static final Logger LOGGER = LoggerFactory.getLogger(SignalWebhook.class);
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final Duration AFTER_AN_ERROR = Duration.ofMillis(100);
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Receiver receiver;
    private final CareJson json;
    private final SignalQueue queue;
    private final InstantSource clock;
    private final Pause pause;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Object starting = new Object();
    private @Nullable Thread thread;
    private volatile @Nullable String problem;

    private SignalWebhook(Builder builder, InstantSource clock, @Nullable Pause pause) {
        this.receiver = new Receiver(builder.url, builder.secret);
        this.json = builder.naming ? CareJson.withPseudonyms() : CareJson.withoutCustomers();
        this.queue = new SignalQueue(builder.capacity);
        this.clock = clock;
        this.pause = pause == null ? time -> closing.await(time.toMillis(), TimeUnit.MILLISECONDS) : pause;
    }

    /**
     * Returns a builder.
     *
     * @param url the URL to post to, http or https
     * @param secret the secret that signs requests, at least {@value #MIN_SECRET} characters
     * @throws IllegalArgumentException if the URL or the secret is invalid
     */
    public static Builder to(URI url, String secret) {
        return new Builder(url, secret);
    }

    /**
     * Returns a URL after checking that signals can be posted to it.
     *
     * @throws IllegalArgumentException if it is invalid
     */
    public static URI checkedUrl(URI url) {
        String scheme = url.getScheme();
        if (!("http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme)) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "webhook url " + url + ": expected an address such as https://crm.example.com/signals");
        }
        return url;
    }

    @Override
    public void signaled(Signal signal) {
        if (queue.add(signal)) {
            start();
        }
    }

    @Override
    public void erased(CustomerKey customer, Instant time) {
        queue.erase(customer, time);
    }

    private void start() {
        synchronized (starting) {
            if (thread == null) {
                Thread fresh = new Thread(this::run, "touchstone-webhook");
                fresh.setDaemon(true);
                fresh.setContextClassLoader(null);
                fresh.start();
                thread = fresh;
            }
        }
    }

    private void run() {
        boolean ended = false;
        try {
            while (!ended) {
                ended = deliverAllOrFail();
            }
        } finally {
            if (!ended) {
                synchronized (starting) {
                    thread = null; // so that the next signal, or closing, starts another one
                }
            }
        }
    }

    /** Returns whether there is nothing left to do; false after a recoverable error. */
    private boolean deliverAllOrFail() {
        try {
            deliverAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (RuntimeException | Error e) {
            failed(e.toString());
            LockSupport.parkNanos(AFTER_AN_ERROR.toNanos());
            return false;
        }
        return true;
    }

    private void deliverAll() throws InterruptedException {
        int failures = 0;
        for (Signal signal = queue.next(); signal != null; signal = queue.next()) {
            boolean done = deliver(signal);
            failures = done ? 0 : failures + 1;
            if (!done) {
                if (queue.isClosed()) {
                    return; // the rest is dropped
                }
                pause.pause(Receiver.backoff(failures));
            }
        }
    }

    /** Delivers or drops a signal; returns false if it must be retried. */
    private boolean deliver(Signal signal) {
        try {
            Instant now = clock.instant();
            if (now.isAfter(signal.time().plus(LONGEST))) {
                giveUp(signal, "it is older than 24 hours");
                return true;
            }
            Receiver.Answer answer = receiver.post(signal.id(), json.write(signal), now);
            if (answer.delivered()) {
                queue.delivered(signal);
                recovered();
                return true;
            }
            if (answer.refused()) {
                giveUp(signal, "the receiver refused it");
                return true;
            }
            failed(answer.problem());
        } catch (IOException | RuntimeException | Error e) { // including out of memory: it is retried
            failed(e.toString());
        }
        return false;
    }

    private void giveUp(Signal signal, String reason) {
        queue.drop(signal);
        LOGGER.warn("SignalWebhook dropped signal {}: {}", signal.id(), reason);
    }

    private void failed(String what) {
        if (problem == null) {
            LOGGER.warn("SignalWebhook cannot deliver signals and retries: {}", what);
        }
        problem = what;
    }

    private void recovered() {
        if (problem != null) {
            LOGGER.info("SignalWebhook delivers signals again");
            problem = null;
        }
    }

    /** Delivers waiting signals for at most 5 seconds and drops the rest. Closing again does nothing. */
    @Override
    public void close() {
        if (queue.size() > 0) {
            start(); // in case the thread has ended
        }
        queue.close();
        closing.countDown();
        Thread running;
        synchronized (starting) {
            running = thread;
        }
        if (running != null) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(running, CLOSING.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            running.interrupt();
        }
        queue.clear();
    }

    /** Returns the number of signals waiting for delivery. */
    public int waiting() {
        return queue.size();
    }

    /** Returns the number of signals that the receiver accepted. */
    public long delivered() {
        return queue.delivered();
    }

    /** Returns the number of dropped signals: buffer full, too old, refused, or left when the webhook was closed. */
    public long dropped() {
        return queue.dropped();
    }

    /** Returns the number of signals removed because their customer was erased. */
    public long erased() {
        return queue.erased();
    }

    /** Returns the problem of the latest attempt; empty if it succeeded. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /** Waits between two attempts. */
    @FunctionalInterface
    interface Pause {

        void pause(Duration time) throws InterruptedException;
    }

    /** Configures a webhook. Not thread-safe. */
    public static final class Builder {

        private static final int MOST_CAPACITY = 1_000_000;

        private final URI url;
        private final String secret;
        private boolean naming;
        private int capacity = 10_000;

        private Builder(URI url, String secret) {
            if (secret.length() < MIN_SECRET) {
                throw new IllegalArgumentException(
                        "webhook secret has " + secret.length() + " characters; expected at least " + MIN_SECRET);
            }
            this.url = checkedUrl(url);
            this.secret = secret;
        }

        /** Includes the pseudonyms of customers. */
        public Builder includePseudonyms() {
            this.naming = true;
            return this;
        }

        /**
         * Sets the maximum number of waiting signals; 10,000 by default, which takes about 10 MB.
         *
         * @throws IllegalArgumentException if it is not 1 to 1,000,000
         */
        public Builder capacity(int signals) {
            if (signals < 1 || signals > MOST_CAPACITY) {
                throw new IllegalArgumentException("webhook capacity " + signals + ": expected 1 to " + MOST_CAPACITY);
            }
            this.capacity = signals;
            return this;
        }

        /** Returns the webhook. Its thread starts with the first signal. */
        public SignalWebhook build() {
            return build(InstantSource.system(), null);
        }

        SignalWebhook build(InstantSource clock, @Nullable Pause pause) {
            return new SignalWebhook(this, clock, pause);
        }
    }
}
