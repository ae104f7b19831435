package dev.touchstone.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A line for each benchmark: nanoseconds by the number of customers, both on logarithmic axes. Immutable. */
final class GrowthPicture {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int LEFT = 80;
    private static final int RIGHT = 110;
    private static final int TOP = 24;
    private static final int BOTTOM = 44;
    private static final int LINE = 15;
    private static final String[] DASHES = {"", "6 4", "2 4"};

    private final Map<String, ? extends NavigableMap<Integer, Double>> lines;
    private final double fewest;
    private final double most;
    private final double bottom;
    private final double top;

    /** @param lines the nanoseconds by the number of customers, by the name of the benchmark; neither is empty */
    GrowthPicture(Map<String, ? extends NavigableMap<Integer, Double>> lines) {
        this.lines = lines;
        this.fewest =
                lines.values().stream().mapToInt(NavigableMap::firstKey).min().orElseThrow();
        this.most =
                lines.values().stream().mapToInt(NavigableMap::lastKey).max().orElseThrow();
        this.bottom = Math.pow(10, Math.floor(Math.log10(extreme(false))));
        this.top = Math.pow(10, Math.ceil(Math.log10(extreme(true))));
    }

    private double extreme(boolean greatest) {
        return lines.values().stream()
                .flatMap(line -> line.values().stream())
                .reduce(greatest ? Math::max : Math::min)
                .orElseThrow();
    }

    String svg() {
        StringBuilder svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\""
                        + " font-size=\"13\">",
                WIDTH,
                HEIGHT);
        add(svg, "<title>Nanoseconds of one event by the number of customers</title>");
        add(svg, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
        for (double ns = bottom; ns <= top; ns *= 10) {
            add(
                    svg,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>",
                    LEFT,
                    WIDTH - RIGHT,
                    y(ns),
                    y(ns));
            add(svg, "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,.0f ns</text>", LEFT - 6, y(ns) + 4, ns);
        }
        for (double customers = fewest; customers <= most; customers *= 10) {
            add(
                    svg,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,.0f</text>",
                    x(customers),
                    HEIGHT - BOTTOM + 18,
                    customers);
        }
        add(
                svg,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">customers</text>",
                (LEFT + WIDTH - RIGHT) / 2,
                HEIGHT - 8);
        int number = 0;
        for (Map.Entry<String, ? extends NavigableMap<Integer, Double>> line : lines.entrySet()) {
            StringBuilder points = new StringBuilder();
            line.getValue().forEach((customers, ns) -> add(points, "%.1f,%.1f ", x(customers), y(ns)));
            add(
                    svg,
                    "<polyline points=\"%s\" fill=\"none\" stroke=\"#1f4e8c\" stroke-width=\"2\" stroke-dasharray=\"%s\"/>",
                    points.toString().strip(),
                    DASHES[number++ % DASHES.length]);
        }
        label(svg);
        return svg.append("</svg>\n").toString();
    }

    /** Writes the names at the ends of the lines, from top to bottom, so that none covers another. */
    private void label(StringBuilder svg) {
        Map<Double, String> names = new TreeMap<>();
        lines.forEach((name, line) -> names.put(y(line.lastEntry().getValue()), name));
        double free = 0;
        for (Map.Entry<Double, String> name : names.entrySet()) {
            double y = Math.max(name.getKey(), free);
            free = y + LINE;
            add(svg, "<text x=\"%.1f\" y=\"%.1f\">%s</text>", x(most) + 8, y + 4, name.getValue());
        }
    }

    private double x(double customers) {
        return LEFT + (WIDTH - LEFT - RIGHT) * share(customers, fewest, most);
    }

    private double y(double ns) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share(ns, bottom, top);
    }

    private static double share(double value, double from, double to) {
        return from == to ? 0.5 : Math.log(value / from) / Math.log(to / from);
    }

    private static void add(StringBuilder svg, String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append(format.endsWith(" ") ? "" : "\n");
    }
}
