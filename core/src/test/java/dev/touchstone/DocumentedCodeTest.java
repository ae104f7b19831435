package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code on the pages in Markdown: all of it is fenced and names its language, and coordinates and commands name what
 * exists. The tests of the starter compile the Java code and check properties.
 */
class DocumentedCodeTest {

    private static final Set<String> LANGUAGES =
            Set.of("java", "json", "kotlin", "promql", "properties", "sh", "text", "xml");
    private static final Pattern IN_XML = Pattern.compile(
            "<groupId>dev\\.touchstone</groupId>\\s*<artifactId>([^<]*)</artifactId>(?:\\s*<version>([^<]*)</version>)?");
    private static final Pattern IN_GRADLE = Pattern.compile("dev\\.touchstone:([\\w-]+)(?::([\\w.-]+))?");
    private static final Pattern PARENT =
            Pattern.compile("<artifactId>touchstone-parent</artifactId>\\s*<version>([^<]*)</version>");
    private static final Pattern MODULES = Pattern.compile("-pl ([\\w,./-]+)");
    private static final Pattern TESTS = Pattern.compile("-Dtest=([A-Z]\\w*)");

    /** Returns the places of code outside a fence, and of fences without a known language. */
    private static List<String> unnamed(Path page) throws IOException {
        List<String> unnamed = new ArrayList<>();
        boolean fenced = false;
        boolean inList = false;
        String before = "";
        int number = 0;
        for (String line : Files.readAllLines(page)) {
            number++;
            if (line.startsWith("```")) {
                fenced = !fenced;
                if (fenced && !LANGUAGES.contains(line.substring("```".length()))) {
                    unnamed.add(page + ":" + number + " " + line);
                }
            } else if (!fenced) {
                boolean indented = line.startsWith("    ") && before.isBlank() && !inList;
                if (indented || line.strip().startsWith("```") || line.strip().startsWith("~~~")) {
                    unnamed.add(page + ":" + number + " " + line);
                }
                inList = line.matches("([-*]|\\d+\\.) .*") || (inList && line.matches("( .*)?"));
            }
            before = line;
        }
        return unnamed;
    }

    /** Returns the coordinates that no published artifact has. */
    private static List<String> unpublished(Path page) throws IOException {
        String bom = Files.readString(DocumentsTest.ROOT.resolve("bom/pom.xml"));
        Set<String> published = new HashSet<>(Set.of("touchstone-bom"));
        IN_XML.matcher(bom).results().forEach(one -> published.add(one.group(1)));
        String version = PARENT.matcher(bom).results().findFirst().orElseThrow().group(1);
        String text = Files.readString(page);
        return Stream.concat(
                        IN_XML.matcher(text).results(), IN_GRADLE.matcher(text).results())
                .filter(one -> !published.contains(one.group(1))
                        || (one.group(2) != null && !one.group(2).equals(version)))
                .map(one -> page + ": " + one.group())
                .toList();
    }

    /** Returns the modules and tests in commands that are not there. */
    private static List<String> missing(Path page, Set<String> types) throws IOException {
        String text = Files.readString(page);
        Stream<String> modules = MODULES.matcher(text)
                .results()
                .flatMap(command -> Stream.of(command.group(1).split(",")))
                .filter(module ->
                        !Files.exists(DocumentsTest.ROOT.resolve(module).resolve("pom.xml")));
        Stream<String> tests = TESTS.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(test -> !types.contains(test.substring("-Dtest=".length())));
        return Stream.concat(modules, tests).map(one -> page + ": " + one).toList();
    }

    private static Set<String> javaFiles() throws IOException {
        Set<String> types = new HashSet<>();
        Files.walkFileTree(DocumentsTest.ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return Set.of("target", ".git").contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (name.endsWith(".java")) {
                    types.add(name.substring(0, name.length() - ".java".length()));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return types;
    }

    @Test
    void codeIsFencedAndNamesItsLanguage() throws IOException {
        List<String> unnamed = new ArrayList<>();
        for (Path page : DocumentsTest.pages(DocumentsTest.ROOT)) {
            unnamed.addAll(unnamed(page));
        }
        assertThat(unnamed).isEmpty();
    }

    @Test
    void coordinatesAreThoseOfPublishedArtifacts() throws IOException {
        List<String> unpublished = new ArrayList<>();
        for (Path page : DocumentsTest.pages(DocumentsTest.ROOT)) {
            unpublished.addAll(unpublished(page));
        }
        assertThat(unpublished).isEmpty();
    }

    @Test
    void commandsNameModulesAndTestsThatExist() throws IOException {
        Set<String> types = javaFiles();
        List<String> missing = new ArrayList<>();
        for (Path page : DocumentsTest.pages(DocumentsTest.ROOT)) {
            missing.addAll(missing(page, types));
        }
        assertThat(missing).isEmpty();
    }

    /** The planted faults. */
    @Test
    void faultsAreFound(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(folder.resolve("page.md"), """
                Code:

                    not.fenced();

                - an entry

                    and its second paragraph

                ```
                no.language();
                ```
                ```kotlin
                implementation("dev.touchstone:touchstone-core:0.1")
                implementation("dev.touchstone:touchstone-gone")
                implementation("dev.touchstone:touchstone-core")
                ```
                ```sh
                mvn -pl core,gone -am test -Dtest=DocumentedCodeTest
                mvn -pl core test -Dtest=GoneTest
                ```
                """);
        assertThat(unnamed(page)).containsExactly(page + ":3     not.fenced();", page + ":9 ```");
        assertThat(unpublished(page))
                .containsExactly(
                        page + ": dev.touchstone:touchstone-core:0.1", page + ": dev.touchstone:touchstone-gone");
        assertThat(missing(page, javaFiles())).containsExactly(page + ": gone", page + ": -Dtest=GoneTest");
    }
}
