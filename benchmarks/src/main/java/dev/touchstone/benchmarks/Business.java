package dev.touchstone.benchmarks;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An instance with one declared touchpoint that has a target, and customers who were all there once. */
@State(Scope.Benchmark)
public class Business {

    static final String TOUCHPOINT = "checkout.address";
    private static final int MANY = 64;

    @Param("1000")
    int customers;

    final Facts facts = new Facts();
    Touchstone touchstone;
    private final String[] manyTouchpoints =
            IntStream.range(0, MANY).mapToObj(i -> TOUCHPOINT + i).toArray(String[]::new);
    private int[] numbers;
    private CustomerKey[] keys;

    /** Opens the business and lets every customer in. */
    @Setup
    public void open() {
        touchstone = configure(Touchstone.builder().maximumCustomers(2L * customers))
                .catalog(this::declare)
                .build();
        for (int i = 0; i < customers; i++) {
            touchstone.record(event(i).customer(CustomerId.of(id(i))).build());
        }
        numbers = Facts.shuffled(customers);
        keys = new CustomerKey[customers];
        for (int i = 0; i < customers; i++) {
            keys[i] = touchstone.key(CustomerId.of(id(numbers[i])));
        }
    }

    TouchstoneBuilder configure(TouchstoneBuilder builder) {
        return builder;
    }

    void declare(Catalog.Builder catalog) {
        catalog.touchpoint(TOUCHPOINT, t -> t.target(Facts.TARGET));
    }

    TouchpointEvent.Builder event(int visit) {
        return event(TOUCHPOINT, visit);
    }

    /** Returns an event at one of many touchpoints. */
    TouchpointEvent.Builder eventAtAny(int visit) {
        return event(manyTouchpoints[visit % MANY], visit);
    }

    private TouchpointEvent.Builder event(String touchpoint, int visit) {
        return TouchpointEvent.builder(touchpoint)
                .durationMs(facts.durationMs(visit))
                .outcome(facts.outcome(visit));
    }

    /** Returns the key of the customer of a visit, in an order unrelated to the order in memory. */
    CustomerKey key(int visit) {
        return keys[visit % customers];
    }

    /** Returns the raw id of the customer of a visit, created anew as in a request. */
    CustomerId customer(int visit) {
        return CustomerId.of(id(numbers[visit % customers]));
    }

    private static String id(int number) {
        return "customer-" + number;
    }

    @TearDown
    public void close() {
        touchstone.close();
    }
}
