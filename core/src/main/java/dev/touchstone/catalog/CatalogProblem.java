package dev.touchstone.catalog;

/**
 * One thing that is wrong with a catalog.
 *
 * @param place where, such as {@code touchstone.json#/touchpoints/0/importance}
 * @param message what, and what would be right
 */
public record CatalogProblem(String place, String message) {

    @Override
    public String toString() {
        return place + ": " + message;
    }
}
