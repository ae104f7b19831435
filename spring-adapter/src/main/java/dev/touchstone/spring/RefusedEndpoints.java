package dev.touchstone.spring;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.PathContainer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Finds the touchpoint of a request that was refused before it reached its handler, by the patterns of handler
 * mappings and the declared routes. If the method is not allowed, it is the touchpoint of the path, or an undeclared
 * one if the path has several. Thread-safe.
 */
final class RefusedEndpoints {

    private static final Logger LOGGER = LoggerFactory.getLogger(RefusedEndpoints.class);
    private static final String HEAD = "HEAD";
    private static final String GET = "GET";

    private final Endpoints endpoints;
    private final Supplier<Stream<Mapped>> mapped;
    private volatile @Nullable List<Mapped> known;

    /** @param mapped returns every mapped pattern; called once, by the first refused request */
    RefusedEndpoints(Endpoints endpoints, Supplier<Stream<Mapped>> mapped) {
        this.endpoints = endpoints;
        this.mapped = mapped;
    }

    /**
     * Returns the touchpoint; empty if there is none.
     *
     * @param method the HTTP method
     * @param path the decoded path within the application
     * @param parsed the same path, parsed. If either supplier throws, there is no touchpoint
     */
    Optional<String> touchpoint(String method, Supplier<String> path, Supplier<PathContainer> parsed) {
        try {
            return find(method, path.get(), parsed.get());
        } catch (RuntimeException e) {
            // the malformed path is why the request was refused, and the response is already decided
            LOGGER.debug("Touchstone: the touchpoint of a refused request is unknown", e);
            return Optional.empty();
        }
    }

    private Optional<String> find(String method, String path, PathContainer parsed) {
        List<Mapped> here =
                known().stream().filter(each -> each.pattern.matches(parsed)).toList();
        if (here.isEmpty()) {
            return endpoints.routed(method, path);
        }
        List<Mapped> allowed = here.stream().filter(each -> each.allows(method)).toList();
        boolean wrongMethod = allowed.isEmpty();
        List<Mapped> meant = mostSpecific(wrongMethod ? here : allowed);
        String pattern = meant.get(0).pattern.getPatternString();
        Set<String> names = meant.stream()
                .flatMap(each -> endpoints.touchpoint(each.handler, method, () -> path, pattern, wrongMethod).stream())
                .collect(Collectors.toSet());
        return names.size() > 1
                ? endpoints.undeclared(method, pattern)
                : names.stream().findAny();
    }

    private List<Mapped> known() {
        List<Mapped> list = known;
        if (list == null) {
            list = mapped.get().toList();
            known = list;
        }
        return list;
    }

    private static List<Mapped> mostSpecific(List<Mapped> candidates) {
        Comparator<Mapped> bySpecificity = Comparator.comparing(Mapped::pattern, PathPattern.SPECIFICITY_COMPARATOR);
        Mapped best = candidates.stream().min(bySpecificity).orElseThrow();
        return candidates.stream()
                .filter(each -> bySpecificity.compare(each, best) == 0)
                .toList();
    }

    /**
     * A handler and one pattern of its mapping.
     *
     * @param methods the names of the mapped methods; all methods if empty
     */
    record Mapped(PathPattern pattern, Set<String> methods, HandlerMethod handler) {

        boolean allows(String method) {
            return methods.isEmpty() || methods.contains(method) || (method.equals(HEAD) && methods.contains(GET));
        }
    }
}
