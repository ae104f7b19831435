package dev.touchstone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The page of properties says what the starter's metadata says, and pages show only properties that exist. */
class PropertiesPageTest {

    private static final Path PAGE = Block.ROOT.resolve("docs/properties.md");

    private final PropertyReference reference;

    PropertiesPageTest() throws IOException, ClassNotFoundException {
        reference = PropertyReference.read();
    }

    @Test
    void pageSaysWhatTheMetadataSays() throws IOException {
        if (Boolean.getBoolean("properties.write")) {
            Files.writeString(PAGE, reference.page());
        }
        assertThat(reference.unlisted()).isEmpty();
        assertThat(Files.readString(PAGE))
                .as("if the change is intended, commit docs/properties.md as written by%n"
                        + "  mvn -pl spring-adapter/tests/boot-4.1 -am test -Dtest=PropertiesPageTest"
                        + " -Dproperties.write=true -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(reference.page());
    }

    @Test
    void propertiesInExamplesExist() throws IOException {
        List<Block> blocks = Block.all().stream()
                .filter(block -> block.language().equals("properties"))
                .toList();
        assertThat(blocks).hasSizeGreaterThan(5);
        assertThat(unknown(blocks)).isEmpty();
    }

    @Test
    void unknownPropertyIsFound() throws IOException {
        assertThat(unknown(Block.of("page.md", """
                ```properties
                touchstone.pages.enabled=true
                touchstone.page.links.Jaeger=https://jaeger.example.com/
                touchstone.touchpoints[0].name=search
                touchstone.touchpoints[0].names=search
                management.endpoint.touchstone.acces=none
                server.port=8081
                ```
                """)))
                .containsExactly(
                        "page.md:1: management.endpoint.touchstone.acces",
                        "page.md:1: touchstone.pages.enabled",
                        "page.md:1: touchstone.touchpoints[0].names");
    }

    private List<String> unknown(List<Block> blocks) throws IOException {
        List<String> unknown = new ArrayList<>();
        for (Block block : blocks) {
            Properties properties = new Properties();
            properties.load(new StringReader(block.text()));
            properties.stringPropertyNames().stream()
                    .filter(key -> key.startsWith("touchstone.") || key.startsWith("management.endpoint.touchstone"))
                    .filter(key -> !reference.has(key))
                    .sorted()
                    .forEach(key -> unknown.add(block + ": " + key));
        }
        return unknown;
    }
}
