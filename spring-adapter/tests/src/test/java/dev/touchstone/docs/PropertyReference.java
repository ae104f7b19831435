package dev.touchstone.docs;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The properties of the starter, from the metadata in its jar, and the page that lists them. */
final class PropertyReference {

    private static final String METADATA = "META-INF/spring-configuration-metadata.json";
    private static final Pattern ELEMENT = Pattern.compile("java\\.util\\.(?:List|Set)<(.+)>");
    private static final Pattern PARAMETER =
            Pattern.compile("@param (\\w+) (.*?)(?=\\n *\\* *@param|\\n *\\*/)", Pattern.DOTALL);
    private static final Map<String, String> TYPES = Map.of(
            "java.lang.Boolean", "boolean",
            "java.lang.Integer", "integer",
            "java.lang.Long", "integer",
            "java.lang.Double", "decimal",
            "java.lang.String", "string",
            "java.time.Duration", "duration",
            "java.nio.file.Path", "path");

    /** One row of a table. */
    private record Property(String name, String type, String defaultValue, String description) {

        private boolean matches(String key) {
            return key.matches(
                    Pattern.quote(name).replace("[n]", "\\E\\[\\d+]\\Q").replace("<name>", "\\E.+\\Q"));
        }

        private String row() {
            String shown = defaultValue.isEmpty() ? " " : " `" + defaultValue + "` ";
            return "| `%s` | %s |%s| %s |\n".formatted(name, type, shown, description);
        }
    }

    private enum Section {
        INSTANCE("Instance", "", "touchstone\\.[^.\\[]+"),
        DECLARATIONS(
                "Touchpoints and journeys",
                "The [catalog file](formats.md#catalog-touchstonejson) may declare the same.",
                "touchstone\\.\\w+\\[n]\\..+"),
        TELEMETRY("Telemetry", "[telemetry.md](telemetry.md) describes it.", below("telemetry")),
        CARE("Signals, recovery cases and questions", "[care.md](care.md) describes them.", below("care")),
        PAGE("Page", "[page.md](page.md) describes it.", below("page")),
        KAFKA("Kafka", "[cluster.md](cluster.md) describes it.", below("kafka")),
        ACTUATOR("Actuator", "[spring.md](spring.md#endpoint) describes the endpoints.", "management\\..+");

        private final String title;
        private final String introduction;
        private final String names;

        Section(String title, String introduction, String names) {
            this.title = title;
            this.introduction = introduction;
            this.names = names;
        }

        private static String below(String name) {
            return "touchstone\\." + name + "\\..+";
        }
    }

    private final List<Property> properties;

    private PropertyReference(List<Property> properties) {
        this.properties = properties;
    }

    static PropertyReference read() throws IOException, ClassNotFoundException {
        List<Map<String, Object>> described = JsonPath.read(metadata(), "$.properties[?(!@.deprecated)]");
        List<Property> properties = new ArrayList<>();
        for (Map<String, Object> one : described) {
            String name = (String) one.get("name");
            String type = (String) one.get("type");
            Matcher element = ELEMENT.matcher(type);
            if (element.matches() && element.group(1).startsWith("dev.touchstone.")) {
                properties.addAll(components(name + "[n].", Class.forName(element.group(1))));
            } else {
                boolean map = type.startsWith("java.util.Map<");
                properties.add(new Property(
                        map ? name + ".<name>" : name,
                        map ? "string" : typeName(type),
                        one.getOrDefault("defaultValue", "").toString(),
                        (String) one.get("description")));
            }
        }
        return new PropertyReference(properties);
    }

    private static String metadata() throws IOException {
        for (URL url : Collections.list(PropertyReference.class.getClassLoader().getResources(METADATA))) {
            try (InputStream in = url.openStream()) {
                String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                if (json.contains("\"dev.touchstone.spring.TouchstoneProperties\"")) {
                    return json;
                }
            }
        }
        throw new IllegalStateException(METADATA + " of the starter is not on the class path");
    }

    /** Returns the properties of an entry of a list, which the metadata does not have. */
    private static List<Property> components(String prefix, Class<?> type) throws IOException, ClassNotFoundException {
        String source = Files.readString(
                Block.ROOT.resolve("spring-adapter/src/main/java/dev/touchstone/spring/TouchstoneProperties.java"));
        int end = source.indexOf("record " + type.getSimpleName() + "(");
        Map<String, String> descriptions = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(source.substring(source.lastIndexOf("/**", end), end));
        while (parameter.find()) {
            descriptions.put(parameter.group(1), parameter.group(2).replaceAll("\\s*\\n *\\* +", " "));
        }
        List<Property> properties = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            properties.add(new Property(
                    prefix + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT),
                    typeName(component.getGenericType().getTypeName()),
                    "",
                    descriptions.get(name)));
        }
        return properties;
    }

    private static String typeName(String type) throws ClassNotFoundException {
        Matcher element = ELEMENT.matcher(type);
        if (element.matches()) {
            return "list of " + typeName(element.group(1)) + "s";
        }
        if (TYPES.containsKey(type)) {
            return TYPES.get(type);
        }
        return Arrays.stream(Class.forName(type).getEnumConstants())
                .map(constant ->
                        ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining("`, `", "`", "`"));
    }

    /** Returns whether a property file may have the key. */
    boolean has(String key) {
        return properties.stream().anyMatch(property -> property.matches(key));
    }

    /** Returns the names of properties that are in no section. */
    List<String> unlisted() {
        return properties.stream()
                .map(Property::name)
                .filter(name -> Arrays.stream(Section.values()).noneMatch(section -> name.matches(section.names)))
                .toList();
    }

    String page() {
        StringBuilder page = new StringBuilder("""
                # Properties of Spring Boot applications

                All properties of `touchstone-spring-boot-starter`. This page is generated from the metadata in its jar, which is what an
                editor completes. [spring.md](spring.md) describes the behavior, and [servlet.md](servlet.md#configuration) has the
                parameters of servlet applications.

                A duration is `30m`, `5d` or `PT0.4S`. An unknown property below `touchstone` stops the application.
                """);
        for (Section section : Section.values()) {
            page.append("\n## ").append(section.title).append("\n\n");
            if (!section.introduction.isEmpty()) {
                page.append(section.introduction).append("\n\n");
            }
            page.append("| property | type | default | description |\n|---|---|---|---|\n");
            properties.stream()
                    .filter(property -> property.name.matches(section.names))
                    .map(Property::row)
                    .forEach(page::append);
        }
        return page.toString();
    }
}
