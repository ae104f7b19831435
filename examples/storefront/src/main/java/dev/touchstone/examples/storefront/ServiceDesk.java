package dev.touchstone.examples.storefront;

import dev.touchstone.Touchstone;
import dev.touchstone.care.Care;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.care.RecoveryCase.Status;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * An employee who works on recovery cases, one step at a time: acknowledges the case that is due first, and resolves it in
 * the next step. After a bad release there are more cases than one employee resolves. Works while the shop has visitors.
 */
@Component
class ServiceDesk implements SmartLifecycle {

    private static final Logger LOGGER = LoggerFactory.getLogger(ServiceDesk.class);
    private static final int EVERY_FOURTH = 4;

    private final Touchstone touchstone;
    private final ShopProperties properties;
    private @Nullable ExecutorService employee;
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
        ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
            Thread named = new Thread(work, "service-desk");
            named.setDaemon(true);
            return named;
        });
        thread.execute(() -> workOn(pauseMs));
        employee = thread;
    }

    private void workOn(long pauseMs) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(pauseMs);
                try {
                    work();
                } catch (IllegalStateException e) {
                    LOGGER.info("A case was changed elsewhere at the same time: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
