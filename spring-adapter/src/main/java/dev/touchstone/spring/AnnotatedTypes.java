package dev.touchstone.spring;

import dev.touchstone.Touchpoint;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Quickly excludes classes without a touchpoint on them or on an inherited type. Inspects each class and interface
 * once. Thread-safe.
 */
final class AnnotatedTypes {

    private final Map<Class<?>, Boolean> annotated = new ConcurrentHashMap<>();

    boolean contain(Class<?> type) {
        Boolean known = annotated.get(type);
        if (known == null) {
            known = !SpringClasses.contain(type)
                    && (isAnnotated(type) || inherited(type).anyMatch(this::contain));
            annotated.put(type, known);
        }
        return known;
    }

    private static Stream<Class<?>> inherited(Class<?> type) {
        Stream<Class<?>> interfaces = Arrays.stream(type.getInterfaces());
        Class<?> parent = type.getSuperclass();
        return parent == null ? interfaces : Stream.concat(Stream.of(parent), interfaces);
    }

    private static boolean isAnnotated(Class<?> type) {
        if (isAnnotatedItself(type)) {
            return true;
        }
        try {
            return Arrays.stream(type.getDeclaredMethods()).anyMatch(AnnotatedTypes::isAnnotatedItself);
        } catch (NoClassDefFoundError e) {
            return false; // the signature names an optional class that is absent, so the method cannot be used
        }
    }

    static boolean isAnnotatedItself(AnnotatedElement element) {
        return MergedAnnotations.from(element).isPresent(Touchpoint.class);
    }
}
