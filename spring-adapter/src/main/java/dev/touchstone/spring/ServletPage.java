package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.servlet.TouchstonePage;
import jakarta.servlet.http.HttpServlet;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The page in a servlet container. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({HttpServlet.class, ServletRegistrationBean.class})
final class ServletPage {

    @Bean
    @ConditionalOnMissingBean(name = "touchstonePage")
    ServletRegistrationBean<TouchstonePage> touchstonePage(Touchstone touchstone, TouchstoneProperties properties) {
        ServletRegistrationBean<TouchstonePage> page = new ServletRegistrationBean<>(
                new TouchstonePage(touchstone), properties.page().path() + "/*");
        page.setName("touchstone-page");
        return page;
    }
}
