package dev.touchstone;

import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.UnionTypeTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Finds {@code catch (Throwable ...)} in source files. Class files do not suffice: for try-with-resources javac writes a
 * handler of the type Throwable too, and nothing that ArchUnit reads sets the two apart.
 */
final class ThrowableCatches {

    private static final Set<String> NAMES = Set.of("Throwable", "java.lang.Throwable");

    private ThrowableCatches() {}

    /** The catches below a folder, each as {@code path/File.java:line}; empty if there is no such folder. */
    static List<String> in(Path sources) {
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> files = Files.walk(sources);
                StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> java = files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            if (java.isEmpty()) {
                return List.of();
            }
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(java));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<String> found = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                String file =
                        sources.toUri().relativize(unit.getSourceFile().toUri()).getPath();
                new CatchScanner(tree -> found.add(
                                file + ":" + unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree))))
                        .scan(unit, null);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class CatchScanner extends TreeScanner<Void, Void> {
        private final Consumer<CatchTree> onThrowable;

        CatchScanner(Consumer<CatchTree> onThrowable) {
            this.onThrowable = onThrowable;
        }

        @Override
        public Void visitCatch(CatchTree tree, Void unused) {
            Tree type = tree.getParameter().getType();
            List<? extends Tree> types =
                    type instanceof UnionTypeTree union ? union.getTypeAlternatives() : List.of(type);
            if (types.stream().anyMatch(caught -> NAMES.contains(caught.toString()))) {
                onThrowable.accept(tree);
            }
            return super.visitCatch(tree, null);
        }
    }
}
