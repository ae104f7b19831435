package dev.touchstone.spring;

import dev.touchstone.catalog.CatalogException;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with the catalog instead of where it was found. */
final class CatalogFailureAnalyzer extends AbstractFailureAnalyzer<CatalogException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CatalogException cause) {
        return new FailureAnalysis(
                cause.problems().stream()
                        .map(problem -> "\n    " + line(problem))
                        .collect(Collectors.joining("", "Touchstone cannot start with what is declared:\n", "")),
                "Correct all of it: a place with '#/' is in a catalog file, one that begins with 'touchstone.' is a"
                        + " property, one with '#' and a method is a @Touchpoint. A catalog file outweighs properties,"
                        + " properties outweigh code, and code outweighs annotations, attribute by attribute.",
                cause);
    }

    /** Returns a problem in one line, with its place as its source writes it. */
    static String line(CatalogException.Problem problem) {
        return place(problem.place()) + ": " + problem.message();
    }

    /** Writes the place of a property like a property, not like a JSON pointer. */
    private static String place(String place) {
        return place.startsWith("touchstone.") && !place.contains("#")
                ? place.replaceAll("/(\\d+)", "[$1]").replace('/', '.')
                : place;
    }
}
