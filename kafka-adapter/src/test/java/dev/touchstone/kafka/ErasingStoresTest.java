package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.CompactionStyle;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** What is deleted in a store leaves its files, also if the store has few changes. */
class ErasingStoresTest {

    private static final byte[] KEY = "canary-key".getBytes(UTF_8);

    @TempDir
    private Path folder;

    /** Opens a store as Kafka Streams does, does something, and writes all to a file. */
    private void open(Map<String, Object> properties, Change change) throws RocksDBException {
        try (Options options = new Options().setCreateIfMissing(true).setCompactionStyle(CompactionStyle.UNIVERSAL)) {
            ErasingStores stores = new ErasingStores();
            stores.setConfig("store", options, properties);
            try (RocksDB store = RocksDB.open(options, folder.toString());
                    FlushOptions flush = new FlushOptions()) {
                change.make(store);
                store.flush(flush);
            }
            stores.close("store", options);
        }
    }

    private boolean isOnDisk(String text) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".sst")).toList()) {
                if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return true; // a file is being replaced
        }
    }

    @Test
    void deletedEntryLeavesTheFiles() throws Exception {
        open(Map.of(), store -> store.put(KEY, "canary-value".getBytes(UTF_8)));
        open(Map.of(), store -> store.delete(KEY));
        assertThat(isOnDisk("canary-value")).isTrue();
        TimeUnit.SECONDS.sleep(2); // longer than the time that is set below

        open(
                Map.of(ErasingStores.WITHIN_MS, "1000"),
                store -> await().atMost(Duration.ofSeconds(20))
                        .until(() -> !isOnDisk("canary-value") && !isOnDisk("canary-key")));
    }

    @Test
    void storeIsRewrittenAsOftenAsTheChangelogUnlessSet() {
        try (Options options = new Options()) {
            new ErasingStores().setConfig("store", options, Map.of());

            assertThat(options.periodicCompactionSeconds()).isEqualTo(ScoringTopics.COMPACTED_WITHIN.toSeconds());
        }
    }

    @FunctionalInterface
    private interface Change {

        void make(RocksDB store) throws RocksDBException;
    }
}
