package dev.touchstone.spring;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/** Registers a filter before all others, including those of the highest precedence. */
final class OutermostFilter extends FilterRegistrationBean<Filter> implements PriorityOrdered {

    OutermostFilter(Filter filter) {
        super(filter);
        setName("touchstoneRequestFilter");
        setOrder(Ordered.HIGHEST_PRECEDENCE);
        setDispatcherTypes(DispatcherType.REQUEST);
    }
}
