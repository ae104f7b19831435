package dev.touchstone.kafka;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import java.time.Duration;

/** A catalog under a model in which pace counts for nothing, since each partition learns its own. */
final class PurchaseCatalog {

    static final Catalog CATALOG = Catalog.builder()
            .model(ScoreModel.STANDARD
                    .derive("no-pace")
                    .set(ModelConstant.PACE_SHARE, 0)
                    .set(ModelConstant.PACE_SPREAD, 10)
                    .build())
            .journey("purchase", j -> j.timeout(Duration.ofMinutes(30)).steps(4).ends("pay"))
            .touchpoint("search", t -> t.target(Duration.ofMillis(200)).owner("discovery"))
            .touchpoint("browse", t -> t.target(Duration.ofMillis(300)))
            .touchpoint("support", t -> t.target(Duration.ofMinutes(3)).supportContact(true))
            .touchpoint("basket", t -> t.target(Duration.ofMillis(300)).journey("purchase"))
            .touchpoint("address", t -> t.target(Duration.ofMillis(300)).journey("purchase"))
            .touchpoint(
                    "pay",
                    t -> t.target(Duration.ofMillis(400))
                            .journey("purchase")
                            .importance(3)
                            .owner("payments"))
            .build();

    private PurchaseCatalog() {}
}
