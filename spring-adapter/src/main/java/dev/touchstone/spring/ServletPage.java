package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.servlet.TouchstonePage;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** The page in a servlet container. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(HttpServlet.class)
final class ServletPage {

    /**
     * Inside of Spring MVC. A servlet beside its own is not matched by {@code securityMatcher("/touchstone/**")} with
     * Spring Security 6, and would be open to everybody.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DispatcherServlet.class)
    static class InSpringMvc {

        /** Before those of the application, which may map whatever is left. */
        private static final int ORDER = -2;

        @Bean
        @ConditionalOnMissingBean(name = "touchstonePage")
        SimpleUrlHandlerMapping touchstonePage(Touchstone touchstone, TouchstoneProperties properties)
                throws ServletException {
            String path = properties.page().path();
            return new SimpleUrlHandlerMapping(
                    Map.of(
                            path + "/**",
                            new PageRequestHandler(
                                    path,
                                    new TouchstonePage(
                                            touchstone, properties.page().pageLinks()))),
                    ORDER);
        }
    }

    /** A servlet of its own, where there is nothing else. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.springframework.web.servlet.DispatcherServlet")
    static class Alone {

        @Bean
        @ConditionalOnMissingBean(name = "touchstonePage")
        ServletRegistrationBean<TouchstonePage> touchstonePage(Touchstone touchstone, TouchstoneProperties properties) {
            ServletRegistrationBean<TouchstonePage> page = new ServletRegistrationBean<>(
                    new TouchstonePage(touchstone, properties.page().pageLinks()),
                    properties.page().path() + "/*");
            page.setName("touchstone-page");
            return page;
        }
    }
}
