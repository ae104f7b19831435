package dev.touchstone.spring;

import java.util.List;

/**
 * The classes of Spring and the languages, which applications do not annotate. Not everything below {@code
 * org.springframework}: some applications use that package.
 */
final class SpringClasses {

    private static final List<String> PREFIXES = List.of(
            "java.",
            "javax.",
            "jakarta.",
            "jdk.",
            "sun.",
            "com.sun.",
            "kotlin.",
            "org.springframework.aop.",
            "org.springframework.beans.",
            "org.springframework.boot.",
            "org.springframework.cache.",
            "org.springframework.cloud.",
            "org.springframework.context.",
            "org.springframework.core.",
            "org.springframework.data.",
            "org.springframework.http.",
            "org.springframework.jdbc.",
            "org.springframework.orm.",
            "org.springframework.scheduling.",
            "org.springframework.security.",
            "org.springframework.transaction.",
            "org.springframework.validation.",
            "org.springframework.web.");

    private SpringClasses() {}

    static boolean contain(Class<?> type) {
        String name = type.getName();
        return PREFIXES.stream().anyMatch(name::startsWith);
    }
}
