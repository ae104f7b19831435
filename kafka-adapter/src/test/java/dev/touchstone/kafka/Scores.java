package dev.touchstone.kafka;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.PseudonymKey.EventKey;
import dev.touchstone.state.internal.ByteStore;
import dev.touchstone.state.internal.PartitionStore;
import dev.touchstone.state.internal.StoreKeys;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the topic of scores has of customers. */
final class Scores {

    private final Touchstone touchstone;

    Scores(Map<CustomerKey, byte[]> scores, TouchstoneBuilder builder) {
        this.touchstone = builder.store(new PartitionStore(new ByteStore() {
                    @Override
                    public byte @Nullable [] get(byte[] key) {
                        return key[0] == StoreKeys.CUSTOMERS.first()[0] ? scores.get(StoreKeys.customer(key)) : null;
                    }

                    @Override
                    public void put(byte[] key, byte[] value) {}

                    @Override
                    public void delete(byte[] key) {}

                    @Override
                    public void visit(byte[] from, byte[] to, Visitor visitor) {}

                    @Override
                    public boolean remember(EventKey id, long nowMs) {
                        return true;
                    }
                }))
                .build();
    }

    CustomerExperience customer(CustomerKey customer) {
        return touchstone.customer(customer);
    }
}
