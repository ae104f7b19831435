package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.autoproxy.AbstractBeanFactoryAwareAdvisingPostProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/** Records {@code @Touchpoint} on methods of beans other than controllers. */
@AutoConfiguration(after = TouchstoneAutoConfiguration.class)
@ConditionalOnClass({AbstractBeanFactoryAwareAdvisingPostProcessor.class, MethodInterceptor.class})
@ConditionalOnProperty(prefix = "touchstone", name = "enabled", matchIfMissing = true)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
public final class TouchstoneMethodAutoConfiguration {

    private static final String REACTOR = "reactor.core.publisher.Flux";

    // a post-processor is created before other beans and must not request them yet
    @Bean
    @ConditionalOnMissingBean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static TouchpointPostProcessor touchstonePostProcessor(
            ObjectProvider<Touchstone> touchstone, Environment environment, ConfigurableListableBeanFactory beans) {
        boolean proxyTargetClass = environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true);
        ReactiveResults reactive =
                ClassUtils.isPresent(REACTOR, beans.getBeanClassLoader()) ? new ReactiveResults() : null;
        return new TouchpointPostProcessor(
                new TouchpointAdvice(new LateTouchstone(touchstone), reactive), proxyTargetClass);
    }

    @Bean
    @ConditionalOnMissingBean
    static BeanTouchpoints touchstoneBeanTouchpoints(ConfigurableListableBeanFactory beans) {
        return new BeanTouchpoints(beans);
    }
}
