package dev.touchstone.spring;

import dev.touchstone.catalog.Catalog;
import java.util.List;

/** Declares touchpoints that are known once all singletons exist. The weakest layer of the catalog. */
interface CatalogLayer {

    /** Returns the declarations. */
    Catalog.Builder declared();

    /** Returns possible reasons why a touchpoint has no events; empty if this layer does not declare it. */
    List<String> hints(String touchpoint);
}
