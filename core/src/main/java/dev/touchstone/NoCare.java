package dev.touchstone;

import dev.touchstone.care.Care;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.event.CustomerId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Care that is off: there are no cases, and no customer is asked. */
final class NoCare implements Care, Care.Cases {

    static final NoCare INSTANCE = new NoCare();

    private static final String OFF = "care is off; switch it on with TouchstoneBuilder.care()";

    private NoCare() {}

    @Override
    public Cases cases() {
        return this;
    }

    @Override
    public Advice shouldAsk(@Nullable CustomerId customer, String question) {
        return Advice.OFF;
    }

    @Override
    public void asked(@Nullable CustomerId customer, String question) {}

    @Override
    public Optional<Value> value() {
        return Optional.empty();
    }

    @Override
    public List<RecoveryCase> all() {
        return List.of();
    }

    @Override
    public Optional<RecoveryCase> find(String id) {
        return Optional.empty();
    }

    @Override
    public RecoveryCase open(CustomerId customer, String touchpoint, String reason) {
        throw new IllegalStateException(OFF);
    }

    @Override
    public RecoveryCase acknowledge(String id) {
        throw new NoSuchElementException(OFF);
    }

    @Override
    public RecoveryCase update(String id) {
        throw new NoSuchElementException(OFF);
    }

    @Override
    public RecoveryCase resolve(String id, RecoveryCase.Resolution resolution) {
        throw new NoSuchElementException(OFF);
    }

    @Override
    public RecoveryCase confirm(String id) {
        throw new NoSuchElementException(OFF);
    }

    @Override
    public RecoveryCase reopen(String id) {
        throw new NoSuchElementException(OFF);
    }
}
