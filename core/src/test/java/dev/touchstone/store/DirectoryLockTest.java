package dev.touchstone.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.test.Jvm;
import dev.touchstone.test.ManualClock;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** POSIX drops a process's lock on a file when the process closes any descriptor of the file. */
@Timeout(120)
class DirectoryLockTest {

    @TempDir
    Path temporary;

    @Test
    void aRefusedSecondStartLeavesTheDirectoryLockedForOtherProcesses() throws Exception {
        Path directory = temporary.resolve("kept");
        try (Touchstone touchstone = open(directory)) {
            assertThat(SecondStart.attempt(directory.toString())).isEqualTo(SecondStart.REFUSED);
            assertThat(attemptInAnotherProcess(directory)).isEqualTo(SecondStart.REFUSED);
            touchstone.snapshot();
        }
        assertThat(attemptInAnotherProcess(directory)).isEqualTo(SecondStart.OPENED);
    }

    @Test
    void aRefusedSecondStartThroughAnotherClassLoaderDoesSoToo() throws Exception {
        Path directory = temporary.resolve("kept");
        try (Touchstone touchstone = open(directory)) {
            assertThat(attemptThroughAnotherClassLoader(directory)).isEqualTo(SecondStart.REFUSED);
            assertThat(attemptInAnotherProcess(directory)).isEqualTo(SecondStart.REFUSED);
            touchstone.snapshot();
        }
        assertThat(attemptThroughAnotherClassLoader(directory)).isEqualTo(SecondStart.OPENED);
    }

    @Test
    void aSecondStartIsRefusedIfTheLockFileIsGone() throws Exception {
        Path directory = temporary.resolve("kept");
        try (Touchstone touchstone = open(directory)) {
            Files.delete(directory.resolve("lock"));
            assertThat(SecondStart.attempt(directory.toString())).isEqualTo(SecondStart.REFUSED);
            touchstone.snapshot();
        }
    }

    @Test
    void aRefusedSecondStartLeavesTheDirectoryLockedIfTheOwnerFileIsGone() throws Exception {
        Path directory = temporary.resolve("kept");
        try (Touchstone touchstone = open(directory)) {
            Files.delete(directory.resolve("owner"));
            assertThat(SecondStart.attempt(directory.toString())).isEqualTo(SecondStart.REFUSED);
            assertThat(attemptInAnotherProcess(directory)).isEqualTo(SecondStart.REFUSED);
            touchstone.snapshot();
        }
    }

    @Test
    void aDirectoryLeftByAKilledProcessIsFree() throws Exception {
        Path directory = temporary.resolve("kept");
        try (Touchstone touchstone = open(directory)) {
            touchstone.snapshot();
        }
        Files.writeString(directory.resolve("owner"), "1 0");
        assertThat(SecondStart.attempt(directory.toString())).isEqualTo(SecondStart.OPENED);
    }

    private static Touchstone open(Path directory) {
        return Trials.builder(ManualClock.at(Trials.START))
                .store(SnapshotDirectory.at(directory))
                .build();
    }

    private static String attemptInAnotherProcess(Path directory) throws IOException, InterruptedException {
        Process child = Jvm.of(List.of("-XX:TieredStopAtLevel=1"), SecondStart.class, directory.toString())
                .start();
        String said = new String(child.getInputStream().readAllBytes(), UTF_8);
        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return said.strip();
    }

    private static Object attemptThroughAnotherClassLoader(Path directory) throws Exception {
        URL[] classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(DirectoryLockTest::url)
                .toArray(URL[]::new);
        try (URLClassLoader other = new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            return other.loadClass(SecondStart.class.getName())
                    .getMethod("attempt", String.class)
                    .invoke(null, directory.toString());
        }
    }

    private static URL url(String path) {
        try {
            return Path.of(path).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
