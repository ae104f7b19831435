package dev.touchstone.examples.storefront;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * The schedule of the shop: ordinary days and, once in each period, a bad one. Bad days are in turn a release after which
 * payments fail until it is rolled back, and a slow search. The same seed gives the same schedule. Immutable.
 */
final class Days {

    /** The version that is deployed unless a bad release is. */
    static final String STABLE = "2.3.0";

    // a bad day begins in the last quarter of the quiet time, so that scores have something to fall from
    private static final double EARLIEST_BEGIN = 0.75;

    private final ShopProperties shop;
    private final ShopProperties.BadDays bad;

    Days(ShopProperties shop) {
        this.shop = shop;
        this.bad = shop.badDays();
    }

    /** Returns what the shop is like that long after it opened. */
    Day at(Duration sinceOpening) {
        long period = Math.floorDiv(sinceOpening.toMillis(), bad.every().toMillis());
        Duration inPeriod = sinceOpening.minus(bad.every().multipliedBy(period));
        Duration sinceBegin = inPeriod.minus(begin(period));
        if (!bad.enabled() || sinceBegin.isNegative() || sinceBegin.compareTo(bad.lasting()) >= 0) {
            return ordinary();
        }
        return period % 2 == 0 ? afterRelease("2.3." + (period / 2 + 1)) : slowSearch();
    }

    private Duration begin(long period) {
        double position = new SplittableRandom(bad.seed() + period).nextDouble(EARLIEST_BEGIN, 1);
        Duration quiet = bad.every().minus(bad.lasting());
        return Duration.ofMillis((long) (position * quiet.toMillis()));
    }

    private Day ordinary() {
        return new Day(
                STABLE, shop.slowSearches(), shop.failedPayments(), "An ordinary day, on version " + STABLE + ".");
    }

    private Day slowSearch() {
        return new Day(STABLE, bad.slowSearches(), shop.failedPayments(), "A bad day: most searches are slow.");
    }

    private Day afterRelease(String version) {
        return new Day(
                version,
                shop.slowSearches(),
                bad.failedPayments(),
                "A bad day: since release " + version + " most payments fail.");
    }
}
