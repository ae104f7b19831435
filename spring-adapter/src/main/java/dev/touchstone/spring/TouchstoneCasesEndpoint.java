package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.http.CaseContent;
import dev.touchstone.http.PageContent.Answer;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;
import org.springframework.lang.Nullable; // the only one that the Actuator of Spring Boot 3 recognizes
import org.springframework.util.MimeType;

/**
 * The recovery cases: {@code GET /actuator/touchstonecases} and {@code /{id}}, {@code POST
 * /actuator/touchstonecases} to open one, {@code POST /{id}/{action}} to change one, as answered by {@link
 * CaseContent}. Access requires two settings: {@code management.endpoint.touchstonecases.access=unrestricted} or
 * {@code read-only}, and exposing the endpoint. A write with a query, or from a page of another origin, is refused.
 */
@WebEndpoint(id = "touchstonecases", defaultAccess = Access.NONE)
public final class TouchstoneCasesEndpoint {

    private static final String JSON = "application/json";

    private final CaseContent cases;

    TouchstoneCasesEndpoint(Touchstone touchstone) {
        this.cases = new CaseContent(touchstone);
    }

    /** Returns the cases, optionally of an owner or in a status. */
    @ReadOperation(produces = JSON)
    public WebEndpointResponse<byte[]> list(@Nullable String owner, @Nullable String status) {
        return response(cases.list(owner, status));
    }

    /** Returns one case. */
    @ReadOperation(produces = JSON)
    public WebEndpointResponse<byte[]> get(@Selector String id) {
        return response(cases.get(id));
    }

    /** Opens a case. */
    @WriteOperation(produces = JSON)
    public WebEndpointResponse<byte[]> open(
            SecurityContext client, @Nullable String customer, @Nullable String touchpoint, @Nullable String reason) {
        Map<String, String> values = new HashMap<>();
        values.put("customer", customer);
        values.put("touchpoint", touchpoint);
        values.put("reason", reason);
        return response(cases.open(values, client.getPrincipal() != null));
    }

    /** Changes a case. */
    @WriteOperation(produces = JSON)
    public WebEndpointResponse<byte[]> change(
            SecurityContext client, @Selector String id, @Selector String action, @Nullable String resolution) {
        Map<String, String> values = resolution == null ? Map.of() : Map.of("resolution", resolution);
        return response(cases.change(id, action, values, client.getPrincipal() != null));
    }

    private static WebEndpointResponse<byte[]> response(Answer answer) {
        return new WebEndpointResponse<>(answer.body(), answer.status(), MimeType.valueOf(answer.contentType()));
    }
}
