package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The pages in Markdown: their links lead somewhere, their JSON can be parsed. */
class DocumentsTest {

    static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)(?: \"[^\"]*\")?\\)");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+?) *#*$");

    static List<Path> pages(Path root) throws IOException {
        try (Stream<Path> top = Files.list(root);
                Stream<Path> docs = Files.walk(root.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    /** Returns the links to a file or heading that is not there. */
    private static List<String> broken(Path page) throws IOException {
        List<String> broken = new ArrayList<>();
        String prose = CODE.matcher(FENCE.matcher(Files.readString(page)).replaceAll(""))
                .replaceAll("");
        Matcher link = LINK.matcher(prose);
        while (link.find()) {
            String target = link.group(1);
            if (!target.matches("[a-z]+:.*") && !leadsSomewhere(page, target)) {
                broken.add(page + ": " + target);
            }
        }
        return broken;
    }

    private static boolean leadsSomewhere(Path page, String target) throws IOException {
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        Path file = path.isEmpty() ? page : page.resolveSibling(path);
        return Files.exists(file) && (hash < 0 || anchors(file).contains(target.substring(hash + 1)));
    }

    /** Returns the anchors of headings, as GitHub makes them. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        Matcher heading = HEADING.matcher(FENCE.matcher(Files.readString(page)).replaceAll(""));
        while (heading.find()) {
            String anchor = heading.group(1)
                    .replaceAll("]\\([^)]*\\)", "")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            for (int again = 1; !anchors.add(anchor); again++) {
                anchor = anchor.replaceAll("-" + (again - 1) + "$", "") + "-" + again;
            }
        }
        return anchors;
    }

    private static List<String> json(Path page) throws IOException {
        return FENCE.matcher(Files.readString(page))
                .results()
                .filter(fence -> fence.group(1).equals("json"))
                .map(fence -> fence.group(2))
                .toList();
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        List<Path> pages = pages(ROOT);
        assertThat(pages).hasSizeGreaterThan(30);
        assertThat(pages.stream().flatMap(page -> unchecked(() -> broken(page)).stream()))
                .isEmpty();
    }

    @Test
    void jsonCanBeParsed() throws IOException {
        JsonMapper mapper = new JsonMapper();
        for (Path page : pages(ROOT)) {
            for (String json : json(page)) {
                assertThatCode(() -> mapper.readTree(json))
                        .as("%s: %s", page, json)
                        .doesNotThrowAnyException();
            }
        }
    }

    /** The planted faults. */
    @Test
    void linksThatLeadNowhereAreFound(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("there.md"), "# A *heading*, `code`\n\n# Twice\n\n# Twice\n");
        Path page = Files.writeString(folder.resolve("page.md"), """
                [a](there.md) [b](there.md#a-heading-code) [c](there.md#twice-1) [d](#here) [e](https://example.com/x)
                `[f](code.md)`
                # Here
                ```
                [g](fence.md)
                ```
                [h](gone.md) [i](there.md#twice-2) [j](#there)
                """);
        assertThat(broken(page)).containsExactly(page + ": gone.md", page + ": there.md#twice-2", page + ": #there");
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T unchecked(Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
