package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;

/**
 * Identifies a guest when a login changes the session id; later requests cannot derive the guest from the new id.
 * Never prevents a login. Thread-safe.
 */
final class GuestLogin implements ApplicationListener<SessionFixationProtectionEvent> {

    private static final Logger LOGGER = LoggerFactory.getLogger(GuestLogin.class);

    private final Touchstone touchstone;

    GuestLogin(Touchstone touchstone) {
        this.touchstone = touchstone;
    }

    @Override
    public void onApplicationEvent(SessionFixationProtectionEvent login) {
        try {
            touchstone.identify(
                    CustomerId.anonymous(login.getOldSessionId()),
                    CustomerId.of(login.getAuthentication().getName()));
        } catch (RuntimeException e) {
            // getName() of a custom principal may throw
            LOGGER.warn(
                    "Touchstone: a guest who logged in could not be identified as a customer: {}",
                    e.getClass().getName());
        }
    }
}
