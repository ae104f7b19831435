package dev.touchstone.servlet;

import dev.touchstone.ConsentResolver;
import dev.touchstone.event.Consent;
import dev.touchstone.http.PrivacyControl;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Treats a browser's {@code Sec-GPC: 1} as an objection to tracking: the request counts for its touchpoint, without
 * its customer. Enabled by setting this class as the consent resolver. Thread-safe.
 */
public final class GlobalPrivacyControl implements ConsentResolver<HttpServletRequest> {

    @Override
    public Consent resolve(HttpServletRequest request) {
        return PrivacyControl.consent(request.getHeader(PrivacyControl.HEADER));
    }
}
