package dev.touchstone.spring;

import dev.touchstone.Interaction;
import dev.touchstone.Touchpoint;
import dev.touchstone.TouchpointHandle;
import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogProblem;
import dev.touchstone.catalog.TouchpointDraft;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * The touchpoints that are annotated on methods of controllers: on the method itself, on the one that it overrides or
 * implements, or else on the class. Thread-safe.
 */
final class ControllerTouchpoints implements CatalogLayer {

    private static final Logger LOGGER = LoggerFactory.getLogger(ControllerTouchpoints.class);

    private final Touchstone touchstone;
    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private final Map<Place, Optional<TouchpointHandle>> handles = new ConcurrentHashMap<>();

    ControllerTouchpoints(Touchstone touchstone, ObjectProvider<RequestMappingHandlerMapping> mappings) {
        this.touchstone = touchstone;
        this.mappings = mappings;
    }

    /** Begins an interaction at the touchpoint of a method; null if it has none. */
    @Nullable
    Interaction begin(HandlerMethod handler) {
        return handles.computeIfAbsent(
                        Place.of(handler),
                        place -> place.annotation().map(annotation -> touchstone.touchpoint(annotation.name())))
                .map(TouchpointHandle::begin)
                .orElse(null);
    }

    @Override
    public Catalog.Builder declared() {
        Catalog.Builder layer = Catalog.builder();
        List<Place> places = mappings.stream()
                .flatMap(mapping -> mapping.getHandlerMethods().values().stream())
                .map(Place::of)
                .distinct()
                .sorted(Comparator.comparing(Place::toString))
                .toList();
        for (Place place : places) {
            place.annotation()
                    .ifPresentOrElse(
                            annotation -> layer.touchpointAt(
                                    place.toString(),
                                    annotation.name(),
                                    draft -> describe(place, annotation, draft, layer)),
                            () -> checkArguments(place, layer));
        }
        warnOfOthers(places);
        return layer;
    }

    private static void describe(Place place, Touchpoint annotation, TouchpointDraft draft, Catalog.Builder layer) {
        draft.title(textOrNull(annotation.title()))
                .channel(textOrNull(annotation.channel()))
                .journey(textOrNull(annotation.journey()))
                .owner(textOrNull(annotation.owner()))
                .importance(annotation.importance() == 0 ? null : (Double) annotation.importance())
                .contact(annotation.contact() ? Boolean.TRUE : null);
        if (annotation.stage().length == 1) {
            draft.stage(annotation.stage()[0]);
        } else if (annotation.stage().length > 1) {
            layer.problem(new CatalogProblem(
                    place + "/stage", "names " + annotation.stage().length + " stages; a touchpoint has at most one"));
        }
        if (!annotation.target().isEmpty()) {
            try {
                draft.target(Duration.parse(annotation.target()));
            } catch (DateTimeParseException e) {
                layer.problem(new CatalogProblem(
                        place + "/target",
                        "\"" + annotation.target()
                                + "\" is not a duration; write it like PT0.4S (400 ms) or PT2M (2 minutes)"));
            }
        }
    }

    private static void checkArguments(Place place, Catalog.Builder layer) {
        if (Arrays.asList(place.method().getParameterTypes()).contains(Interaction.class)) {
            layer.problem(new CatalogProblem(
                    place.toString(), "takes an Interaction, but is no touchpoint; annotate it with @Touchpoint"));
        }
    }

    /** An annotation that can do nothing shall not do so in silence. */
    private static void warnOfOthers(List<Place> places) {
        Set<Class<?>> controllers =
                places.stream().map(Place::controller).collect(Collectors.toCollection(LinkedHashSet::new));
        Set<Method> handlers = places.stream().map(Place::method).collect(Collectors.toSet());
        for (Class<?> controller : controllers) {
            MethodIntrospector.selectMethods(
                            controller,
                            (Method method) -> AnnotatedElementUtils.hasAnnotation(method, Touchpoint.class))
                    .stream()
                    .filter(method -> !handlers.contains(method))
                    .forEach(method -> LOGGER.warn(
                            "@Touchpoint on {} records nothing: no request is mapped to the method",
                            new Place(controller, method)));
        }
    }

    private static @Nullable String textOrNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** A method of a controller, which another controller may have inherited too. */
    private record Place(Class<?> controller, Method method) {

        static Place of(HandlerMethod handler) {
            return new Place(ClassUtils.getUserClass(handler.getBeanType()), handler.getMethod());
        }

        Optional<Touchpoint> annotation() {
            Touchpoint own = AnnotatedElementUtils.findMergedAnnotation(method, Touchpoint.class);
            return Optional.ofNullable(
                    own != null ? own : AnnotatedElementUtils.findMergedAnnotation(controller, Touchpoint.class));
        }

        @Override
        public String toString() {
            return Arrays.stream(method.getParameterTypes())
                    .map(Class::getSimpleName)
                    .collect(Collectors.joining(", ", controller.getName() + "#" + method.getName() + "(", ")"));
        }
    }
}
