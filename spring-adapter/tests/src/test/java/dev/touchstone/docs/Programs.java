package dev.touchstone.docs;

import java.lang.reflect.Method;

/** Runs the named programs one after the other. Each output ends with {@link #END}. */
final class Programs {

    static final String END = "\u0004";

    private Programs() {}

    public static void main(String[] types) throws ReflectiveOperationException {
        for (String type : types) {
            Method main = Class.forName(type).getMethod("main", String[].class);
            main.setAccessible(true);
            main.invoke(null, (Object) new String[0]);
            System.out.print(END);
        }
    }
}
