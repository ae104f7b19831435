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
 */
@ConfigurationProperties("storefront")
record ShopProperties(
        @DefaultValue("3") int visitors,
        @DefaultValue("400ms") Duration pause,
        @DefaultValue("0.3") double slowSearches,
        @DefaultValue("900ms") Duration slowness,
        @DefaultValue("0.35") double failedPayments) {}
