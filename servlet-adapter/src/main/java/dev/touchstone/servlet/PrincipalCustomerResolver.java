package dev.touchstone.servlet;

import dev.touchstone.CustomerResolver;
import dev.touchstone.event.CustomerId;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Returns the principal of the request as the customer; none if there is no principal. Thread-safe. */
public final class PrincipalCustomerResolver implements CustomerResolver<HttpServletRequest> {

    @Override
    public @Nullable CustomerId resolve(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        return principal == null ? null : CustomerId.of(principal.getName());
    }
}
