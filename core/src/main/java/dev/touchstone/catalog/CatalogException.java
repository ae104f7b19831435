package dev.touchstone.catalog;

import java.util.List;
import java.util.stream.Collectors;

/** A catalog cannot be used. Tells all that is wrong with it at once. */
public final class CatalogException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<CatalogProblem> problems;

    /** @throws IllegalArgumentException if there are no problems */
    public CatalogException(List<CatalogProblem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    /** Returns everything that is wrong, in the order of the catalog. */
    public List<CatalogProblem> problems() {
        return problems;
    }

    private static String message(List<CatalogProblem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("nothing is wrong");
        }
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        return problems.stream()
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining("", "The catalog has " + count + ":", ""));
    }
}
