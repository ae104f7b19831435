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
 * Posts each signal as JSON to a URL, in the order in which they were raised, from a thread of its own. The header {@code
 * Touchstone-Signature: t=<epoch seconds>,v1=<hex>} has the HMAC-SHA256 of {@code <t>.<body>} under the secret; {@code
 * Touchstone-Signal} has the id of the signal, the same each time it is tried.
 *
 * <p>A receiver that cannot be reached, or answers with another status than 2xx, is tried again after 1 s, then after twice as
 * long each time up to 5 minutes, for 24 hours after the signal. A status of 400, 409, 410, 413, 415 or 422 is final. Signals wait
 * in a buffer meanwhile; what does not fit is dropped. Whoever raises a signal never waits for the receiver. An instance closes its
 * webhook, which then delivers for at most 5 seconds what is waiting. Thread-safe.
 */
public final class SignalWebhook implements SignalListener, AutoCloseable {

    /** The minimum number of characters of a secret. */
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
     * Begins one.
     *
     * @param url where to post, http or https
     * @param secret under which requests are signed, at least {@value #MIN_SECRET} characters
     * @throws IllegalArgumentException if the URL or the secret is not usable
     */
    public static Builder to(URI url, String secret) {
        return new Builder(url, secret);
    }

    /**
     * Returns a URL to which signals can be posted.
     *
     * @throws IllegalArgumentException if it is none
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

    /** Returns whether there is nothing more to do, and false after an error that was survived. */
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
                    return; // what is left is given up
                }
                pause.pause(Receiver.backoff(failures));
            }
        }
    }

    /** Delivers a signal or gives it up; returns false if it has to be tried again. */
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
                giveUp(signal, "the receiver refuses it");
                return true;
            }
            failed(answer.problem());
        } catch (IOException | RuntimeException | Error e) { // also without memory: it is tried again
            failed(e.toString());
        }
        return false;
    }

    private void giveUp(Signal signal, String reason) {
        queue.drop(signal);
        LOGGER.warn("Signal {} was not delivered to the webhook: {}", signal.id(), reason);
    }

    private void failed(String what) {
        if (problem == null) {
            LOGGER.warn("The webhook does not accept signals, it is tried again: {}", what);
        }
        problem = what;
    }

    private void recovered() {
        if (problem != null) {
            LOGGER.info("The webhook accepts signals again");
            problem = null;
        }
    }

    /** Delivers for at most 5 seconds what is waiting and drops the rest. Closing again does nothing. */
    @Override
    public void close() {
        if (queue.size() > 0) {
            start(); // if there is no thread any more
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

    /** Returns the number of signals that wait for their delivery. */
    public int waiting() {
        return queue.size();
    }

    /** Returns the number of signals that the receiver accepted. */
    public long delivered() {
        return queue.delivered();
    }

    /** Returns the number of signals that were given up: without room, too old, refused, or left when it was closed. */
    public long dropped() {
        return queue.dropped();
    }

    /** Returns the number of signals that were forgotten because their customer was erased. */
    public long erased() {
        return queue.erased();
    }

    /** Returns why the latest attempt failed; empty if it did not. */
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
                        "webhook secret: it has " + secret.length() + " characters; expected at least " + MIN_SECRET);
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
         * Sets how many signals wait at most; 10,000 if not set, which takes about 10 MB.
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
