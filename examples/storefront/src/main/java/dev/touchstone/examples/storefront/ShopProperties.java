package dev.touchstone.examples.storefront;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the shop behaves.
 *
 * @param visitors how many visitors are in it at a time
 * @param pause how long they think before the next click, on average
 * @param slowSearches the share of searches that are slow, from 0 to 1
 * @param slowness how long a slow search takes
 * @param failedPayments the share of payments that fail, from 0 to 1
 * @param serviceDesk how long the employee who works on recovery cases takes for each step; without one if it is 0
 * @param badDays when the shop is worse than that, as long as it has visitors
 */
@ConfigurationProperties("storefront")
record ShopProperties(
        @DefaultValue("6") int visitors,
        @DefaultValue("300ms") Duration pause,
        @DefaultValue("0.15") double slowSearches,
        @DefaultValue("900ms") Duration slowness,
        @DefaultValue("0.15") double failedPayments,
        @DefaultValue("5s") Duration serviceDesk,
        @DefaultValue BadDays badDays) {

    /**
     * Bad days: in turn a release after which payments fail, and a slow search.
     *
     * @param enabled whether there are any
     * @param every how long a period is; each has one bad day
     * @param lasting how long a bad day lasts; less than a period
     * @param slowSearches the share of searches that are slow while the search is, from 0 to 1
     * @param failedPayments the share of payments that fail after a bad release, from 0 to 1
     * @param seed what the moments at which bad days begin are computed from
     */
    record BadDays(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("4m") Duration every,
            @DefaultValue("2m") Duration lasting,
            @DefaultValue("0.8") double slowSearches,
            @DefaultValue("0.8") double failedPayments,
            @DefaultValue("1") long seed) {

        BadDays {
            if (lasting.toMillis() < 1 || lasting.compareTo(every) >= 0) {
                throw new IllegalArgumentException("storefront.bad-days.lasting is " + lasting
                        + " and storefront.bad-days.every is " + every
                        + "; a bad day has to be at least 1 ms long and shorter than a period. Change one of them.");
            }
        }
    }
}
