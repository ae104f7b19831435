package dev.touchstone.examples.validation;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says.
 *
 * @param data the folder of the files
 * @param json whether it is printed for machines
 * @param help whether nothing is wanted but the usage
 */
record Options(Path data, boolean json, boolean help) {

    static final String USAGE = """
            usage: java -jar validation.jar --data DIR [options]
              --data DIR            the folder with the public records (default: ../shared/data)
              --format text|json    how to print (default: text)
              --help                print this
            """;

    private static final Path DEFAULT_DATA = Path.of("..", "shared", "data");
    private static final Set<String> WITH_VALUE = Set.of("--data", "--format");

    /** @throws UsageException if it makes no sense */
    static Options parse(List<String> args) {
        Map<String, String> values = new HashMap<>();
        Deque<String> rest = new ArrayDeque<>(args);
        while (!rest.isEmpty()) {
            String arg = rest.remove();
            int sign = arg.indexOf('=');
            String name = sign < 0 ? arg : arg.substring(0, sign);
            String value = "";
            if (WITH_VALUE.contains(name)) {
                value = sign < 0 ? (rest.isEmpty() ? "" : rest.remove()) : arg.substring(sign + 1);
                if (value.isEmpty()) {
                    throw new UsageException(name + " needs a value");
                }
            } else if (!arg.equals("--help")) {
                throw new UsageException(arg + " is not an option");
            }
            if (values.putIfAbsent(name, value) != null) {
                throw new UsageException(name + " is given twice");
            }
        }
        return new Options(
                folder(values.get("--data")),
                isJson(values.getOrDefault("--format", "text")),
                values.containsKey("--help"));
    }

    private static Path folder(@Nullable String name) {
        try {
            return name == null ? DEFAULT_DATA : Path.of(name);
        } catch (InvalidPathException e) {
            throw new UsageException("there can be no folder of that name");
        }
    }

    private static boolean isJson(String format) {
        return switch (format) {
            case "json" -> true;
            case "text" -> false;
            default -> throw new UsageException("--format is text or json, not " + format);
        };
    }
}
