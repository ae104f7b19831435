package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Touchpoint;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/** The touchpoints annotated on mapped methods of controllers. Thread-safe. */
final class ControllerTouchpoints implements CatalogLayer {

    private static final Logger LOGGER = LoggerFactory.getLogger(ControllerTouchpoints.class);

    private final Supplier<Stream<HandlerMethod>> mapped;
    private final Map<AnnotatedMethod, Optional<String>> names = new ConcurrentHashMap<>();

    /** @param mapped returns every method to which requests are mapped */
    ControllerTouchpoints(Supplier<Stream<HandlerMethod>> mapped) {
        this.mapped = mapped;
    }

    /** Returns the name of the touchpoint annotated on a handler method. */
    Optional<String> nameOf(HandlerMethod handler) {
        return names.computeIfAbsent(
                new AnnotatedMethod(handler.getBeanType(), handler.getMethod()),
                called -> AnnotatedMethod.of(called.type(), called.method())
                        .annotation()
                        .map(Touchpoint::name));
    }

    private static AnnotatedMethod of(HandlerMethod handler) {
        return AnnotatedMethod.of(handler.getBeanType(), handler.getMethod());
    }

    @Override
    public Catalog.Builder declared() {
        Catalog.Builder layer = Catalog.builder();
        List<AnnotatedMethod> methods = methods();
        for (AnnotatedMethod method : methods) {
            method.annotation()
                    .ifPresentOrElse(
                            annotation -> method.declare(annotation, layer), () -> checkArguments(method, layer));
        }
        warnOfOthers(methods);
        return layer;
    }

    private List<AnnotatedMethod> methods() {
        return mapped.get()
                .map(ControllerTouchpoints::of)
                .distinct()
                .sorted(Comparator.comparing(AnnotatedMethod::toString))
                .toList();
    }

    private static void checkArguments(AnnotatedMethod method, Catalog.Builder layer) {
        if (Arrays.asList(method.method().getParameterTypes()).contains(Interaction.class)) {
            layer.problem(new CatalogException.Problem(
                    method.toString(), "takes an Interaction, but is not a touchpoint; annotate it with @Touchpoint"));
        }
    }

    /** Warns about annotations without effect. */
    private static void warnOfOthers(List<AnnotatedMethod> methods) {
        Set<Class<?>> controllers =
                methods.stream().map(AnnotatedMethod::type).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<Method> handlers = methods.stream().map(AnnotatedMethod::method).collect(Collectors.toSet());
        for (Class<?> controller : controllers) {
            MethodIntrospector.selectMethods(
                            controller,
                            (Method method) -> AnnotatedElementUtils.hasAnnotation(method, Touchpoint.class))
                    .stream()
                    .filter(method -> !handlers.contains(method))
                    .forEach(method -> LOGGER.warn(
                            "@Touchpoint on {} records nothing: no request is mapped to the method",
                            new AnnotatedMethod(controller, method)));
        }
    }

    @Override
    public List<String> hints(String touchpoint) {
        return methods().stream()
                .filter(method -> method.annotation()
                        .filter(annotation -> annotation.name().equals(touchpoint))
                        .isPresent())
                .map(method -> "It is annotated on " + method + ", which handles requests: it received no request, or a"
                        + " filter or interceptor answered first.")
                .toList();
    }
}
