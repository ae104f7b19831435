package dev.touchstone.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A fenced block of code on a page of the documentation. {@code line} is that of its opening fence. */
record Block(String page, int line, String language, String text) {

    static final Path ROOT = Path.of("../../..");

    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");

    /** Returns the blocks of all pages, in the order of the pages. */
    static List<Block> all() throws IOException {
        List<Block> blocks = new ArrayList<>();
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            List<Path> pages = Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
            for (Path page : pages) {
                blocks.addAll(of(ROOT.relativize(page).toString(), Files.readString(page)));
            }
        }
        return blocks;
    }

    static List<Block> of(String page, String markdown) {
        List<Block> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(markdown);
        while (fence.find()) {
            int line = 1 + (int) markdown.substring(0, fence.start()).lines().count();
            blocks.add(new Block(page, line, fence.group(1), fence.group(2)));
        }
        return blocks;
    }

    /** Returns the place, {@code docs/care.md:10}. */
    @Override
    public String toString() {
        return page + ":" + line;
    }
}
