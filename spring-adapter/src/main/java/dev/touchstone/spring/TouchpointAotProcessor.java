package dev.touchstone.spring;

import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.beans.factory.aot.BeanRegistrationAotContribution;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.aot.BeanRegistrationCode;
import org.springframework.beans.factory.support.RegisteredBean;
import org.springframework.core.MethodIntrospector;
import org.springframework.util.ClassUtils;

/**
 * Registers the annotated methods of beans and the elements with the annotation for a native image: they are looked
 * up when the application starts. Thread-safe.
 */
final class TouchpointAotProcessor implements BeanRegistrationAotProcessor {

    private final AnnotatedTypes annotated = new AnnotatedTypes();

    @Override
    public @Nullable BeanRegistrationAotContribution processAheadOfTime(RegisteredBean bean) {
        Class<?> target = AutoProxyUtils.determineTargetClass(bean.getBeanFactory(), bean.getBeanName());
        Class<?> type = ClassUtils.getUserClass(target == null ? bean.getBeanClass() : target);
        return annotated.contain(type) ? new Methods(type) : null;
    }

    private record Methods(Class<?> type) implements BeanRegistrationAotContribution {

        @Override
        public void applyTo(GenerationContext context, BeanRegistrationCode code) {
            ReflectionHints hints = context.getRuntimeHints().reflection();
            List<Class<?>> types = List.of(ClassUtils.getAllInterfacesForClass(type));
            types.forEach(hints::registerType);
            for (Class<?> parent = type; parent != null && parent != Object.class; parent = parent.getSuperclass()) {
                hints.registerType(parent);
            }
            MethodIntrospector.selectMethods(
                            type,
                            (Method method) -> AnnotatedMethod.of(type, method)
                                    .annotation()
                                    .isPresent())
                    .forEach(method -> {
                        hints.registerMethod(method, ExecutableMode.INTROSPECT);
                        types.forEach(declaring -> register(method, declaring, hints));
                    });
        }

        private static void register(Method method, Class<?> declaring, ReflectionHints hints) {
            Method declared = ClassUtils.getMethodIfAvailable(declaring, method.getName(), method.getParameterTypes());
            if (declared != null) {
                hints.registerMethod(declared, ExecutableMode.INTROSPECT);
            }
        }
    }
}
