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
 * All declarations, the strongest first: catalog file, properties, code, annotations. Annotations are known last, so
 * validation waits for them and reports all problems at once.
 */
final class CatalogLayers {

    private final Catalog.Builder file;
    private final Catalog.Builder properties;
    private @Nullable Catalog code;

    CatalogLayers(Catalog.Builder file, Catalog.Builder properties) {
        this.file = file;
        this.properties = properties;
    }

    /** Returns an instance with all declarations known so far. */
    Touchstone build(TouchstoneBuilder builder) {
        code = builder.catalog();
        try {
            return builder.catalog(over(code).build()).build();
        } catch (CatalogException e) {
            // install() reports these problems together with those of annotations, and stops the application
            return builder.catalog(Catalog.empty()).build();
        }
    }

    /** Activates the complete catalog, or throws with all problems. */
    void install(Touchstone touchstone, Stream<CatalogLayer> annotations) {
        Catalog.Builder all = over(code == null ? touchstone.catalog() : code);
        annotations.forEach(layer -> all.over(layer.declared()));
        touchstone.reload(all.build());
    }

    private Catalog.Builder over(Catalog inCode) {
        return Catalog.builder().over(file).over(properties).over(inCode.toBuilder("code"));
    }

    /** Activates the complete catalog once all singletons exist. */
    record Installer(CatalogLayers layers, Touchstone touchstone, ObjectProvider<CatalogLayer> annotations)
            implements SmartInitializingSingleton {

        @Override
        public void afterSingletonsInstantiated() {
            layers.install(touchstone, annotations.orderedStream());
        }
    }
}
