package dev.touchstone.spring;

import dev.touchstone.CustomerResolver;
import dev.touchstone.event.CustomerId;
import dev.touchstone.servlet.PrincipalCustomerResolver;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Returns the authenticated, non-anonymous user of Spring Security; else the principal of the request. */
final class SecurityCustomerResolver implements CustomerResolver<HttpServletRequest>, CustomerSource.Known {

    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();
    private final CustomerResolver<HttpServletRequest> principal = new PrincipalCustomerResolver();

    @Override
    public @Nullable CustomerId resolve(HttpServletRequest request) {
        Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null) {
            return principal.resolve(request);
        }
        return authentication.isAuthenticated() && !trust.isAnonymous(authentication)
                ? CustomerId.of(authentication.getName())
                : null;
    }

    @Override
    public CustomerSource source() {
        return CustomerSource.SECURITY;
    }
}
