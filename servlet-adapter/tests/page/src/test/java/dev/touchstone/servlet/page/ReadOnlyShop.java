package dev.touchstone.servlet.page;

import dev.touchstone.Touchstone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shops that tests only look at. Each is made and served when it is first asked for, until {@link #closeAll}. */
final class ReadOnlyShop {

    /** {@link Shop#busy} with 200 touchpoints. */
    static final ReadOnlyShop BUSY = new ReadOnlyShop(() -> Shop.busy(200));
    /** {@link Shop#past}. */
    static final ReadOnlyShop PAST = new ReadOnlyShop(Shop::past);
    /** {@link Shop#wide}. */
    static final ReadOnlyShop WIDE = new ReadOnlyShop(Shop::wide);

    private final Supplier<Touchstone> make;
    private @Nullable Touchstone touchstone;
    private @Nullable PageSite site;

    private ReadOnlyShop(Supplier<Touchstone> make) {
        this.make = make;
    }

    Touchstone touchstone() {
        Touchstone made = touchstone;
        if (made == null) {
            made = make.get();
            touchstone = made;
        }
        return made;
    }

    String address() {
        PageSite opened = site;
        if (opened == null) {
            opened = new PageSite(touchstone(), folder());
            site = opened;
        }
        return opened.address();
    }

    /** Below that of the build, which removes it. */
    private static Path folder() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target", "sites").toAbsolutePath()), "site");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void closeAll() {
        for (ReadOnlyShop shop : List.of(BUSY, PAST, WIDE)) {
            if (shop.site != null) {
                shop.site.close();
                shop.site = null;
            }
            if (shop.touchstone != null) {
                shop.touchstone.close();
                shop.touchstone = null;
            }
        }
    }
}
