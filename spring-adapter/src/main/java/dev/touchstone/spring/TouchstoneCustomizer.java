package dev.touchstone.spring;

import dev.touchstone.TouchstoneBuilder;

/**
 * Changes how the application's instance is built, after its properties were applied. A {@linkplain
 * TouchstoneBuilder#catalog(dev.touchstone.catalog.Catalog) catalog} set here is what is declared in code: weaker than
 * the catalog file and the properties, stronger than annotations.
 */
@FunctionalInterface
public interface TouchstoneCustomizer {

    /** Changes it. */
    void customize(TouchstoneBuilder builder);
}
