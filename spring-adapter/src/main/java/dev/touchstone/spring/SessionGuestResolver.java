package dev.touchstone.spring;

import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a request without an authenticated user as a guest of its session, and identifies the guest as the
 * customer once a principal exists. Starts no session and stores nothing in one. Thread-safe.
 */
final class SessionGuestResolver implements CustomerResolver<HttpServletRequest>, CustomerSource.Known {

    private static final String GUEST = SessionGuestResolver.class.getName();

    private final Touchstone touchstone;
    private final CustomerResolver<HttpServletRequest> principals;

    SessionGuestResolver(Touchstone touchstone, CustomerResolver<HttpServletRequest> principals) {
        this.touchstone = touchstone;
        this.principals = principals;
    }

    @Override
    public @Nullable CustomerId resolve(HttpServletRequest request) {
        CustomerId guest = guest(request);
        CustomerId principal = principals.resolve(request);
        if (principal == null) {
            return guest;
        }
        if (guest != null && touchstone.customer(guest).count() > 0) {
            touchstone.identify(guest, principal);
        }
        return principal;
    }

    @Override
    public CustomerSource source() {
        return CustomerSource.of(principals).orSessionGuest();
    }

    /** The first guest of a request stays: a login may change the session id. */
    private static @Nullable CustomerId guest(HttpServletRequest request) {
        if (request.getAttribute(GUEST) instanceof CustomerId known) {
            return known;
        }
        HttpSession session = request.getSession(false);
        if (session == null) {
            return null;
        }
        CustomerId guest = CustomerId.anonymous(session.getId());
        request.setAttribute(GUEST, guest);
        return guest;
    }
}
