package dev.touchstone.examples.replay;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.json.CatalogJson;
import dev.touchstone.state.StoreException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/** Reads events from a file or standard input and prints the scores. */
public final class Main {

    static final int OK = 0;
    static final int UNUSABLE = 2;
    static final int BAD_LINES = 3;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final InstantSource wallClock;

    Main(InputStream in, PrintStream out, PrintStream err, InstantSource wallClock) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.wallClock = wallClock;
    }

    /** Runs and ends the process with 0; 2 if it cannot be run this way; 3 with {@code --strict} after bad lines. */
    public static void main(String[] args) {
        // a stream that cannot be written to any more, as before "| head -1", says so to nobody
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status = new Main(System.in, out, err, InstantSource.system()).run(List.of(args));
        out.flush();
        System.exit(status);
    }

    int run(List<String> args) {
        try {
            Options options = Options.parse(args);
            if (options.help()) {
                out.print(Options.USAGE);
                return OK;
            }
            return run(options);
        } catch (UsageException e) {
            err.println("replay: " + e.getMessage());
            err.print(Options.USAGE);
            return UNUSABLE;
        } catch (CatalogException | UncheckedIOException | StoreException e) {
            err.println("replay: " + e.getMessage());
            return UNUSABLE;
        }
    }

    private int run(Options options) {
        Catalog catalog = options.catalog().map(CatalogJson::load).orElseGet(Catalog::empty);
        try (Input input = Input.open(options.file(), in)) {
            BadLines badLines = new BadLines(input.name(), err);
            Progress progress = Progress.on(err, input);
            Replay replay = new Replay(catalog, options, new ReplayClock(wallClock, options.at()), badLines);
            Replay.Result result = replay.run(new LineReader(input.stream()), progress);
            badLines.tellRest();
            out.print(options.format().print(input.name(), result));
            return options.strict() && badLines.count() > 0 ? BAD_LINES : OK;
        } catch (IOException e) {
            throw new InputException(
                    options.file().orElse(Input.STANDARD_INPUT) + " could not be read to its end: "
                            + InputException.reason(e),
                    e);
        }
    }
}
