package dev.touchstone.examples.servlet;

import dev.touchstone.CustomerResolver;
import dev.touchstone.event.CustomerId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/** The authenticated user, else the guest of the session. */
public final class SubscriberResolver implements CustomerResolver<HttpServletRequest> {

    static final String NAME = "subscriber";

    @Override
    public @Nullable CustomerId resolve(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null) {
            return null;
        }
        return session.getAttribute(NAME) instanceof String name
                ? CustomerId.of(name)
                : CustomerId.anonymous(session.getId());
    }
}
