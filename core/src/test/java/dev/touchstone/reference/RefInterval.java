package dev.touchstone.reference;

/** An interval of a proportion. */
public record RefInterval(double low, double high) {

    /** The interval of Wilson 1927, within [0,1] and around {@code p}. */
    static RefInterval wilson(double p, double n, double z) {
        double z2 = z * z;
        double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
        double half = z / (1 + z2 / n) * Math.sqrt(p * (1 - p) / n + z2 / (4 * n * n));
        return new RefInterval(Math.max(0, Math.min(p, centre - half)), Math.min(1, Math.max(p, centre + half)));
    }
}
