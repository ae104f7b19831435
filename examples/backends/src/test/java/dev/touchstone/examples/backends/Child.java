package dev.touchstone.examples.backends;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that was started here and does not outlive its test. */
final class Child implements AutoCloseable {

    private static final Duration TO_START = Duration.ofSeconds(90);
    private static final Duration TO_END = Duration.ofMinutes(5);
    private static final int SECONDS_TO_END = 10;

    private final Process process;
    private final Path output;

    private Child(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a program; nothing of this process's own telemetry settings is passed on. */
    static Child start(Path folder, Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createTempFile(folder, "output", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(name -> name.startsWith("OTEL_") || name.equals("JAVA_TOOL_OPTIONS"));
            builder.environment().putAll(environment);
            return new Child(builder.start(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a jar on the Java that runs this. */
    static Child java(Path folder, Map<String, String> environment, List<String> options, Path jar, List<String> rest) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-jar");
        command.add(jar.toAbsolutePath().toString());
        command.addAll(rest);
        return start(folder, environment, command);
    }

    /** Waits until it prints something, and returns the first group of that. */
    String said(Pattern something) {
        return await().atMost(TO_START).until(() -> find(something), found -> !found.isEmpty());
    }

    private String find(Pattern something) {
        Matcher matcher = something.matcher(output());
        if (matcher.find()) {
            return matcher.group(1);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException("ended with " + process.exitValue() + ": " + output());
        }
        return "";
    }

    /** Waits until it ends by itself, and returns how. */
    int exitValue() {
        try {
            if (!process.waitFor(TO_END.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("does not end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns everything that it printed until now. */
    String output() {
        try {
            return Files.readString(output, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to end, and ends it if it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
