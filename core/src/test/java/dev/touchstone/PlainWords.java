package dev.touchstone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts words that plain technical English avoids, by area of a source tree: comments and literals of Java files,
 * Markdown, property descriptions and the English texts of the page.
 */
final class PlainWords {

    private static final Pattern WORD = Pattern.compile("\\p{L}+");

    /** Matches whole words only. The alternatives are split so that this file contains none of the words. */
    private static final Pattern AVOIDED =
            Pattern.compile("(?:some|no|every)body|who(?:ever|m)|t(?:ells?|old)", Pattern.CASE_INSENSITIVE);

    /** A comment, text block, string or character. A character must be matched so that {@code '"'} opens no string. */
    private static final Pattern JAVA_TEXT = Pattern.compile("//.*"
            + "|/\\*[\\s\\S]*?\\*/"
            + "|\"\"\"[\\s\\S]*?\"\"\""
            + "|\"[^\"\\\\\n]*+(?:\\\\.[^\"\\\\\n]*+)*+\""
            + "|'(?:[^'\\\\\n]|\\\\.[^'\n]*)'");

    private final Map<String, Area> areas = new TreeMap<>();

    /** The words of an area, and the places of the avoided ones. */
    static final class Area {
        private final List<String> places = new ArrayList<>();
        private int words;

        List<String> places() {
            return places;
        }

        double perThousand() {
            return words == 0 ? 0 : 1000.0 * places.size() / words;
        }

        @Override
        public String toString() {
            return "%.2f per 1,000 words (%,d in %,d)".formatted(perThousand(), places.size(), words);
        }
    }

    private PlainWords() {}

    static Map<String, Area> in(Path root) {
        PlainWords counted = new PlainWords();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    String name = directory.getFileName().toString();
                    boolean skipped = name.equals("target") || (name.startsWith(".") && !name.equals(".."));
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    counted.count(root.relativize(file), file);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return counted.areas;
    }

    private void count(Path relative, Path file) throws IOException {
        String name = file.getFileName().toString();
        String top = relative.getName(0).toString();
        if (name.endsWith(".java")) {
            String path = relative.toString().replace('\\', '/');
            boolean main = path.contains("/src/main/") && !path.contains("/tests/");
            String source = Files.readString(file);
            for (Matcher text = JAVA_TEXT.matcher(source); text.find(); ) {
                count(top + (main ? " main" : " tests"), relative, source, text.start(), text.end());
            }
        } else if (name.endsWith(".md")) {
            countAll(relative.getNameCount() == 1 ? name : relative.getParent().toString(), relative, file);
        } else if (name.equals("additional-spring-configuration-metadata.json")) {
            countAll("property descriptions", relative, file);
        } else if (name.equals("texts-en.json")) {
            countAll("page texts", relative, file);
        }
    }

    private void countAll(String area, Path relative, Path file) throws IOException {
        String text = Files.readString(file);
        count(area, relative, text, 0, text.length());
    }

    private void count(String name, Path relative, String text, int start, int end) {
        Area area = areas.computeIfAbsent(name, unused -> new Area());
        for (Matcher word = WORD.matcher(text).region(start, end); word.find(); ) {
            area.words++;
            if (AVOIDED.matcher(word.group()).matches()) {
                long line = 1
                        + text.chars()
                                .limit(word.start())
                                .filter(c -> c == '\n')
                                .count();
                area.places.add(relative + ":" + line + " " + word.group());
            }
        }
    }
}
