package dev.touchstone.examples.storefront;

import dev.touchstone.Touchstone;
import dev.touchstone.care.Care;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.care.RecoveryCase.Status;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * An employee who works on recovery cases, one step at a time: acknowledges the case that is due first, and resolves it in
 * the next step. After a bad release there are more cases than one employee resolves. Works while the shop has visitors.
 */
@Component
class ServiceDesk implements SmartLifecycle {

    private static final int EVERY_FOURTH = 4;

    private final Touchstone touchstone;
    private final ShopProperties properties;
    private @Nullable ScheduledExecutorService employee;
    private int resolved;

    ServiceDesk(Touchstone touchstone, ShopProperties properties) {
        this.touchstone = touchstone;
        this.properties = properties;
    }

    /** Does the next step; nothing without an open case. */
    synchronized void work() {
        Care.Cases cases = touchstone.care().cases();
        Optional<RecoveryCase> begun = first(cases, Status.ACKNOWLEDGED);
        if (begun.isPresent()) {
            resolve(cases, begun.get());
            return;
        }
        first(cases, Status.OPEN).ifPresent(next -> cases.acknowledge(next.id()));
    }

    private void resolve(Care.Cases cases, RecoveryCase begun) {
        resolved++;
        boolean partly = resolved % EVERY_FOURTH == 0;
        cases.resolve(begun.id(), partly ? Resolution.PARTIAL : Resolution.FULL);
        if (!partly) {
            cases.confirm(begun.id());
        }
    }

    private static Optional<RecoveryCase> first(Care.Cases cases, Status status) {
        return cases.all().stream().filter(each -> each.status() == status).findFirst();
    }

    @Override
    public synchronized void start() {
        long pauseMs = properties.serviceDesk().toMillis();
        if (employee != null || properties.visitors() == 0 || pauseMs == 0) {
            return;
        }
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread named = new Thread(work, "service-desk");
            named.setDaemon(true);
            return named;
        });
        thread.scheduleWithFixedDelay(this::work, pauseMs, pauseMs, TimeUnit.MILLISECONDS);
        employee = thread;
    }

    @Override
    public synchronized void stop() {
        if (employee != null) {
            employee.shutdownNow();
            employee = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return employee != null;
    }
}
