package dev.touchstone.spring;

import dev.touchstone.Touchpoint;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Tells quickly of most classes that there is no touchpoint on them or on anything that they inherit. Looks at each
 * class and interface once. Thread-safe.
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
            return false; // it names an optional class that is not there, and is not used with it
        }
    }

    static boolean isAnnotatedItself(AnnotatedElement element) {
        return MergedAnnotations.from(element).isPresent(Touchpoint.class);
    }
}
