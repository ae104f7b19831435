package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.json.ExportJson;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Erases a customer, {@code POST /actuator/touchstoneerasure} with {@code {"customer": "..."}}. Access requires two
 * settings: {@code management.endpoint.touchstoneerasure.access=unrestricted}, and exposing the endpoint. The id is
 * never part of an address: a request with a query, or from a page of another origin, is refused.
 */
@Endpoint(id = "touchstoneerasure", defaultAccess = Access.NONE)
public final class TouchstoneErasureEndpoint {

    private final Touchstone touchstone;
    private final ExportJson json = new ExportJson();

    TouchstoneErasureEndpoint(Touchstone touchstone) {
        this.touchstone = touchstone;
    }

    /** Erases a customer and returns the receipt as JSON. */
    @WriteOperation(produces = "application/json")
    public String erase(String customer) {
        return json.write(touchstone.erase(valid(customer)));
    }

    static CustomerId valid(@Nullable String customer) {
        CustomerId id = CustomerId.of(customer);
        if (!id.isValid()) {
            // without the id: messages are logged
            throw new InvalidEndpointRequestException(
                    "customer id is blank or malformed", "\"customer\" is blank or malformed");
        }
        return id;
    }
}
