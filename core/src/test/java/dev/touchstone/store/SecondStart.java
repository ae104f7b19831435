package dev.touchstone.store;

import dev.touchstone.Touchstone;
import dev.touchstone.state.StoreException;
import dev.touchstone.test.ManualClock;
import java.nio.file.Path;

/** Tries to open a directory that is in use, from another process or through another class loader. */
public final class SecondStart {

    static final String OPENED = "opened";
    static final String REFUSED = "refused";

    private SecondStart() {}

    public static void main(String... arguments) {
        System.out.println(attempt(arguments[0]));
    }

    /** Opens the directory and closes it again, if it may. */
    public static String attempt(String directory) {
        try (Touchstone touchstone = Trials.builder(ManualClock.at(Trials.START))
                .store(SnapshotDirectory.at(Path.of(directory)))
                .build()) {
            return touchstone.health().degraded() ? "degraded" : OPENED;
        } catch (StoreException e) {
            return REFUSED;
        }
    }
}
