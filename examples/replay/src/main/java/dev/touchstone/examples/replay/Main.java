package dev.touchstone.examples.replay;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.json.CatalogJson;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.state.StoreException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Reads events from a file or standard input and prints the scores. */
public final class Main {

    static final int OK = 0;
    static final int UNUSABLE = 2;
    static final int BAD_LINES = 3;
    static final int NOTHING_ACCEPTED = 4;

    private static final Path TEMPORARY = Path.of(System.getProperty("java.io.tmpdir"));

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final InstantSource wallClock;
    private final int chunkBytes;

    /** @param chunkBytes about the memory that sorting takes */
    Main(InputStream in, PrintStream out, PrintStream err, InstantSource wallClock, int chunkBytes) {
        this.chunkBytes = chunkBytes;
        this.in = in;
        this.out = out;
        this.err = err;
        this.wallClock = wallClock;
    }

    /** Runs and ends the process with the status that {@code --help} describes. */
    public static void main(String[] args) {
        // a closed stream, as before "| head -1", does not report the failure
        PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int status =
                new Main(System.in, out, err, InstantSource.system(), TimeOrder.usualChunkBytes()).run(List.of(args));
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
        } catch (UnreadableException e) {
            err.println("replay: " + e.getMessage());
            return NOTHING_ACCEPTED;
        } catch (CatalogException | UncheckedIOException | StoreException e) {
            err.println("replay: " + e.getMessage());
            return UNUSABLE;
        }
    }

    private int run(Options options) {
        Catalog declared = options.catalog().map(CatalogJson::load).orElseGet(Catalog::empty);
        Catalog catalog = options.lifetime() ? undecayed(declared) : declared;
        try (Input input = Input.open(options.file(), in)) {
            BadLines badLines = new BadLines(input.name(), err);
            Progress progress = Progress.on(err, input);
            Mends mends = new Mends();
            EventSource source = Sources.open(input, options, catalog, mends);
            Replay replay = new Replay(catalog, options, new ReplayClock(wallClock, options.at()), badLines, mends);
            Replay.Result result = run(replay, source, options, progress);
            badLines.printRest();
            new Summary(input.name(), options, result.counts(), mends, source).print(err);
            out.print(options.format().print(input.name(), result));
            if (result.counts().accepted() == 0) {
                return NOTHING_ACCEPTED;
            }
            return options.strict() && badLines.count() > 0 ? BAD_LINES : OK;
        } catch (IOException e) {
            throw new InputException(
                    options.file().orElse(Input.STANDARD_INPUT) + " could not be read to its end: "
                            + InputException.reason(e),
                    e);
        }
    }

    private Replay.Result run(Replay replay, EventSource source, Options options, Progress progress)
            throws IOException {
        if (options.inOrderGiven()) {
            return replay.run(source, progress);
        }
        EventTime time = new EventTime(new Times(options.zone()));
        try (TimeOrder ordered = TimeOrder.of(source, time, progress, chunkBytes, TEMPORARY)) {
            progress.again();
            return replay.run(ordered, progress);
        }
    }

    private static Catalog undecayed(Catalog catalog) {
        ScoreModel model = catalog.model()
                .derive(catalog.model().id() + "-lifetime")
                .undecayed()
                .build();
        return catalog.toBuilder("").model(model).build();
    }
}
