package dev.touchstone.spring;

import dev.touchstone.catalog.Catalog;
import java.util.List;

/** Declares touchpoints that are known once all singletons are there; the weakest layer of the catalog. */
interface CatalogLayer {

    /** Returns what is declared. */
    Catalog.Builder declared();

    /** Returns what a person may look into who misses events of a touchpoint; nothing if it is not declared here. */
    List<String> hints(String touchpoint);
}
