package dev.touchstone.spring;

import java.util.List;

/**
 * The classes that make up Spring and the language, which nobody who writes an application annotates. Not everything
 * below {@code org.springframework}: applications live there too.
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
