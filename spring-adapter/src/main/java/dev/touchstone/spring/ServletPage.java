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
     * Serves the page inside Spring MVC. With Spring Security 6, {@code securityMatcher("/touchstone/**")} does not
     * match a servlet beside the dispatcher servlet, so the page would be open to everyone.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DispatcherServlet.class)
    static class InSpringMvc {

        /** Before the handler mappings of the application, which may match all remaining paths. */
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

    /** Serves the page as a servlet if Spring MVC is absent. */
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
