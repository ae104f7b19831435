package dev.touchstone.spring;

import dev.touchstone.catalog.CatalogException;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Describes the problems of the catalog instead of where the exception was thrown. */
final class CatalogFailureAnalyzer extends AbstractFailureAnalyzer<CatalogException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CatalogException cause) {
        return new FailureAnalysis(
                cause.problems().stream()
                        .map(problem -> "\n    " + line(problem))
                        .collect(Collectors.joining("", "Touchstone cannot start: the catalog is invalid:\n", "")),
                "Correct all of it: a place with '#/' is in a catalog file, one that begins with 'touchstone.' is a"
                        + " property, and one with '#' and a method is a @Touchpoint. For each attribute, the catalog"
                        + " file takes precedence over properties, properties over code, and code over annotations.",
                cause);
    }

    /** Returns a problem in one line, with its place in the notation of its source. */
    static String line(CatalogException.Problem problem) {
        return place(problem.place()) + ": " + problem.message();
    }

    /** Writes the place of a property as a property name, not as a JSON pointer. */
    private static String place(String place) {
        return place.startsWith("touchstone.") && !place.contains("#")
                ? place.replaceAll("/(\\d+)", "[$1]").replace('/', '.')
                : place;
    }
}
