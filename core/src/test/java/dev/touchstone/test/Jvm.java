package dev.touchstone.test;

import java.util.ArrayList;
import java.util.List;

/** Another process with the class path of this one. */
public final class Jvm {

    private Jvm() {}

    /**
     * Returns what starts a program.
     *
     * @param options options of the virtual machine
     */
    public static ProcessBuilder of(List<String> options, Class<?> program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    }
}
