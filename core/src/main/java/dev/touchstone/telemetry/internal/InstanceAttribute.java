package dev.touchstone.telemetry.internal;

import java.util.Map;

/** The attribute of metrics that tells instances apart. */
public final class InstanceAttribute {

    private static final String DEFAULT_INSTANCE = "touchstone";

    private InstanceAttribute() {}

    /** Returns the attribute; nothing for an instance that has the default name. */
    public static Map<String, String> of(String instance) {
        return instance.equals(DEFAULT_INSTANCE) ? Map.of() : Map.of("touchstone.instance", instance);
    }
}
