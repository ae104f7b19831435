package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Everything that is declared, the strongest first: the catalog file, properties, code, annotations. The annotations are
 * known last, and everything is checked only then, so that everything wrong is told at once.
 */
final class CatalogLayers {

    private final Catalog.Builder file;
    private final Catalog.Builder properties;
    private @Nullable Catalog code;

    CatalogLayers(Catalog.Builder file, Catalog.Builder properties) {
        this.file = file;
        this.properties = properties;
    }

    /** Returns an instance under all that is known so far. */
    Touchstone build(TouchstoneBuilder builder) {
        code = builder.catalog();
        try {
            return builder.catalog(over(code).build()).build();
        } catch (CatalogException e) {
            // told together with what is wrong with annotations by install(), which the application does not outlive
            return builder.catalog(Catalog.empty()).build();
        }
    }

    /** Puts everything in force, or throws with everything that is wrong. */
    void install(Touchstone touchstone, Stream<CatalogLayer> annotations) {
        Catalog.Builder all = over(code == null ? touchstone.catalog() : code);
        annotations.forEach(layer -> all.over(layer.declared()));
        touchstone.reload(all.build());
    }

    private Catalog.Builder over(Catalog inCode) {
        return Catalog.builder().over(file).over(properties).over(inCode.toBuilder("code"));
    }

    /** Puts everything in force once all singletons are there. */
    record Installer(CatalogLayers layers, Touchstone touchstone, ObjectProvider<CatalogLayer> annotations)
            implements SmartInitializingSingleton {

        @Override
        public void afterSingletonsInstantiated() {
            layers.install(touchstone, annotations.orderedStream());
        }
    }
}
