package dev.touchstone.servlet;

import dev.touchstone.ConsentResolver;
import dev.touchstone.event.Consent;
import dev.touchstone.http.PrivacyControl;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Takes a browser's {@code Sec-GPC: 1} for a customer who does not want to be followed: the request counts for its
 * touchpoint without saying whose it was. Switched on by naming this class as the consent resolver. Thread-safe.
 */
public final class GlobalPrivacyControl implements ConsentResolver<HttpServletRequest> {

    @Override
    public Consent resolve(HttpServletRequest request) {
        return PrivacyControl.consent(request.getHeader(PrivacyControl.HEADER));
    }
}
