package dev.touchstone.examples.cluster;

import dev.touchstone.kafka.tests.Broker;
import dev.touchstone.kafka.tests.Child;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A broker and pods that score together as child processes on loopback, and customers. A pod that ended is started again, as
 * an orchestrator does. All of it ends with this process.
 */
final class Cluster implements AutoCloseable {

    private static final int PODS = 3;
    private static final int CUSTOMERS_AT_A_TIME = 6;
    private static final int PARTITIONS = 6;
    private static final Duration STARTING = Duration.ofMinutes(3);
    private static final String CLASS_PATH = Arrays.stream(
                    System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));

    private final Path folder;
    private final Broker broker;
    private final List<Member> pods = new ArrayList<>();
    private final Customers customers;
    private final Thread supervisor = new Thread(this::supervise, "supervisor");
    private volatile boolean closed;

    /** @param firstPort the port of the first pod; the others have the next ones */
    Cluster(int firstPort) throws IOException {
        folder = Files.createTempDirectory("touchstone-example-cluster");
        broker = Broker.started();
        Path key = folder.resolve("touchstone.key");
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        Files.write(key, secret);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
        List<Integer> ports =
                IntStream.range(firstPort, firstPort + PODS).boxed().toList();
        for (int port : ports) {
            pods.add(new Member("pod-" + port, Pod.class.getName(), podSettings(port, key)));
        }
        pods.forEach(pod -> pod.child.awaitOutput("The shop is open", STARTING));
        customers = new Customers(ports, CUSTOMERS_AT_A_TIME);
        supervisor.setDaemon(true);
        supervisor.start();
    }

    /** Returns the settings of a pod, which scores customers together with the others and answers for all of them. */
    private List<String> podSettings(int port, Path key) {
        return List.of(
                "--server.port=" + port,
                "--storefront.visitors=0",
                "--touchstone.name=pod-" + port,
                "--touchstone.key-file=" + key,
                "--touchstone.kafka.bootstrap-servers=" + bootstrapServers(),
                "--touchstone.kafka.minimum-replication=1",
                "--touchstone.kafka.scoring.enabled=true",
                "--touchstone.kafka.scoring.partitions=" + PARTITIONS,
                "--touchstone.kafka.scoring.state-directory=" + folder.resolve("state-" + port),
                // a pod that is killed is missed after six seconds instead of 45
                "--touchstone.kafka.properties.session.timeout.ms=6000",
                "--touchstone.kafka.properties.heartbeat.interval.ms=2000");
    }

    private void supervise() {
        try {
            while (!closed) {
                TimeUnit.SECONDS.sleep(2);
                pods.forEach(Member::startAgainIfEnded);
            }
        } catch (InterruptedException e) {
            // it is closed
        }
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** Returns the process ids of the pods. */
    List<Long> pods() {
        return pods.stream().map(pod -> pod.child.pid()).toList();
    }

    /** Returns the number of requests that pods answered. */
    long answered() {
        return customers.answered();
    }

    @Override
    public void close() {
        closed = true;
        supervisor.interrupt();
        customers.close();
        pods.forEach(Member::close);
        broker.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // it is a temporary folder
        }
    }

    /** A child process that is started again. */
    private final class Member {

        private final String name;
        private final String main;
        private final List<String> arguments;
        private volatile Child child;

        Member(String name, String main, List<String> arguments) {
            this.name = name;
            this.main = main;
            this.arguments = arguments;
            this.child = start();
        }

        private Child start() {
            return Child.watched(
                    folder.resolve(name + ".log"),
                    List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                    CLASS_PATH,
                    main,
                    arguments);
        }

        synchronized void startAgainIfEnded() {
            if (!closed && !child.isAlive()) {
                System.out.println(name + " ended and is started again");
                child = start();
            }
        }

        synchronized void close() {
            child.stop();
        }
    }
}
