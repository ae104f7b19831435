package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * One line of the table of requests, which is the same for all adapters and servers.
 *
 * @param headers the names of headers; null for none
 * @param status the status of the response, or {@code *}
 * @param touchpoint the touchpoint of the event; null if there is no event
 */
record RequestTable(
        String method,
        String path,
        String headers,
        String body,
        String status,
        String touchpoint,
        Outcome outcome,
        String customer,
        boolean inputRefused) {

    private static final Properties HEADERS = new Properties();

    static {
        try (InputStream input = RequestTable.class.getResourceAsStream("/requests/headers.properties")) {
            HEADERS.load(Objects.requireNonNull(input));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the request. */
    void send(HttpRequest.Builder request) {
        if (headers != null) {
            for (String name : headers.split(", *", -1)) {
                String[] header = HEADERS.getProperty(name).split(": ", 2);
                request.header(header[0], header[1]);
            }
        }
        int answered = Shop.send(request.method(
                                method,
                                body == null
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body))
                        .build())
                .statusCode();
        if (!status.equals("*")) {
            assertThat(answered).isEqualTo(Integer.parseInt(status));
        }
    }

    /** Checks what was recorded. */
    void check(TouchpointEvent event, Touchstone touchstone) {
        assertThat(event.touchpoint()).isEqualTo(touchpoint);
        assertThat(event.outcome()).contains(outcome);
        assertThat(event.invalidInput()).isEqualTo(inputRefused);
        assertThat(event.customerKey())
                .isEqualTo(Optional.ofNullable(customer).map(id -> touchstone.key(CustomerId.of(id))));
        assertThat(event.durationMs()).isPresent();
    }
}
