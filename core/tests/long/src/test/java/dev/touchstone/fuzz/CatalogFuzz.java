package dev.touchstone.fuzz;

import dev.touchstone.catalog.CatalogException;
import dev.touchstone.json.CatalogJson;

/** A catalog file: a catalog comes out, or problems with their places. */
public final class CatalogFuzz {

    private CatalogFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            CatalogJson.read("c.json", input).build();
        } catch (CatalogException e) {
            e.problems().forEach(problem -> {
                if (!problem.place().startsWith("c.json#") || problem.message().isBlank()) {
                    throw new AssertionError("a problem without a place or a message: " + problem, e);
                }
            });
        }
    }
}
