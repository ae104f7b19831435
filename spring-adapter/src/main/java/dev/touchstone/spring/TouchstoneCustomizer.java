package dev.touchstone.spring;

import dev.touchstone.TouchstoneBuilder;

/**
 * Customizes the builder of the application's instance after its properties are applied. A {@linkplain
 * TouchstoneBuilder#catalog(dev.touchstone.catalog.Catalog) catalog} set here counts as declared in code: weaker
 * than the catalog file and the properties, stronger than annotations.
 */
@FunctionalInterface
public interface TouchstoneCustomizer {

    /** Customizes the builder. */
    void customize(TouchstoneBuilder builder);
}
