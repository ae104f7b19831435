package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.json.ExportJson;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Exports all data of a customer, {@code POST /actuator/touchstoneexport} with {@code {"customer": "..."}}. By POST,
 * so that the id is never part of an address. Access requires two settings: {@code
 * management.endpoint.touchstoneexport.access=unrestricted}, and exposing the endpoint.
 */
@Endpoint(id = "touchstoneexport", defaultAccess = Access.NONE)
public final class TouchstoneExportEndpoint {

    private final Touchstone touchstone;
    private final ExportJson json = new ExportJson();

    TouchstoneExportEndpoint(Touchstone touchstone) {
        this.touchstone = touchstone;
    }

    /** Returns all data of a customer as JSON. */
    @WriteOperation(produces = "application/json")
    public String export(String customer) {
        return json.write(touchstone.export(TouchstoneErasureEndpoint.valid(customer)));
    }
}
