package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.security.web.authentication.session.SessionFixationProtectionEvent;

/**
 * Says who a guest was when logging in gives the session another id, which no later request knows to have been the
 * guest's. Never keeps anybody from logging in. Thread-safe.
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
            // a principal of the application's own may throw when it is asked for its name
            LOGGER.warn(
                    "A guest could not be recognized as a customer: {}",
                    e.getClass().getName());
        }
    }
}
