package dev.touchstone.spring;

import dev.touchstone.catalog.Catalog;

/** Declares touchpoints that are known once all singletons are there; the weakest layer of the catalog. */
@FunctionalInterface
interface CatalogLayer {

    /** Returns what is declared. */
    Catalog.Builder declared();
}
