package dev.touchstone.servlet;

import dev.touchstone.Interaction;
import dev.touchstone.event.Channel;
import dev.touchstone.http.Refusals;
import dev.touchstone.http.Routes;
import org.jspecify.annotations.Nullable;

/**
 * What a request asked for.
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
     * @param wrongMethod whether the method was not allowed: then the request was meant for the touchpoint of its path
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

    /** Counts a request that was refused. */
    void refused(int status, boolean challenge) {
        refusals.count(touchpoint, status, challenge);
    }
}
