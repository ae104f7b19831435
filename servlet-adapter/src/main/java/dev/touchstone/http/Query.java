package dev.touchstone.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses the query of a URL, because containers and frameworks differ on malformed ones. */
final class Query {

    private Query() {}

    /**
     * Returns the parameters of a query.
     *
     * @param raw the raw query, without its question mark; null if there is none
     * @param known the allowed parameters, each at most once
     * @throws IllegalArgumentException if it has another parameter, or one twice, or is malformed
     */
    static Map<String, String> parameters(@Nullable String raw, List<String> known) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : (raw == null ? "" : raw).split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String parameter = decoded(equals < 0 ? pair : pair.substring(0, equals));
                if (!known.contains(parameter)) {
                    throw new IllegalArgumentException(
                            "the query has an unknown parameter; allowed are " + String.join(", ", known));
                }
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                if (parameters.put(parameter, value) != null) {
                    throw new IllegalArgumentException(parameter + " is given twice; write it once");
                }
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the query is not valid percent-encoding", e);
        }
    }
}
