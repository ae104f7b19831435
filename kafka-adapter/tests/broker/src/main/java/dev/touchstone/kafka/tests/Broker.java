package dev.touchstone.kafka.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker, which is also its own controller, as a child process on loopback, with its data in a temporary folder. It
 * can be killed, suspended and started again at the same address with the same data. The child also ends when this process
 * ends, however that happens. Not thread-safe.
 */
public final class Broker implements AutoCloseable {

    private static final Duration STARTING = Duration.ofMinutes(2);
    private static final Duration STOPPING = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final String STARTED = "Kafka Server started";
    private static final String CLUSTER = "dG91Y2hzdG9uZS10ZXN0cw"; // 16 bytes in Base64, as the format wants them

    private final Path folder;
    private final Path log;
    private final int port;
    private @Nullable Process process;

    private Broker(Map<String, String> settings) {
        try {
            this.folder = Files.createTempDirectory("touchstone-broker");
            this.log = folder.resolve("broker.log");
            int[] ports = freePorts();
            this.port = ports[0];
            Files.write(properties(), lines(ports[1], settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a broker that is not started, so that an application can begin before it. */
    public static Broker absent() {
        return absent(Map.of());
    }

    /** As {@link #absent()}, with properties of the broker's configuration. */
    public static Broker absent(Map<String, String> settings) {
        return new Broker(settings);
    }

    /** Returns a broker that is started. */
    public static Broker started() {
        Broker broker = new Broker(Map.of());
        broker.start();
        return broker;
    }

    /** Returns two free ports. Both are open at once, so that they differ. */
    private static int[] freePorts() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket other = new ServerSocket(0, 1, loopback)) {
            return new int[] {one.getLocalPort(), other.getLocalPort()};
        }
    }

    private List<String> lines(int controllerPort, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        all.put("controller.listener.names", "CONTROLLER");
        all.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        all.put("log.dirs", data().toString());
        all.put("group.initial.rebalance.delay.ms", "0");
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            all.put(topic + ".replication.factor", "1");
            all.put(topic + ".num.partitions", "4");
        }
        all.put("transaction.state.log.min.isr", "1");
        all.put("share.coordinator.state.topic.min.isr", "1");
        all.putAll(settings);
        return all.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
    }

    private Path properties() {
        return folder.resolve("server.properties");
    }

    /** Returns the address for clients, such as {@code 127.0.0.1:40123}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /** Returns the folder of the log segments. */
    public Path data() {
        return folder.resolve("data");
    }

    /** Returns the process id. */
    public long pid() {
        return running().pid();
    }

    /** Starts it, with the data that it had, and returns when it accepts clients. */
    public void start() {
        if (process != null) {
            throw new IllegalStateException("broker is running");
        }
        try {
            if (Files.notExists(data())) {
                format();
            }
            Files.deleteIfExists(log);
            Process started = launch(
                    "dev.touchstone.kafka.tests.BrokerProcess", properties().toString());
            process = started;
            awaitStart(started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void format() throws IOException {
        Process format = launch(
                "kafka.tools.StorageTool",
                "format",
                "-t",
                CLUSTER,
                "-c",
                properties().toString());
        if (!ends(format, STARTING) || format.exitValue() != 0) {
            format.destroyForcibly();
            throw new IllegalStateException("broker's folder was not formatted:\n" + tail());
        }
    }

    private Process launch(String... arguments) throws IOException {
        Path classes = place();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=broker-logback.xml",
                "-cp",
                classes + ":" + classes.resolveSibling("broker") + "/*"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Returns where this class is: the build copies the jars of the broker beside it. */
    private static Path place() {
        try {
            return Path.of(Broker.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitStart(Process started) throws IOException {
        long since = System.nanoTime();
        while (!Files.readString(log).contains(STARTED)) {
            boolean late = System.nanoTime() - since > STARTING.toNanos();
            if (late || ends(started, LOOK)) {
                kill();
                throw new IllegalStateException(
                        "broker " + (late ? "did not start in " + STARTING : "ended") + ":\n" + tail());
            }
        }
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /** Stops it in order; after 20 seconds it is killed. */
    public void stop() {
        Process running = running();
        running.destroy();
        if (!ends(running, STOPPING)) {
            running.destroyForcibly();
            ends(running, STOPPING);
        }
        process = null;
    }

    /** Kills it, as SIGKILL does. */
    public void kill() {
        Process running = running();
        running.destroyForcibly();
        ends(running, STOPPING);
        process = null;
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
            if (!ends(kill, STOPPING) || kill.exitValue() != 0) {
                throw new IllegalStateException("SIG" + name + " was not sent to the broker");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("broker is not running");
        }
        return process;
    }

    private static boolean ends(Process process, Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Kills it and deletes its data. */
    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
