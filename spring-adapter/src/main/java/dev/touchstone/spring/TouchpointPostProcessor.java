package dev.touchstone.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.aop.ClassFilter;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.core.Ordered;

/**
 * Advises annotated methods of beans, without AspectJ. The advice is outside all other advice of a bean, so that
 * their rejections and exceptions are recorded, but inside {@code @Async}: a queued call has not happened yet.
 */
final class TouchpointPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private static final long serialVersionUID = 1L;

    private final transient AnnotatedTypes annotated = new AnnotatedTypes();

    TouchpointPostProcessor(TouchpointAdvice advice, boolean proxyTargetClass) {
        this.advisor = new DefaultPointcutAdvisor(new Annotated(annotated), advice);
        setProxyTargetClass(proxyTargetClass);
        setBeforeExistingAdvisors(true);
        // @Async and the translation of persistence exceptions come last, so they are outside
        setOrder(Ordered.LOWEST_PRECEDENCE - 1);
    }

    @Override
    protected boolean isEligible(Class<?> targetClass) {
        return annotated.contain(targetClass) && super.isEligible(targetClass);
    }

    /** Matches annotated methods of classes that can be advised and are not controllers. */
    private static final class Annotated extends StaticMethodMatcherPointcut {

        private final Map<AnnotatedMethod, Boolean> known = new ConcurrentHashMap<>();

        Annotated(AnnotatedTypes annotated) {
            setClassFilter(new Advisable(annotated));
        }

        @Override
        public boolean matches(Method method, Class<?> targetClass) {
            return known.computeIfAbsent(
                    new AnnotatedMethod(targetClass, method),
                    called -> AnnotatedMethod.of(called.type(), called.method())
                            .annotation()
                            .isPresent());
        }
    }

    private record Advisable(AnnotatedTypes annotated) implements ClassFilter {

        @Override
        public boolean matches(Class<?> type) {
            return annotated.contain(type)
                    && !Modifier.isFinal(type.getModifiers())
                    && !type.isSealed()
                    && !BeanTouchpoints.isController(type);
        }
    }
}
