package dev.touchstone.kafka;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/**
 * Has the stores on disk be rewritten within the time in which their changelogs are compacted: what was deleted stays in their
 * files until then, and a store with few changes is otherwise never rewritten. Kafka Streams makes one for each store.
 */
public final class ErasingStores implements RocksDBConfigSetter {

    /** The property of Kafka Streams with the time in milliseconds. */
    static final String WITHIN_MS = "touchstone.state.erased.within.ms";

    /** Makes one. */
    public ErasingStores() {}

    @Override
    public void setConfig(String store, Options options, Map<String, Object> properties) {
        Object given = properties.get(WITHIN_MS);
        long withinMs = given == null ? ScoringTopics.COMPACTED_WITHIN.toMillis() : Long.parseLong(given.toString());
        options.setPeriodicCompactionSeconds(Math.max(1, TimeUnit.MILLISECONDS.toSeconds(withinMs)));
    }

    @Override
    public void close(String store, Options options) {}
}
