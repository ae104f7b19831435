package dev.touchstone.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The parameters in the documentation are those that are read. */
class DocumentedParametersTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(touchstone\\.[^`]+)` \\|");
    private static final Pattern PARAMETER = Pattern.compile("<param-name>(touchstone\\.[^<]+)</param-name>");

    @Test
    void everyParameterIsInTheTable() throws IOException {
        Set<String> expected = new TreeSet<>(Settings.KNOWN);
        expected.add(Settings.PAGE_LINKS + "<name>");
        assertThat(found(ROW, DOCS.resolve("servlet.md"))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void parametersInExamplesExist() throws IOException {
        try (Stream<Path> pages = Files.list(DOCS)) {
            for (Path page :
                    pages.filter(file -> file.toString().endsWith(".md")).toList()) {
                assertThat(Settings.KNOWN).as("%s", page).containsAll(found(PARAMETER, page));
            }
        }
        assertThat(found(PARAMETER, DOCS.resolve("getting-started.md"))).isNotEmpty();
    }

    private static List<String> found(Pattern pattern, Path page) throws IOException {
        return pattern.matcher(Files.readString(page))
                .results()
                .map(one -> one.group(1))
                .toList();
    }
}
