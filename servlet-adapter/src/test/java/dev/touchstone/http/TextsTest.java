package dev.touchstone.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The texts of the page: one file for each language, and what the scripts and the document ask for. */
class TextsTest {

    private static final Path FOLDER = folder();
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern LITERAL = Pattern.compile("(?<![!=]== )(?:\"([^\"]*)\"|`([^`]*)`)");
    private static final Pattern IN_DOCUMENT = Pattern.compile("data-(?:text|aria-label|placeholder)=\"([^\"]+)\"");

    private static Path folder() {
        try {
            return Path.of(PageContent.class.getResource("page/index.html").toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files(String pattern) {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> languages() {
        return files("texts-.*\\.json").stream()
                .map(file -> file.getFileName().toString().replaceAll("texts-|\\.json", ""))
                .toList();
    }

    /** Returns the forms of each text of a language. */
    private static Map<String, List<String>> texts(String language) {
        Map<String, List<String>> texts = new TreeMap<>();
        JsonNode root = new JsonMapper().readTree(content(FOLDER.resolve("texts-" + language + ".json")));
        root.properties()
                .forEach(entry -> texts.put(
                        entry.getKey(),
                        entry.getValue().isObject()
                                ? entry.getValue().properties().stream()
                                        .map(form -> form.getValue().asString())
                                        .toList()
                                : List.of(entry.getValue().asString())));
        return texts;
    }

    private static Set<String> matches(Pattern pattern, String in) {
        return pattern.matcher(in)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, Set<String>> places(String language) {
        Map<String, Set<String>> places = new TreeMap<>();
        texts(language).forEach((key, forms) -> places.put(key, matches(PLACE, String.join(" ", forms))));
        return places;
    }

    @Test
    void everyLanguageHasTheSameTextsWithTheSamePlaces() {
        assertThat(languages()).contains("en", "de");
        assertThat(languages())
                .allSatisfy(
                        language -> assertThat(places(language)).as(language).isEqualTo(places("en")));
    }

    @Test
    void everyFormOfATextHasWords() {
        assertThat(languages())
                .allSatisfy(language -> assertThat(texts(language).values())
                        .allSatisfy(forms -> assertThat(forms).isNotEmpty().allMatch(form -> !form.isBlank())));
    }

    @Test
    void everyLanguageIsServedAndOffered() {
        String offered = content(FOLDER.resolve("texts.js"));
        try (Touchstone touchstone = Touchstone.create()) {
            PageContent page = new PageContent(touchstone);
            assertThat(languages()).allSatisfy(language -> {
                assertThat(page.get("texts-" + language + ".json")).isPresent();
                assertThat(offered).containsPattern("LANGUAGES = .*\"" + language + "\"");
            });
        }
    }

    /** What the scripts and the document ask for; a {@code *} stands for what is known when the page runs. */
    private static Set<String> asked() {
        Set<String> asked = new TreeSet<>(matches(IN_DOCUMENT, content(FOLDER.resolve("index.html"))));
        files("(?!texts).*\\.js").stream().map(TextsTest::content).forEach(script -> {
            arguments(script, "text").forEach(asked::add);
            arguments(script, "rich").forEach(asked::add);
            arguments(script, "named").forEach(kind -> asked.add(kind + ".*"));
            arguments(script, "lasting").forEach(kind -> asked.add(kind + ".*"));
            arguments(script, "windowed").forEach(asked::add);
            arguments(script, "form").forEach(key -> asked.add("window." + key + ".*"));
            arguments(script, "formOfLong").forEach(key -> asked.add("window." + key + ".*"));
        });
        asked.removeIf(key -> key.startsWith("*")); // made by named, lasting and form
        return asked;
    }

    /** Returns the literals in the first argument of each call of a function. */
    private static Stream<String> arguments(String script, String function) {
        return Pattern.compile("(?<![\\w.])" + function + "\\(")
                .matcher(script)
                .results()
                .map(MatchResult::end)
                .map(start -> first(script.substring(start)))
                .flatMap(argument -> matches(LITERAL, argument).stream())
                .map(literal -> literal.replaceAll("\\$\\{[^}]*}", "*"));
    }

    private static String first(String arguments) {
        int depth = 0;
        for (int i = 0; i < arguments.length(); i++) {
            char c = arguments.charAt(i);
            depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            if (depth < 0 || (depth == 0 && c == ',')) {
                return arguments.substring(0, i);
            }
        }
        return arguments;
    }

    private static Pattern pattern(String asked) {
        return Pattern.compile(Pattern.quote(asked).replace("*", "\\E[\\w.]+\\Q"));
    }

    @Test
    void noTextIsMissing() {
        Set<String> known = texts("en").keySet();
        assertThat(asked())
                .hasSizeGreaterThan(100)
                .allSatisfy(
                        key -> assertThat(known).as(key).anyMatch(pattern(key).asMatchPredicate()));
    }

    @Test
    void noTextIsUnused() {
        List<Pattern> asked = asked().stream().map(TextsTest::pattern).toList();
        assertThat(texts("en").keySet())
                .allSatisfy(key -> assertThat(asked)
                        .as(key)
                        .anyMatch(pattern -> pattern.matcher(key).matches()));
    }
}
