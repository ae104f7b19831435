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
 * Lets calls of annotated methods of beans be seen, without AspectJ. It stands outside of everything else that advises a
 * bean, so that what others refuse or throw is seen too, but inside of what takes a call to another thread: a call that
 * is only on its way has not happened yet.
 */
final class TouchpointPostProcessor extends AbstractBeanFactoryAwareAdvisingPostProcessor {

    private static final long serialVersionUID = 1L;

    private final transient AnnotatedTypes annotated = new AnnotatedTypes();

    TouchpointPostProcessor(TouchpointAdvice advice, boolean proxyTargetClass) {
        this.advisor = new DefaultPointcutAdvisor(new Annotated(annotated), advice);
        setProxyTargetClass(proxyTargetClass);
        setBeforeExistingAdvisors(true);
        // those of @Async and of the translation of persistence exceptions come last, and so go around it
        setOrder(Ordered.LOWEST_PRECEDENCE - 1);
    }

    @Override
    protected boolean isEligible(Class<?> targetClass) {
        return annotated.contain(targetClass) && super.isEligible(targetClass);
    }

    /** The annotated methods of classes that can be advised and are not controllers. */
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
