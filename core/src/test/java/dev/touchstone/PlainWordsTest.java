package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits the words that {@link PlainWords} counts, in every area of the repository. */
class PlainWordsTest {

    private static final double LIMIT = 0.2;

    /** Two words to plant, in parts so that this file contains none of them. */
    private static final String NO_ONE = "no" + "body";

    private static final String SAID = "to" + "ld";

    @TempDir
    Path tree;

    @Test
    void everyAreaIsWithinTheLimit() throws IOException {
        Map<String, PlainWords.Area> areas = PlainWords.in(Path.of(".."));
        assertThat(areas).containsKeys("core main", "core tests", "docs", "README.md", "page texts");
        Files.writeString(
                Path.of("target", "plain-words.txt"),
                areas.entrySet().stream()
                        .map(area -> area.getKey() + ": " + area.getValue() + "\n")
                        .collect(Collectors.joining()));
        assertThat(areas)
                .allSatisfy((name, area) -> assertThat(area.perThousand())
                        .as("%s: %s%n%s", name, area, String.join("\n", area.places()))
                        .isLessThanOrEqualTo(LIMIT));
    }

    @Test
    void wordsInEveryKindOfTextAreFound() throws IOException {
        plant("docs/page.md", "One line.\nThen " + NO_ONE + " is " + SAID + ".");
        plant("core/src/main/java/A.java", """
                /** For %1$s. */ class A { // %1$s
                  char quote = '"'; String %1$s = "%1$s", empty = ""; char c = '\\''; /* %1$s */
                  String block = ""\"
                      He said "%1$s".
                      ""\";
                }
                """.formatted(NO_ONE));
        plant("core/tests/otlp/src/main/java/B.java", "// One " + NO_ONE);
        plant("core/target/generated/src/main/java/C.java", "// " + NO_ONE);
        plant("core/src/main/resources/additional-spring-configuration-metadata.json", "\"" + SAID + "\"");

        Map<String, PlainWords.Area> areas = PlainWords.in(tree);

        assertThat(areas).containsOnlyKeys("docs", "core main", "core tests", "property descriptions");
        assertThat(areas.get("docs").places()).containsExactly("docs/page.md:2 " + NO_ONE, "docs/page.md:2 " + SAID);
        assertThat(areas.get("docs").perThousand()).isCloseTo(1000.0 * 2 / 6, within(1e-9));
        assertThat(areas.get("core main").places())
                .extracting(place -> place.replaceAll(".*:(\\d+) .*", "$1"))
                .containsExactly("1", "1", "2", "2", "4");
        assertThat(areas.get("core tests").perThousand()).isEqualTo(500);
        assertThat(areas.get("property descriptions").places()).hasSize(1);
    }

    @Test
    void partsOfLongerWordsAndIdentifiersAreNotCounted() throws IOException {
        plant("core/A.java", "class " + NO_ONE + " { /* retells foretold storyteller */ }");

        assertThat(PlainWords.in(tree).get("core tests").places()).isEmpty();
    }

    private void plant(String file, String text) throws IOException {
        Path planted = tree.resolve(file);
        Files.createDirectories(planted.getParent());
        Files.writeString(planted, text);
    }
}
