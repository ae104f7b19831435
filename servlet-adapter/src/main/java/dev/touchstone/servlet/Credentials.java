package dev.touchstone.servlet;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** Detects credentials in a request. */
public final class Credentials {

    /**
     * Cookies of container sessions, of Spring Session, which the container does not know, and of remembered logins.
     */
    private static final Set<String> COOKIES = Set.of("JSESSIONID", "SESSION", "remember-me");

    private Credentials() {}

    /** Returns whether a request carries an {@code Authorization} header, a principal or a session, valid or not. */
    public static boolean carried(HttpServletRequest request) {
        return request.getHeader("Authorization") != null
                || request.getRequestedSessionId() != null
                || request.getUserPrincipal() != null
                || hasCookie(request);
    }

    private static boolean hasCookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (COOKIES.contains(cookie.getName())) {
                    return true;
                }
            }
        }
        return false;
    }
}
