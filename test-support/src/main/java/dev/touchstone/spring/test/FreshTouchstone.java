package dev.touchstone.spring.test;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.spring.TouchstoneCustomizer;
import dev.touchstone.state.StoreException;
import dev.touchstone.test.ManualClock;
import dev.touchstone.test.RecordedEvents;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;

/**
 * Gives each test of an application context an instance of its own, behind one object that the application keeps. The
 * clock of an instance never goes back, and its customers have a history, so that neither can be reset in place. Used by
 * one thread at a time.
 */
final class FreshTouchstone implements TouchstoneCustomizer, DisposableBean {

    private final ManualClock clock;
    private final RecordedEvents recorded;
    private @Nullable TouchstoneBuilder builder;
    private volatile @Nullable Touchstone current;

    FreshTouchstone(ManualClock clock, RecordedEvents recorded) {
        this.clock = clock;
        this.recorded = recorded;
    }

    @Override
    public void customize(TouchstoneBuilder used) {
        builder = used.clock(clock).strict();
    }

    /** Returns an object that passes every call on to the instance of the current test. */
    Touchstone wrap(Touchstone first) {
        if (builder == null) {
            return first; // one that the application made, or that does nothing
        }
        current = first;
        return (Touchstone) Proxy.newProxyInstance(
                Touchstone.class.getClassLoader(), new Class<?>[] {Touchstone.class}, this::pass);
    }

    private @Nullable Object pass(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "the Touchstone of the current test";
            };
        }
        try {
            return method.invoke(current, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Sets the clock back, forgets the recorded events, and begins with an instance without customers. */
    void reset() {
        clock.reset();
        TouchstoneBuilder again = builder;
        Touchstone last = current;
        if (again != null && last != null) {
            again.clock(clock); // without the time that the last one has seen
            Touchstone fresh = build(again, last);
            fresh.reload(last.catalog());
            current = fresh;
        }
        recorded.clear();
    }

    private static Touchstone build(TouchstoneBuilder again, Touchstone last) {
        try {
            return again.build();
        } catch (StoreException inUse) {
            last.close(); // gives its directory back
            return again.build();
        }
    }

    @Override
    public void destroy() {
        Touchstone last = current;
        if (last != null) {
            last.close();
        }
    }
}
