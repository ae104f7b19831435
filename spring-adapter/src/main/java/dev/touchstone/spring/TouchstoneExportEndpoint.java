package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.json.ExportJson;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Exports everything that is held of a customer, {@code POST /actuator/touchstoneexport} with {@code {"customer":
 * "..."}}: by POST, so that the id is never part of an address. Nobody has access unless the application says so twice: by
 * {@code management.endpoint.touchstoneexport.access=unrestricted} and by exposing it.
 */
@Endpoint(id = "touchstoneexport", defaultAccess = Access.NONE)
public final class TouchstoneExportEndpoint {

    private final Touchstone touchstone;
    private final ExportJson json = new ExportJson();

    TouchstoneExportEndpoint(Touchstone touchstone) {
        this.touchstone = touchstone;
    }

    /** Returns everything that is held of a customer as JSON. */
    @WriteOperation(produces = "application/json")
    public String export(String customer) {
        return json.write(touchstone.export(TouchstoneErasureEndpoint.valid(customer)));
    }
}
