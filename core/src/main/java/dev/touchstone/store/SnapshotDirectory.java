package dev.touchstone.store;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.EngineState;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.Store;
import dev.touchstone.state.StoreException;
import dev.touchstone.state.internal.EngineContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory with the last three snapshots of one instance and a log of erasures. A snapshot is written to a temporary
 * file, forced to the disk and renamed, so that a failure leaves the old one or the new one. At the start the newest
 * intact snapshot is restored. A corrupt file is set aside and reported as a problem for half a day. The directory
 * belongs to one process at a time. Only the owner can read its files.
 */
public final class SnapshotDirectory implements Store {

    private static final Logger LOGGER = LoggerFactory.getLogger(SnapshotDirectory.class);

    private static final Duration STANDARD_INTERVAL = Duration.ofMinutes(5);
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);
    // three generations within a day: then no data of an erased customer is left
    private static final Duration MOST_INTERVAL = Duration.ofHours(6);
    private static final long BROKEN_KEPT_MS = Duration.ofHours(12).toMillis();
    private static final int GENERATIONS = 3;

    private static final Pattern NAME = Pattern.compile("snapshot-(\\d+)\\.touchstone");
    // far more than the seconds in a million years, far less than the maximum of a long
    private static final long MAX_GENERATION = 1_000_000_000_000_000L;
    private static final String BROKEN = ".broken";
    private static final Set<PosixFilePermission> OTHERS_WRITE =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path directory;
    private final Duration interval;
    private final TombstoneLog log;
    private final NavigableMap<Long, Path> generations = new TreeMap<>();
    private List<Unknown> carried = List.of();
    private @Nullable DirectoryLock lock;
    private @Nullable String lasting;
    private long lastingSinceMs;
    private volatile Store.Status status = Store.Status.NOTHING_YET;

    private SnapshotDirectory(Path directory, Duration interval) {
        this.directory = directory.toAbsolutePath().normalize();
        this.interval = interval;
        this.log = new TombstoneLog(this.directory.resolve("erasures.touchstone"));
    }

    /** Returns the store at this path, which is created if necessary. Saves every five minutes. */
    public static SnapshotDirectory at(Path directory) {
        return new SnapshotDirectory(directory, STANDARD_INTERVAL);
    }

    /**
     * Returns the store at the same path with another interval.
     *
     * @throws IllegalArgumentException if it is not between one second and six hours: an erased customer must be gone
     *     from the last of three snapshots within a day
     */
    public SnapshotDirectory every(Duration time) {
        if (time.compareTo(LEAST_INTERVAL) < 0 || time.compareTo(MOST_INTERVAL) > 0) {
            throw new IllegalArgumentException("snapshot interval is " + time + "; expected " + LEAST_INTERVAL + " to "
                    + MOST_INTERVAL + ", so that an erased customer is gone from the last snapshot within a day");
        }
        return new SnapshotDirectory(directory, time);
    }

    @Override
    public Optional<Duration> interval() {
        return Optional.of(interval);
    }

    @Override
    public Store.Status status() {
        return status;
    }

    @Override
    public void open(EngineState held) {
        try {
            Uninterrupted.once(() -> openNow(held));
        } catch (IOException e) {
            throw new StoreException("snapshot directory " + directory + " cannot be used: " + words(e), e);
        }
    }

    private void openNow(EngineState held) throws IOException {
        prepare();
        lock();
        held.restoreTombstones(log.read());
        if (log.broken() > 0) {
            copyAside(log.file(), held.nowMs());
            report(
                    held.nowMs(),
                    log.broken() + " entries of " + log + " are corrupt; erasures may be lost. The copy " + log + BROKEN
                            + " has them; the log is rewritten without them after the next snapshot");
        }
        findGenerations(held.nowMs());
        restore(EngineContents.of(held));
    }

    private void prepare() throws IOException {
        if (Files.isSymbolicLink(directory)) {
            throw new StoreException("snapshot directory " + directory
                    + " is a symbolic link, which others may redirect; name the directory itself");
        }
        if (Files.exists(directory) && !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException("snapshot directory " + directory + " is a file; name a directory");
        }
        Disk.createDirectory(directory);
        if (Disk.isPosix()) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
            if (!Collections.disjoint(permissions, OTHERS_WRITE)) {
                throw new StoreException("snapshot directory " + directory + " has mode "
                        + PosixFilePermissions.toString(permissions) + ", so others may write to it; chmod 700 "
                        + directory);
            }
        }
    }

    private void lock() throws IOException {
        lock = DirectoryLock.take(directory)
                .orElseThrow(() -> new StoreException("snapshot directory " + directory
                        + " is in use by another instance; use a separate directory for each, and close an instance"
                        + " before reusing its directory"));
    }

    private void findGenerations(long nowMs) throws IOException {
        for (Path file : files()) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
                long number = number(name.group(1));
                if (number < MAX_GENERATION) {
                    generations.put(number, file);
                } else {
                    report(
                            nowMs,
                            file.getFileName() + " is ignored; expected a number below " + MAX_GENERATION
                                    + ". Rename it to restore it, or move it away");
                }
            } else if (file.toString().endsWith(".tmp")) {
                Files.delete(file); // left by a killed process, since no other instance is running here
            }
        }
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE; // too many digits
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private void restore(EngineContents held) throws IOException {
        for (Map.Entry<Long, Path> generation :
                new ArrayList<>(generations.descendingMap().entrySet())) {
            Path file = generation.getValue();
            try {
                Restoration restoration = Restoration.of(file, held);
                carried = restoration.unknown();
                status = Store.Status.NOTHING_YET
                        .withSaved(restoration.taken(), Files.size(file), generation.getKey())
                        .withRestoredFrom(file.getFileName().toString())
                        .withProblem(lasting);
                return;
            } catch (CorruptException e) {
                generations.remove(generation.getKey());
                setAside(file, held.nowMs(), e);
            }
        }
    }

    private void setAside(Path file, long nowMs, CorruptException problem) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + BROKEN);
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(aside, FileTime.fromMillis(nowMs));
        report(
                nowMs,
                file.getFileName() + " is corrupt (" + problem.getMessage() + ") and was renamed to "
                        + aside.getFileName() + "; the next older snapshot is used, if any");
    }

    private static void copyAside(Path file, long nowMs) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + BROKEN);
        Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.setLastModifiedTime(aside, FileTime.fromMillis(nowMs));
    }

    private void report(long nowMs, String problem) {
        lasting = problem;
        lastingSinceMs = nowMs;
        status = status.withProblem(problem);
        LOGGER.error("SnapshotDirectory {}: {}", directory, problem);
    }

    @Override
    public void save(EngineState held) {
        long generation =
                (generations.isEmpty() ? status.generation() : Math.max(generations.lastKey(), status.generation()))
                        + 1;
        if (generation >= MAX_GENERATION) {
            throw new StoreException(directory + ": generation " + generation + " is too large; expected less than "
                    + MAX_GENERATION + "; rename the newest snapshot to a smaller number");
        }
        Path file = directory.resolve("snapshot-" + generation + ".touchstone");
        Instant at = Instant.ofEpochMilli(held.nowMs());
        try {
            carried = Unknown.reduced(carried, held::holds);
            Uninterrupted.repeat(() -> {
                Disk.replace(
                        file,
                        directory.resolve("snapshot.tmp"),
                        channel -> new SnapshotWriter(channel).write(EngineContents.of(held), carried));
                generations.put(generation, file);
                log.compact(held.tombstones());
                deleteOld(at.toEpochMilli());
                status = status.withSaved(at, Files.size(file), generation).withProblem(lasting);
            });
        } catch (IOException e) {
            String words = "snapshot could not be written to " + directory + ": " + words(e);
            status = status.withFailure(words);
            throw new StoreException(words, e);
        }
    }

    private void deleteOld(long nowMs) throws IOException {
        while (generations.size() > GENERATIONS) {
            Files.deleteIfExists(generations.firstEntry().getValue());
            generations.pollFirstEntry();
        }
        for (Path file : files()) {
            if (file.toString().endsWith(BROKEN) && isOld(file, nowMs)) {
                Files.delete(file);
            }
        }
        if (nowMs - lastingSinceMs > BROKEN_KEPT_MS) {
            lasting = null;
        }
    }

    private static boolean isOld(Path file, long nowMs) throws IOException {
        return nowMs - Files.getLastModifiedTime(file).toMillis() > BROKEN_KEPT_MS;
    }

    @Override
    public void erased(EngineState held, List<Tombstone> tombstones) {
        Set<CustomerKey> gone = tombstones.stream().map(Tombstone::customer).collect(Collectors.toSet());
        try {
            Uninterrupted.repeat(() -> log.append(tombstones)); // first, so that no other failure prevents it
            carried = Unknown.reduced(carried, customer -> !gone.contains(customer));
        } catch (IOException e) {
            throw new StoreException(
                    "erasure could not be saved in " + directory + ": " + words(e)
                            + "; repeat it after fixing the cause",
                    e);
        }
    }

    @Override
    public void close() {
        DirectoryLock taken = lock;
        lock = null;
        if (taken != null) {
            try {
                Uninterrupted.once(taken::close);
            } catch (IOException e) {
                LOGGER.warn("SnapshotDirectory {}: the lock could not be released: {}", directory, words(e));
            }
        }
    }

    /** Returns the type and message of an exception. The type is often the only information. */
    private static String words(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }

    @Override
    public String toString() {
        return "SnapshotDirectory " + directory;
    }
}
