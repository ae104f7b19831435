package dev.touchstone.spring;

import dev.touchstone.Touchpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Prints how much longer an application takes to start with the starter than without it: medians of starts in turn, in
 * one virtual machine, after some that do not count. A program and no test, since it measures.
 */
final class StartUpCost {

    private static final int WARM_UP = 5;
    private static final int STARTS = 25;

    private StartUpCost() {}

    public static void main(String[] arguments) {
        List<Double> with = new ArrayList<>();
        List<Double> without = new ArrayList<>();
        for (int i = 0; i < WARM_UP + STARTS; i++) {
            double plain = start(List.of(DifferentialTest.WITHOUT));
            double recorded = start(List.of());
            if (i >= WARM_UP) {
                without.add(plain);
                with.add(recorded);
            } else if (i == 0) {
                System.out.printf("first start: %.0f ms without, then %.0f ms with%n", plain, recorded);
            }
        }
        System.out.printf(
                "medians of %d starts: %.1f ms without, %.1f ms with%n", STARTS, median(without), median(with));
    }

    private static double start(List<String> properties) {
        long before = System.nanoTime();
        try (Shop shop = Shop.open(properties, Pages.class, Service.class)) {
            double elapsed = (System.nanoTime() - before) / 1e6;
            shop.get("/page");
            return elapsed;
        }
    }

    private static double median(List<Double> values) {
        Collections.sort(values);
        return values.get(values.size() / 2);
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        @Touchpoint(name = "page")
        String page() {
            return "page";
        }
    }

    static class Service {

        @Touchpoint(name = "service")
        public void serve() {}
    }
}
