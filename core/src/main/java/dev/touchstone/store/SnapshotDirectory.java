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
 * A directory with the last three snapshots of one instance and with who was erased. A snapshot is written under another
 * name, forced to the disk and renamed, so that there is the old one or the new one after whatever happens. At the start
 * the newest one that is whole is restored; a broken file is kept aside, and is a problem, for half a day. The directory belongs to one process at
 * a time. Its files are readable by their owner only.
 */
public final class SnapshotDirectory implements Store {

    private static final Logger LOGGER = LoggerFactory.getLogger(SnapshotDirectory.class);

    private static final Duration STANDARD_INTERVAL = Duration.ofMinutes(5);
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);
    // three generations within a day: then nothing of an erased customer is left
    private static final Duration MOST_INTERVAL = Duration.ofHours(6);
    private static final long BROKEN_KEPT_MS = Duration.ofHours(12).toMillis();
    private static final int GENERATIONS = 3;

    private static final Pattern NAME = Pattern.compile("snapshot-(\\d+)\\.touchstone");
    // far more than there are seconds in a million years, far less than a long has room for
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

    /** Returns the one at this place, which is made if it is not there; saved to every five minutes. */
    public static SnapshotDirectory at(Path directory) {
        return new SnapshotDirectory(directory, STANDARD_INTERVAL);
    }

    /**
     * Returns the one at the same place that is saved to that often.
     *
     * @throws IllegalArgumentException if it is not between one second and six hours: what was erased has to leave the
     *     last of three snapshots within a day
     */
    public SnapshotDirectory every(Duration time) {
        if (time.compareTo(LEAST_INTERVAL) < 0 || time.compareTo(MOST_INTERVAL) > 0) {
            throw new IllegalArgumentException("snapshots are made every " + LEAST_INTERVAL + " to " + MOST_INTERVAL
                    + ", so that erased customers leave the last of them within a day; not every " + time);
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
            throw new StoreException("the snapshot directory " + directory + " cannot be used: " + words(e), e);
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
                    log.broken() + " entries of " + log + " are broken: erasures may have been lost. The file was"
                            + " copied to " + log + BROKEN + "; the next snapshot is followed by a new one without"
                            + " these entries");
        }
        findGenerations(held.nowMs());
        restore(EngineContents.of(held));
    }

    private void prepare() throws IOException {
        if (Files.isSymbolicLink(directory)) {
            throw new StoreException("the snapshot directory " + directory
                    + " is a symbolic link, which somebody else may" + " turn elsewhere; name the directory itself");
        }
        if (Files.exists(directory) && !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreException("the snapshot directory " + directory + " is a file; name a directory");
        }
        Disk.createDirectory(directory);
        if (Disk.isPosix()) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
            if (!Collections.disjoint(permissions, OTHERS_WRITE)) {
                throw new StoreException("the snapshot directory " + directory + " has mode "
                        + PosixFilePermissions.toString(permissions) + ": others may write to it; chmod 700 "
                        + directory);
            }
        }
    }

    private void lock() throws IOException {
        lock = DirectoryLock.take(directory)
                .orElseThrow(() -> new StoreException("the snapshot directory " + directory
                        + " is in use by another instance; give each a directory of its own, and close an instance"
                        + " before its directory is used again"));
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
                            file.getFileName() + " is ignored: its number is not below " + MAX_GENERATION
                                    + ", which no snapshot has. Rename it to restore it, or move it away");
                }
            } else if (file.toString().endsWith(".tmp")) {
                Files.delete(file); // nobody else is here: it was left by one who was killed
            }
        }
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE; // too long for a long
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
                file.getFileName() + " is broken (" + problem.getMessage() + ") and was set aside as "
                        + aside.getFileName() + "; an older snapshot is used, if there is one");
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
        LOGGER.error("{}: {}", directory, problem);
    }

    @Override
    public void save(EngineState held) {
        long generation =
                (generations.isEmpty() ? status.generation() : Math.max(generations.lastKey(), status.generation()))
                        + 1;
        if (generation >= MAX_GENERATION) {
            throw new StoreException(directory + ": generation " + generation + " is not below " + MAX_GENERATION
                    + "; rename the newest snapshot to a smaller number");
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
            String words = "the snapshot could not be written to " + directory + ": " + words(e);
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
            Uninterrupted.repeat(() -> log.append(tombstones)); // first: nothing may keep the erasure from being kept
            carried = Unknown.reduced(carried, customer -> !gone.contains(customer));
        } catch (IOException e) {
            throw new StoreException(
                    "the erasure could not be kept in " + directory + ": " + words(e)
                            + "; repeat it once that is mended",
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
                LOGGER.warn("{}: the lock could not be given back: {}", directory, words(e));
            }
        }
    }

    /** What an exception of the file system says, with the kind of it, which is often all that there is. */
    private static String words(IOException e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }

    @Override
    public String toString() {
        return "SnapshotDirectory " + directory;
    }
}
