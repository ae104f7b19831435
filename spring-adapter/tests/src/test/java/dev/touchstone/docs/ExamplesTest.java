package dev.touchstone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles the Java code in the documentation. Code with a {@code main} method also runs, and must print what the next
 * block shows. No code is exempt.
 */
class ExamplesTest {

    private static final Pattern TYPE = Pattern.compile("(?m)^(?:\\w+ )*(?:class|record|interface|enum) (\\w+)");

    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);");

    @TempDir
    private Path folder;

    @Test
    void codeCompilesAndProgramsPrintWhatThePagesShow() throws Exception {
        List<Block> blocks = Block.all();
        List<Example> examples = examples(blocks);
        assertThat(examples).hasSizeGreaterThan(30);
        assertThat(problems(examples)).isEmpty();

        List<Example> programs = examples.stream().filter(Example::isProgram).toList();
        assertThat(programs).hasSizeGreaterThan(9);
        assertThat(printed(programs)).isEqualTo(shown(programs, blocks));
    }

    @Test
    void codeWithoutItsImportsIsFound() throws IOException {
        List<Example> page = examples(Block.of("page.md", """
                # Page

                ```java
                class Shop {

                    Touchstone touchstone;
                }
                ```
                """));
        assertThat(problems(page)).singleElement().asString().startsWith("page.md:6: cannot find symbol");
    }

    @Test
    void outputThatThePageDoesNotShowIsFound() throws Exception {
        List<Block> blocks = Block.of("page.md", """
                ```java
                class Sum {
                    public static void main(String[] args) {
                        System.out.println(1 + 1);
                    }
                }
                ```
                ```text
                3
                ```
                """);
        List<Example> page = examples(blocks);
        assertThat(problems(page)).isEmpty();
        assertThat(printed(page)).containsExactly(Map.entry("page.md:1", "2\n"));
        assertThat(shown(page, blocks)).containsExactly(Map.entry("page.md:1", "3\n"));
    }

    /** Returns the errors of the compiler, with their places on the pages. */
    private List<String> problems(List<Example> examples) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        List<String> options =
                List.of("--release", "17", "-proc:none", "-nowarn", "-cp", classPath(), "-d", folder.toString());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
            compiler.getTask(null, files, found, options, null, examples).call();
        }
        return found.getDiagnostics().stream()
                .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                .map(one -> one.getSource() instanceof Example example
                        ? example.block.page() + ":" + (example.block.line() + one.getLineNumber()) + ": "
                                + one.getMessage(Locale.ROOT)
                        : one.toString())
                .toList();
    }

    /** Runs compiled programs in one process, without a log, and returns what each prints by its place. */
    private Map<String, String> printed(List<Example> programs) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
                "-cp",
                folder + File.pathSeparator + classPath(),
                Programs.class.getName()));
        programs.forEach(program -> command.add(program.type));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
        String[] outputs = Files.readString(out).split(Programs.END, -1);
        Map<String, String> printed = new LinkedHashMap<>();
        for (int i = 0; i < programs.size(); i++) {
            printed.put(programs.get(i).block.toString(), outputs[i]);
        }
        return printed;
    }

    /** Returns the blocks that follow the programs, by the places of the programs. */
    private static Map<String, String> shown(List<Example> programs, List<Block> blocks) {
        Map<String, String> shown = new LinkedHashMap<>();
        for (Example program : programs) {
            Block next = blocks.get(blocks.indexOf(program.block) + 1);
            shown.put(
                    program.block.toString(),
                    next.language().equals("text") ? next.text() : "the next block must be text, with the output");
        }
        return shown;
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }

    private static List<Example> examples(List<Block> blocks) {
        return blocks.stream()
                .filter(block -> block.language().equals("java"))
                .map(Example::new)
                .toList();
    }

    /** A source file: the block as it stands, in a package of its own unless it declares one, since names return. */
    private static final class Example extends SimpleJavaFileObject {

        private final Block block;
        private final String type;
        private final String source;

        private Example(Block block) {
            this(block, packageOf(block), typeOf(block));
        }

        private Example(Block block, String packageName, String type) {
            super(URI.create("string:///" + packageName + "/" + type + ".java"), Kind.SOURCE);
            this.block = block;
            this.type = packageName + "." + type;
            this.source =
                    block.text().startsWith("package ") ? block.text() : "package " + packageName + "; " + block.text();
        }

        private static String packageOf(Block block) {
            Matcher declared = PACKAGE.matcher(block.text());
            return declared.find() ? declared.group(1) : (block.page() + "_" + block.line()).replaceAll("\\W", "_");
        }

        private static String typeOf(Block block) {
            Matcher type = TYPE.matcher(block.text());
            assertThat(type.find()).as("%s declares a type", block).isTrue();
            return type.group(1);
        }

        private boolean isProgram() {
            return block.text().contains("static void main(");
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }
}
