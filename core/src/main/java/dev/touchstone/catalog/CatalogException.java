package dev.touchstone.catalog;

import java.util.List;
import java.util.stream.Collectors;

/** A catalog cannot be used. Tells all that is wrong with it at once. */
public final class CatalogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @throws IllegalArgumentException if there are no problems */
    public CatalogException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns everything that is wrong, in the order of the catalog. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("nothing is wrong");
        }
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return problems.stream()
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining("", "The catalog has " + count + ":", ""));
    }

    /**
     * One thing that is wrong with a catalog.
     *
     * @param place where, such as {@code touchstone.json#/touchpoints/0/importance}
     * @param message what, and what would be right
     */
    public record Problem(String place, String message) {

        @Override
        public String toString() {
            return place + ": " + message;
        }
    }
}
