package dev.touchstone.spring;

import dev.touchstone.Touchpoint;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.catalog.TouchpointDefinition;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.BridgeMethodResolver;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * A method of a class, possibly inherited, with its annotations: those on the method itself, on the method that it
 * overrides or implements, or else on the class.
 *
 * @param type the class as written, not a proxy of it
 * @param method the method of the class, not a bridge to it
 */
record AnnotatedMethod(Class<?> type, Method method) {

    /** Returns the method that a call of the given one invokes on an object of the class. */
    static AnnotatedMethod of(Class<?> type, Method method) {
        Class<?> user = ClassUtils.getUserClass(type);
        return new AnnotatedMethod(
                user, BridgeMethodResolver.findBridgedMethod(ClassUtils.getMostSpecificMethod(method, user)));
    }

    /**
     * Returns the touchpoint. The method's annotation takes precedence; the class's does not apply to private
     * methods or those of Object.
     */
    Optional<Touchpoint> annotation() {
        Touchpoint own = AnnotatedElementUtils.findMergedAnnotation(method, Touchpoint.class);
        if (own != null) {
            return Optional.of(own);
        }
        return ReflectionUtils.isObjectMethod(method) || Modifier.isPrivate(method.getModifiers())
                ? Optional.empty()
                : Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(type, Touchpoint.class));
    }

    /** Adds the annotation to the layer. */
    void declare(Touchpoint annotation, Catalog.Builder layer) {
        layer.touchpointAt(toString(), annotation.name(), draft -> describe(annotation, draft, layer));
    }

    private void describe(Touchpoint annotation, TouchpointDefinition.Draft draft, Catalog.Builder layer) {
        draft.title(textOrNull(annotation.title()))
                .channel(textOrNull(annotation.channel()))
                .journey(textOrNull(annotation.journey()))
                .owner(textOrNull(annotation.owner()))
                .importance(annotation.importance() == 0 ? null : (Double) annotation.importance())
                .objective(annotation.objective() == 0 ? null : (Double) annotation.objective())
                .stage(annotation.stage())
                .supportContact(annotation.supportContact() ? Boolean.TRUE : null);
        if (!annotation.target().isEmpty()) {
            try {
                draft.target(Duration.parse(annotation.target()));
            } catch (DateTimeParseException e) {
                layer.problem(new CatalogException.Problem(
                        this + "/target",
                        "\"" + annotation.target()
                                + "\" is not a duration; write it like PT0.4S (400 ms) or PT2M (2 minutes)"));
            }
        }
    }

    private static @Nullable String textOrNull(String text) {
        return text.isEmpty() ? null : text;
    }

    @Override
    public String toString() {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", type.getName() + "#" + method.getName() + "(", ")"));
    }
}
