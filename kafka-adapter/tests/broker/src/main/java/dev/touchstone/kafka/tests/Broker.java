package dev.touchstone.kafka.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker, which is also its own controller, as a child process on loopback, with its data in a temporary folder. It
 * can be killed, suspended and started again at the same address with the same data. The child also ends when this process
 * ends, however that happens. Not thread-safe.
 */
public final class Broker implements AutoCloseable {

    private static final Duration STARTING = Duration.ofMinutes(2);
    private static final String STARTED = "Kafka Server started";
    private static final String CLUSTER = "dG91Y2hzdG9uZS10ZXN0cw"; // 16 bytes in Base64, as the format wants them

    private final Path folder;
    private final Path log;
    private final int port;
    private @Nullable Child process;

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
            Child started = launch("kafka.Kafka", properties().toString());
            started.awaitOutput(STARTED, STARTING);
            process = started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void format() {
        Child format = launch(
                "kafka.tools.StorageTool",
                "format",
                "-t",
                CLUSTER,
                "-c",
                properties().toString());
        if (!format.ends(STARTING) || format.exitValue() != 0) {
            format.kill();
            throw new IllegalStateException("broker's folder was not formatted:\n" + format.tail());
        }
    }

    private Child launch(String main, String... arguments) {
        return Child.watched(
                log,
                List.of(
                        "-Xms64m",
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=broker-logback.xml"),
                Child.place().resolveSibling("broker") + "/*",
                main,
                List.of(arguments));
    }

    /** Stops it in order; after 20 seconds it is killed. */
    public void stop() {
        running().stop();
        process = null;
    }

    /** Kills it, as SIGKILL does. */
    public void kill() {
        running().kill();
        process = null;
    }

    /** Suspends it, as SIGSTOP does: connections stay, and nothing is answered. */
    public void suspend() {
        running().suspend();
    }

    /** Resumes it, as SIGCONT does. */
    public void resume() {
        running().resume();
    }

    /** Returns whether it was started and neither stopped nor killed since. */
    public boolean isRunning() {
        return process != null;
    }

    private Child running() {
        if (process == null) {
            throw new IllegalStateException("broker is not running");
        }
        return process;
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
