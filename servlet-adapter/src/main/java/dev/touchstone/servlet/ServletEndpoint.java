package dev.touchstone.servlet;

import dev.touchstone.Interaction;
import dev.touchstone.event.Channel;
import dev.touchstone.http.Refusals;
import dev.touchstone.http.Routes;
import org.jspecify.annotations.Nullable;

/**
 * The endpoint of a request.
 *
 * @param touchpoint the touchpoint of its route, or the name of an undeclared one
 * @param undeclaredPath the path if no route matches; null otherwise
 */
record ServletEndpoint(
        Routes routes,
        Refusals refusals,
        String touchpoint,
        @Nullable String undeclaredPath) {

    /**
     * Completes the interaction at the end of the request.
     *
     * @param wrongMethod whether the method was not allowed: then the request counts for the touchpoint of its path
     */
    void complete(Interaction interaction, boolean wrongMethod) {
        if (undeclaredPath == null) {
            return;
        }
        String meant = wrongMethod ? routes.findOnly(undeclaredPath) : null;
        if (meant != null) {
            interaction.touchpoint(meant);
        } else if (interaction.channel().isEmpty()) {
            interaction.channel(Channel.WEB);
        }
    }

    /** Counts a refused request. */
    void refused(int status, boolean challenge) {
        refusals.count(touchpoint, status, challenge);
    }
}
