package dev.touchstone.spring;

import dev.touchstone.Touchpoint;
import dev.touchstone.catalog.Catalog;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * The touchpoints annotated on methods of beans other than controllers. Logs a warning for methods whose calls
 * cannot be intercepted. Thread-safe.
 */
final class BeanTouchpoints implements CatalogLayer {

    private static final Logger LOGGER = LoggerFactory.getLogger(BeanTouchpoints.class);

    private final ConfigurableListableBeanFactory beans;
    private final AnnotatedTypes annotated = new AnnotatedTypes();

    BeanTouchpoints(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public Catalog.Builder declared() {
        Catalog.Builder layer = Catalog.builder();
        methods().forEach(method -> method.annotation().ifPresent(annotation -> method.declare(annotation, layer)));
        types().forEach(BeanTouchpoints::warn);
        return layer;
    }

    private Stream<Class<?>> types() {
        return Arrays.stream(beans.getBeanDefinitionNames())
                .<Class<?>>map(name -> AutoProxyUtils.determineTargetClass(beans, name))
                .filter(Objects::nonNull)
                .<Class<?>>map(ClassUtils::getUserClass)
                .filter(annotated::contain)
                .filter(type -> !isController(type))
                .distinct()
                .sorted(Comparator.comparing(Class::getName));
    }

    private List<AnnotatedMethod> methods() {
        return types().flatMap(type -> MethodIntrospector.selectMethods(
                                type,
                                (Method method) -> AnnotatedMethod.of(type, method)
                                        .annotation()
                                        .isPresent())
                        .stream()
                        .map(method -> AnnotatedMethod.of(type, method)))
                .distinct()
                .sorted(Comparator.comparing(AnnotatedMethod::toString))
                .toList();
    }

    /**
     * Returns whether a type is a controller. Its methods are not advised, because the handler mapping observes its
     * requests.
     */
    static boolean isController(Class<?> type) {
        return AnnotatedElementUtils.hasAnnotation(type, Controller.class);
    }

    private static void warn(Class<?> type) {
        if (Modifier.isFinal(type.getModifiers()) || type.isSealed()) {
            LOGGER.warn(
                    "@Touchpoint on {} records nothing: calls to a final or sealed class cannot be intercepted",
                    type.getName());
            return;
        }
        for (Class<?> declaring = type;
                declaring != null && !SpringClasses.contain(declaring);
                declaring = declaring.getSuperclass()) {
            for (Method method : ReflectionUtils.getDeclaredMethods(declaring)) {
                String reason = reasonAgainst(method.getModifiers());
                if (reason != null && AnnotatedTypes.isAnnotatedItself(method)) {
                    LOGGER.warn(
                            "@Touchpoint on {} records nothing: calls to a {} method cannot be intercepted",
                            new AnnotatedMethod(type, method),
                            reason);
                }
            }
        }
    }

    private static @Nullable String reasonAgainst(int modifiers) {
        if (Modifier.isPrivate(modifiers)) {
            return "private";
        }
        if (Modifier.isStatic(modifiers)) {
            return "static";
        }
        return Modifier.isFinal(modifiers) ? "final" : null;
    }

    @Override
    public List<String> hints(String touchpoint) {
        return methods().stream()
                .filter(method -> method.annotation()
                        .map(Touchpoint::name)
                        .filter(touchpoint::equals)
                        .isPresent())
                .map(method ->
                        "It is annotated on " + method + ", which was not called as a bean: calls from within its own"
                                + " class, or on an object that is not a bean, are not recorded.")
                .toList();
    }
}
