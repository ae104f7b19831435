package dev.touchstone.servlet;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The paths that are not recorded unless a route is declared for them: static files, health checks and those that
 * the application adds, in the form of servlet URL patterns. Immutable.
 */
final class Exclusions {

    static final List<String> USUAL = List.of(
            "*.css",
            "*.js",
            "*.mjs",
            "*.map",
            "*.png",
            "*.jpg",
            "*.jpeg",
            "*.gif",
            "*.svg",
            "*.ico",
            "*.webp",
            "*.avif",
            "*.woff",
            "*.woff2",
            "*.ttf",
            "/robots.txt",
            "/health/*",
            "/healthz",
            "/livez",
            "/readyz",
            "/ping");

    private final Set<String> paths = new HashSet<>();
    private final Set<String> folders = new HashSet<>();
    private final Set<String> extensions = new HashSet<>();

    Exclusions(List<String> patterns) {
        for (String pattern : patterns) {
            if (!isValid(pattern)) {
                throw new IllegalArgumentException(problem(pattern));
            }
            if (pattern.startsWith("*.")) {
                extensions.add(pattern.substring(2));
            } else if (pattern.endsWith("/*")) {
                folders.add(pattern.substring(0, pattern.length() - 2));
            } else {
                paths.add(pattern);
            }
        }
    }

    static String problem(String pattern) {
        return "\"" + pattern + "\" is not a URL pattern; write a path, a folder such as /static/*, or *.css";
    }

    static boolean isValid(String pattern) {
        String rest = pattern.startsWith("*.")
                ? pattern.substring(2)
                : pattern.endsWith("/*") ? pattern.substring(0, pattern.length() - 2) : pattern;
        boolean extension = pattern.startsWith("*.");
        return !rest.contains("*") && (extension ? !rest.isEmpty() && !rest.contains("/") : pattern.startsWith("/"));
    }

    boolean contain(String path) {
        return paths.contains(path) || contains(extensions, path) || isInFolder(path);
    }

    private static boolean contains(Set<String> extensions, String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') && extensions.contains(path.substring(dot + 1));
    }

    private boolean isInFolder(String path) {
        for (int end = path.length(); end >= 0; end = path.lastIndexOf('/', end - 1)) {
            if (folders.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }
}
