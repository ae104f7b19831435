package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.state.StoreException;
import dev.touchstone.test.Jvm;
import dev.touchstone.test.ManualClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process while it saves, again and again: five times, or as often as the property {@code touchstone.kills} says. */
class KilledWhileSavingTest {

    private static final int KILLS = Integer.getInteger("touchstone.kills", 5);

    @TempDir
    Path temporary;

    private final Random random = new Random(11);

    @Test
    @Timeout(
            value = 4,
            unit = TimeUnit.HOURS) // a thousand kills on a machine that does something else; each has its own bound
    void aKilledProcessLeavesTheOldSnapshotOrTheNewOne() throws IOException, InterruptedException {
        Path directory = temporary.resolve("kept");
        long restored = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Ran ran = runAndKill(directory, false);
            assertThat(ran.restored).as("what the process before had saved").isEqualTo(restored);
            try (Touchstone touchstone = open(directory, false)) {
                assertThat(touchstone.health().store().problem()).isEmpty();
                restored = touchstone.health().live();
                assertThat(restored).as("what was acknowledged").isGreaterThanOrEqualTo(ran.saved);
                assertThat(touchstone.scoreboard().overall().count())
                        .as("cells and customers of one generation")
                        .isEqualTo(restored);
            }
        }
    }

    /** If this corrupted nothing, the test above would prove nothing. */
    @Test
    @Timeout(600)
    void aProcessThatWritesInPlaceLeavesABrokenOne() throws IOException, InterruptedException {
        boolean broken = false;
        for (int kill = 0; kill < 60 && !broken; kill++) {
            Path directory = java.nio.file.Files.createDirectory(temporary.resolve("naive-" + kill));
            runAndKill(directory, true);
            try (Touchstone touchstone = open(directory, true)) {
                assertThat(touchstone.health().live()).isPositive();
            } catch (StoreException e) {
                assertThat(e).hasCauseInstanceOf(CorruptException.class);
                broken = true;
            }
        }
        assertThat(broken).isTrue();
    }

    private static Touchstone open(Path directory, boolean naive) {
        return Trials.builder(ManualClock.at(Trials.START))
                .store(KilledWriter.store(directory, naive))
                .build();
    }

    private Ran runAndKill(Path directory, boolean naive) throws IOException, InterruptedException {
        List<String> options = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
        Process child = Jvm.of(options, KilledWriter.class, directory.toString(), String.valueOf(naive))
                .start();
        Ran ran = new Ran();
        try (BufferedReader output = child.inputReader()) {
            String first = output.readLine();
            assertThat(first).startsWith("restored ");
            ran.restored = number(first);
            ran.saved = number(output.readLine());
            // somewhere within the next few snapshots
            Thread.sleep(random.nextInt(150));
            // not by the Process, which would close its output
            ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly);
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.matches("saved \\d+")) {
                    ran.saved = number(line);
                }
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return ran;
    }

    private static long number(String line) {
        return Long.parseLong(line.substring(line.indexOf(' ') + 1));
    }

    private static final class Ran {

        private long restored;
        private long saved;
    }
}
