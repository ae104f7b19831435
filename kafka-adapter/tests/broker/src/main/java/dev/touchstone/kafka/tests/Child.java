package dev.touchstone.kafka.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A child process whose output is in a file. It can be killed, suspended and resumed by its process id. Not thread-safe. */
public final class Child implements AutoCloseable {

    private static final Duration ENDING = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int TAIL = 20;

    private final Process process;
    private final Path output;

    private Child(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts the Java that runs this with arguments. The output is appended to a file; the folder is that of the file. */
    public static Child java(Path output, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Path folder = Objects.requireNonNull(output.toAbsolutePath().getParent());
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            return new Child(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts the main method of a class in a process that ends with this one, however that happens.
     *
     * @param options of the virtual machine, without the class path
     */
    public static Child watched(
            Path output, List<String> options, String classPath, String main, List<String> arguments) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-cp", place() + ":" + classPath, Watched.class.getName(), main));
        all.addAll(arguments);
        return java(output, all);
    }

    /** Returns where the classes of this package are: the build copies the jars of the broker beside them. */
    static Path place() {
        try {
            return Path.of(Child.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the process id. */
    public long pid() {
        return process.pid();
    }

    /** Returns whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the status with which it ended. */
    public int exitValue() {
        return process.exitValue();
    }

    /** Returns all that it printed. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the last lines that it printed. */
    public String tail() {
        List<String> lines = output().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    /**
     * Returns when it has printed a text.
     *
     * @throws IllegalStateException if it ends before, or does not within the time; it is killed then
     */
    public void awaitOutput(String text, Duration patience) {
        long since = System.nanoTime();
        while (!output().contains(text)) {
            boolean late = System.nanoTime() - since > patience.toNanos();
            if (late || ends(LOOK)) {
                kill();
                throw new IllegalStateException("process " + pid() + " "
                        + (late ? "did not print \"" + text + "\" in " + patience : "ended") + ":\n" + tail());
            }
        }
    }

    /** Returns whether it ends within a time. */
    public boolean ends(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Asks it to end, as SIGTERM does; after 20 seconds it is killed. Returns whether it ended by itself. */
    public boolean stop() {
        process.destroy();
        boolean ended = ends(ENDING);
        kill();
        return ended;
    }

    /** Kills it, as SIGKILL does, unless it has ended. */
    public void kill() {
        process.destroyForcibly();
        ends(ENDING);
    }

    /** Suspends it, as SIGSTOP does: connections stay, and nothing is answered. */
    public void suspend() {
        signal("STOP");
    }

    /** Resumes it, as SIGCONT does. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(ENDING.toMillis(), TimeUnit.MILLISECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("SIG" + name + " was not sent to process " + pid());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Kills it. */
    @Override
    public void close() {
        kill();
    }
}
