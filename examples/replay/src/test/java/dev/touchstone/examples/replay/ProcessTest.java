package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs it as its users do, as a process of its own. */
class ProcessTest {

    private static final String GOOD = "{\"time\":\"2026-03-01T10:00:00Z\",\"touchpoint\":\"a\",\"customer\":\"c\"}\n";

    @TempDir
    private Path folder;

    private Path events;

    @BeforeEach
    void writeEvents() throws IOException {
        events = Files.writeString(folder.resolve("events.jsonl"), GOOD + "rubbish\n" + GOOD);
    }

    @Test
    void itEndsWithZeroAndTellsBadLinesOnStandardError() throws Exception {
        Ran ran = run(java(events.toString()));

        assertThat(ran.status()).isZero();
        assertThat(ran.out()).startsWith("Replay of " + events + "\nmodel touchstone-1");
        assertThat(ran.err()).isEqualTo(events + ":2: bad_event: is not JSON from column 1 on\n");
    }

    @Test
    void itEndsWithThreeIfItIsStrictAndTwoIfItCannotBeRun() throws Exception {
        assertThat(run(java(events.toString(), "--strict")).status()).isEqualTo(3);
        assertThat(run(java("--formt", "json")).status()).isEqualTo(2);
        assertThat(run(java(folder.resolve("missing").toString())).status()).isEqualTo(2);
    }

    @Test
    void itReadsStandardInput() throws Exception {
        List<String> command = java("--format", "json");
        Process process = new ProcessBuilder(command)
                .redirectInput(events.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(out).contains("\"offered\": 3");
    }

    @Test
    void namesComeOutAsUtf8WhateverThePlatformThinks() throws Exception {
        Files.writeString(events, GOOD.replace("\"a\"", "\"z\u00e4hler\""));
        List<String> command = java(events.toString());
        command.add(1, "-Dfile.encoding=ISO-8859-1");

        assertThat(run(command).out()).contains("z\u00e4hler");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void itEndsQuietlyWhenNobodyReadsOn() throws Exception {
        try (Writer out = Files.newBufferedWriter(events)) {
            for (int i = 0; i < 20_000; i++) {
                out.write(GOOD.replace("\"c\"", "\"c" + i + "\""));
            }
        }
        String command = String.join(
                " ",
                java(events.toString(), "--customers").stream()
                        .map(word -> "'" + word + "'")
                        .toList());
        Ran ran = run(List.of("sh", "-c", command + " | head -1"));

        assertThat(ran.out()).isEqualTo("Replay of " + events + "\n");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void nothingIsToldOfProgressWhereNobodyWatches() throws Exception {
        try (Writer out = Files.newBufferedWriter(events)) {
            GenerateEvents.write(350_000, out);
        }
        assertThat(Files.size(events)).isGreaterThan(50L << 20);
        Ran ran = run(java(events.toString()));

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).contains("350000 accepted").doesNotContain("\u001b");
    }

    @Test
    void theSameFileGivesTheSameBytes() throws Exception {
        Files.write(events, Journeys.lines(400));
        List<String> command = java(
                events.toString(),
                "--catalog",
                Journeys.catalog(folder).toString(),
                "--customers",
                "--format",
                "json",
                "--at",
                "2026-03-05T00:00:00Z");
        String first = run(command).out();

        assertThat(first).contains("\"abandoned\": 100");
        for (int i = 0; i < 3; i++) {
            assertThat(run(command).out().equals(first)).isTrue(); // without printing a megabyte
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void membersOfACompressedPipeThatArriveLaterAreRead() throws Exception {
        String gzip = "printf '%s\\n' '" + GOOD.strip() + "' | gzip";
        String command = String.join(
                " ", java("-").stream().map(word -> "'" + word + "'").toList());
        // the second writer starts after the first has ended and its output was read
        Ran ran = run(List.of("sh", "-c", "( " + gzip + "; sleep 1; " + gzip + " ) | " + command));

        assertThat(ran.out()).contains("events: 2 offered, 2 accepted");
    }

    private static List<String> java(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        return command;
    }

    private Ran run(List<String> command) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        process.getOutputStream().close();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
