package dev.touchstone.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts requests to touchpoints that were refused before the application handled them, by status: those recorded as
 * events, and challenges, which are not. A challenge is a 401 to a request without credentials: it asks the client
 * to log in, and is no customer experience. Counts since the process started. Thread-safe.
 */
public final class Refusals {

    /** The key of challenges beside the statuses. */
    public static final String CHALLENGES = "challenges";

    private static final int MAX_TOUCHPOINTS = 1_000;
    private static final int UNAUTHORIZED = 401;

    private final ConcurrentMap<String, ConcurrentMap<String, LongAdder>> counts = new ConcurrentHashMap<>();

    /**
     * Returns whether a refusal is a challenge.
     *
     * @param credentials whether the request carries an {@code Authorization} header or a session
     */
    public static boolean isChallenge(int status, boolean credentials) {
        return status == UNAUTHORIZED && !credentials;
    }

    /** Counts a refusal. Beyond 1,000 touchpoints, further ones are not counted. */
    public void count(String touchpoint, int status, boolean challenge) {
        ConcurrentMap<String, LongAdder> byName = counts.get(touchpoint);
        if (byName == null) {
            if (counts.size() >= MAX_TOUCHPOINTS) {
                return;
            }
            byName = counts.computeIfAbsent(touchpoint, name -> new ConcurrentHashMap<>());
        }
        byName.computeIfAbsent(challenge ? CHALLENGES : String.valueOf(status), name -> new LongAdder())
                .increment();
    }

    /** Returns the counts of a touchpoint by status and {@link #CHALLENGES}; empty without refusals. */
    public Map<String, Long> of(String touchpoint) {
        Map<String, Long> copy = new TreeMap<>();
        counts.getOrDefault(touchpoint, new ConcurrentHashMap<>())
                .forEach((name, count) -> copy.put(name, count.sum()));
        return copy;
    }
}
