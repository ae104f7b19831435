package dev.touchstone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.store.SnapshotDirectory;
import dev.touchstone.test.Jvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that really runs out of memory. */
@Timeout(240)
class OutOfMemoryTest {

    @TempDir
    Path temporary;

    @Test
    void instanceGoesOnSavingAfterItsProcessRanOutOfMemory() throws IOException, InterruptedException {
        Path directory = temporary.resolve("kept");
        List<String> options = List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
        Process child =
                Jvm.of(options, OutOfMemoryHost.class, directory.toString()).start();
        try {
            assertThat(new String(child.getInputStream().readAllBytes(), UTF_8).lines())
                    .contains("failed true", "reported true", "saved again true", "closed");
            assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            child.destroyForcibly();
        }
        try (Touchstone touchstone = Touchstone.builder()
                .pseudonymKey(OutOfMemoryHost.key())
                .store(SnapshotDirectory.at(directory))
                .build()) {
            assertThat(touchstone.health().live()).isEqualTo(20_000);
            assertThat(touchstone.health().store().problem()).isEmpty();
        }
    }
}
