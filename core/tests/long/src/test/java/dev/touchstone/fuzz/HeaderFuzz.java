package dev.touchstone.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.http.PrivacyControl;
import dev.touchstone.http.Routes;
import dev.touchstone.http.Visitors;
import dev.touchstone.telemetry.CustomerBaggage;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Set;

/** What clients write into headers, paths and ids: nothing is thrown, and no seal is believed that is not ours. */
public final class HeaderFuzz {

    private static final PseudonymKey KEY = PseudonymKey.of(new byte[32]);
    private static final CustomerBaggage BAGGAGE = new CustomerBaggage(KEY, "shop", Set.of("shop"));
    private static final TouchpointEvent EVENT = TouchpointEvent.builder("pay").build();
    private static final Visitors VISITORS = Visitors.excludingAutomated(true);
    private static final Catalog CATALOG = Catalog.builder()
            .touchpoint("order", t -> t.routes(List.of("GET /orders/{id}")))
            .touchpoint("orders", t -> t.routes(List.of("GET /orders", "POST /orders/**")))
            .build();
    private static final Routes ROUTES = new Routes(() -> CATALOG);

    private HeaderFuzz() {}

    public static void fuzzerTestOneInput(FuzzedDataProvider data) {
        String value = data.consumeString(400);
        String path = "/" + data.consumeRemainingAsString();
        try (Scope scope =
                Baggage.builder().put(CustomerBaggage.ENTRY, value).build().makeCurrent()) {
            if (scope == null || BAGGAGE.enrich(EVENT).customerKey().isPresent()) {
                throw new AssertionError("a seal is believed that was not made here");
            }
        }
        PrivacyControl.consent(value);
        VISITORS.isCustomer("GET", value);
        CustomerId customer = CustomerId.of(value);
        if (customer.isValid()
                && customer.key(KEY).equals(CustomerId.anonymous(value).key(KEY))) {
            throw new AssertionError("a guest has the pseudonym of a customer");
        }
        Channel.isValid(value);
        ROUTES.find("GET", path);
        ROUTES.findOnly(path);
    }
}
