package dev.touchstone.examples.replay;

import dev.touchstone.catalog.internal.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which column of a table each field of an event comes from. Fields are those of an event line, {@code guest},
 * {@code attributes.NAME} and {@code feedback.SCALE}. Immutable.
 */
final class ColumnMap {

    /** Takes each field from the column of the same name. */
    static final ColumnMap SAME_NAMES = new ColumnMap(Map.of());

    static final String ATTRIBUTE = "attributes.";
    static final String FEEDBACK = "feedback.";

    private static final Set<String> TEXTS =
            Set.of("id", "time", "touchpoint", "customer", "guest", "channel", "outcome");
    private static final Set<String> NUMBERS = Set.of(
            "durationMs", "promiseMs", "retries", "excessSteps", "transfers", "repeatedInformation", "amount", "cost");

    private final Map<String, String> columns;

    private ColumnMap(Map<String, String> columns) {
        this.columns = columns;
    }

    /**
     * Reads {@code field=column,field=column}. A column name cannot contain a comma.
     *
     * @throws UsageException if that makes no sense
     */
    static ColumnMap parse(String text) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new UsageException("--map: \"" + pair + "\" is not field=column, such as touchpoint=activity");
            }
            String field = pair.substring(0, equals).strip();
            if (!isField(field)) {
                throw new UsageException("--map: an event has no field " + field
                        + NearestName.hint(field, allFields()) + "; fields are " + String.join(", ", allFields())
                        + ", attributes.NAME, feedback.SCALE");
            }
            if (columns.putIfAbsent(field, pair.substring(equals + 1).strip()) != null) {
                throw new UsageException("--map: " + field + " is given twice");
            }
        }
        for (String needed : List.of("touchpoint", "time")) {
            if (!columns.containsKey(needed)) {
                throw new UsageException("--map: an event needs a " + needed + "; add " + needed + "=COLUMN");
            }
        }
        return new ColumnMap(columns);
    }

    private static boolean isField(String field) {
        return allFields().contains(field)
                || (field.startsWith(ATTRIBUTE) && field.length() > ATTRIBUTE.length())
                || (field.startsWith(FEEDBACK) && field.length() > FEEDBACK.length());
    }

    private static Set<String> allFields() {
        Set<String> fields = new TreeSet<>(TEXTS);
        fields.addAll(NUMBERS);
        return fields;
    }

    /** Returns whether the value of a field is a number. */
    static boolean isNumber(String field) {
        return NUMBERS.contains(field);
    }

    /**
     * Returns the index of the column of each field.
     *
     * @throws InputException if the table does not have a column
     */
    Map<String, Integer> indexes(List<String> header) {
        Map<String, Integer> indexes = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        if (columns.isEmpty()) {
            List<String> lower =
                    header.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
            for (String field : allFields()) {
                int index = lower.indexOf(field.toLowerCase(Locale.ROOT));
                if (index >= 0) {
                    indexes.put(field, index);
                }
            }
            List.of("touchpoint", "time").stream()
                    .filter(field -> !indexes.containsKey(field))
                    .forEach(missing::add);
        } else {
            columns.forEach((field, column) -> {
                if (header.contains(column)) {
                    indexes.put(field, header.indexOf(column));
                } else {
                    missing.add(column + NearestName.hint(column, Set.copyOf(header)));
                }
            });
        }
        if (!missing.isEmpty()) {
            throw new InputException("the table has no column " + String.join(" and no column ", missing)
                    + "; its columns are " + String.join(", ", header) + "; name the right ones with --map");
        }
        return indexes;
    }
}
