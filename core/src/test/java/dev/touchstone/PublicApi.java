package dev.touchstone;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public API of a directory of classes: every public type outside packages named {@code internal}, with its public
 * and protected members, sorted.
 */
final class PublicApi {

    private static final String CLASS = ".class";

    private final List<Class<?>> types;

    private PublicApi(List<Class<?>> types) {
        this.types = types;
    }

    static PublicApi of(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return new PublicApi(files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(CLASS) && !file.endsWith("-info" + CLASS))
                    .map(file -> file.substring(0, file.length() - CLASS.length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .<Class<?>>map(PublicApi::load)
                    .filter(PublicApi::isApi)
                    .sorted(Comparator.<Class<?>, String>comparing(Class::getName))
                    .toList());
        }
    }

    long topLevelTypes() {
        return types.stream().filter(type -> type.getEnclosingClass() == null).count();
    }

    /** One line a type, followed by one indented line a member. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Class<?> type : types) {
            lines.add(header(type));
            members(type).map(member -> "    " + member).forEach(lines::add);
        }
        return lines;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApi.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static boolean isApi(Class<?> type) {
        if (!Modifier.isPublic(type.getModifiers()) || type.getPackageName().endsWith(".internal")) {
            return false;
        }
        return type.getEnclosingClass() == null || isApi(type.getEnclosingClass());
    }

    /** Written here because {@code Class.toGenericString} differs between JDK 17 and 25. */
    private static String header(Class<?> type) {
        StringBuilder header = new StringBuilder();
        if (Modifier.isFinal(type.getModifiers())) {
            header.append("final ");
        }
        if (type.isSealed()) {
            header.append("sealed ");
        }
        if (Modifier.isAbstract(type.getModifiers()) && !type.isInterface()) {
            header.append("abstract ");
        }
        header.append(kind(type)).append(' ').append(type.getName());
        if (type.getTypeParameters().length > 0) {
            header.append('<').append(names(type.getTypeParameters())).append('>');
        }
        Type parent = type.getGenericSuperclass();
        if (parent != null && parent != Object.class && !type.isEnum() && !type.isRecord()) {
            header.append(" extends ").append(parent.getTypeName());
        }
        if (type.getInterfaces().length > 0) {
            header.append(" : ").append(names(type.getGenericInterfaces()));
        }
        return header.toString();
    }

    private static String kind(Class<?> type) {
        if (type.isAnnotation()) {
            return "annotation";
        }
        if (type.isInterface()) {
            return "interface";
        }
        if (type.isEnum()) {
            return "enum";
        }
        return type.isRecord() ? "record" : "class";
    }

    private static String names(Type[] types) {
        return Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
    }

    private static Stream<String> members(Class<?> type) {
        Stream<Member> all = Stream.of(
                        type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Arrays::stream);
        return all.filter(member -> !member.isSynthetic())
                .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
                .map(PublicApi::text)
                .sorted();
    }

    private static String text(Member member) {
        if (member instanceof Field field) {
            return field.toGenericString();
        }
        String text = ((Executable) member).toGenericString();
        boolean hasDefault = member instanceof Method method && method.getDefaultValue() != null;
        return hasDefault ? text + " default" : text;
    }
}
