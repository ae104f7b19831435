package dev.touchstone.examples.validation;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Turns lists of cases into columns. */
final class Cases {

    private Cases() {}

    static <T> double[] numbers(List<T> cases, ToDoubleFunction<T> number) {
        return cases.stream().mapToDouble(number).toArray();
    }

    static <T> boolean[] marks(List<T> cases, Predicate<T> mark) {
        boolean[] marks = new boolean[cases.size()];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = mark.test(cases.get(i));
        }
        return marks;
    }

    static double[] joined(double[] numbers, double... more) {
        double[] all = Arrays.copyOf(numbers, numbers.length + more.length);
        System.arraycopy(more, 0, all, numbers.length, more.length);
        return all;
    }

    static double flag(boolean flag) {
        return flag ? 1 : 0;
    }
}
