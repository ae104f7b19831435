package dev.touchstone.catalog;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown for an invalid catalog, with all its problems. */
public final class CatalogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @throws IllegalArgumentException if there are no problems */
    public CatalogException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns all problems, in the order of the catalog. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems are empty; expected at least one");
        }
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return problems.stream()
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining("", "The catalog has " + count + ":", ""));
    }

    /**
     * One problem of a catalog.
     *
     * @param place where, such as {@code touchstone.json#/touchpoints/0/importance}
     * @param message what is wrong and what is allowed
     */
    public record Problem(String place, String message) {

        @Override
        public String toString() {
            return place + ": " + message;
        }
    }
}
