package dev.touchstone.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.Touchstone;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try")
class CustomerBaggageTest {

    private static final CustomerId YURI = CustomerId.of("yuri@example.org");
    private static final TextMapGetter<Map<String, String>> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public String get(Map<String, String> headers, String name) {
            return headers == null ? null : headers.get(name);
        }
    };

    private final PseudonymKey secret = PseudonymKey.random();
    private final CustomerBaggage storefront = new CustomerBaggage(secret, "storefront", Set.of());
    private final Touchstone downstream = Touchstone.builder()
            .pseudonymKey(secret)
            .enricher(new CustomerBaggage(secret, "warehouse", Set.of("storefront", "app.gateway")))
            .build();

    @AfterEach
    void close() {
        downstream.close();
    }

    @Test
    void theScoreOfAnEventDownstreamLandsOnTheRightCustomer() {
        String header = header(storefront);
        assertThat(header).doesNotContain("yuri");
        receive(header, TouchpointEvent.builder("pick").outcome(Outcome.FAILURE).build());
        assertThat(downstream.customer(YURI).count()).isOne();
        assertThat(downstream.scoreboard().touchpoints().get(0).channel()).isEqualTo(Channel.APP);
    }

    @Test
    void whoIsNamedThereIsNotReplaced() {
        CustomerId bob = CustomerId.of("bob");
        receive(
                header(storefront),
                TouchpointEvent.builder("pick")
                        .customer(bob)
                        .channel(Channel.PHONE)
                        .build());
        assertThat(downstream.customer(YURI).count()).isZero();
        assertThat(downstream.customer(bob).count()).isOne();
        assertThat(downstream.scoreboard().touchpoints().get(0).channel()).isEqualTo(Channel.PHONE);
    }

    @Test
    void whatHappenedAtAnotherTimeIsNotTheCallersBusiness() {
        receive(
                header(storefront),
                TouchpointEvent.builder("pick")
                        .time(Instant.now().minusSeconds(60))
                        .build());
        assertThat(downstream.customer(YURI).count()).isZero();
    }

    @Test
    void callersThatAreNotListedAreIgnored() {
        receive(
                header(new CustomerBaggage(secret, "stranger", Set.of())),
                TouchpointEvent.builder("pick").build());
        assertThat(downstream.customer(YURI).count()).isZero();
        assertThat(downstream.health().anonymous()).isOne();
    }

    @Test
    void anotherSecretIsIgnored() {
        receive(
                header(new CustomerBaggage(PseudonymKey.random(), "storefront", Set.of())),
                TouchpointEvent.builder("pick").build());
        assertThat(downstream.health().anonymous()).isOne();
    }

    @Test
    void forgeriesAndRubbishAreIgnored() {
        String genuine = entry();
        String[] parts = genuine.split(";", -1);
        String eve = downstream.key(CustomerId.of("eve")).toString();
        String[] forged = {
            "",
            ";",
            ";;;;",
            "x".repeat(10_000),
            String.join(";", parts[0], parts[1], eve, parts[3], parts[4]),
            String.join(";", parts[0], "app.gateway", parts[2], parts[3], parts[4]),
            String.join(";", parts[0], parts[1], parts[2], "web", parts[4]),
            String.join(";", parts[0], parts[1], parts[2], parts[3], ""),
            genuine + ";",
            genuine.toUpperCase(java.util.Locale.ROOT),
            "\u0000;\ud800;;;"
        };
        for (String entry : forged) {
            try (Scope scope = Baggage.builder()
                    .put("touchstone.customer", entry)
                    .build()
                    .storeInContext(Context.root())
                    .makeCurrent()) {
                downstream.record(TouchpointEvent.builder("pick").build());
            }
        }
        assertThat(downstream.health().anonymous()).isEqualTo(forged.length);
        assertThat(downstream.health().warnings(Warning.RESOLVER_ERROR)).isZero();
    }

    @Test
    void otherBaggageIsKept() {
        Context before =
                Context.root().with(Baggage.builder().put("tenant", "a").build());
        Context after = storefront.with(before, downstream.key(YURI), Channel.UNKNOWN);
        assertThat(Baggage.fromContext(after).getEntryValue("tenant")).isEqualTo("a");
    }

    @Test
    void aCompleterThatThrowsCostsNothingButANote() {
        try (Touchstone touchstone = Touchstone.builder()
                .enricher(event -> {
                    throw new IllegalStateException("broken");
                })
                .enricher(event -> event.toBuilder().customer(YURI).build())
                .build()) {
            touchstone.record(TouchpointEvent.builder("pick").build());
            assertThat(touchstone.customer(YURI).count()).isOne();
            assertThat(touchstone.health().warnings(Warning.RESOLVER_ERROR)).isOne();
        }
    }

    @Test
    void namesOfServicesAreChecked() {
        assertThatThrownBy(() -> new CustomerBaggage(secret, "store;front", Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("store;front");
        assertThatThrownBy(() -> new CustomerBaggage(secret, "storefront", Set.of("")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private String entry() {
        return Baggage.fromContext(storefront.with(Context.root(), downstream.key(YURI), Channel.APP))
                .getEntryValue("touchstone.customer");
    }

    /** What a service writes into the headers of a call, by the standard's own propagator. */
    private String header(CustomerBaggage sender) {
        Map<String, String> headers = new HashMap<>();
        W3CBaggagePropagator.getInstance()
                .inject(sender.with(Context.root(), downstream.key(YURI), Channel.APP), headers, Map::put);
        return headers.get("baggage");
    }

    private void receive(String header, TouchpointEvent event) {
        Context received =
                W3CBaggagePropagator.getInstance().extract(Context.root(), Map.of("baggage", header), HEADERS);
        try (Scope scope = received.makeCurrent()) {
            downstream.record(event);
        }
    }

    @Test
    void entryThatIsLongerThanAnyIsIgnored() {
        String told =
                String.join(";", secret.id(), "storefront", YURI.key(secret).toString(), "x".repeat(200));
        String entry = told + ";" + secret.seal(told);
        assertThat(entry).hasSizeGreaterThan(256);
        try (Scope scope =
                Baggage.builder().put(CustomerBaggage.ENTRY, entry).build().makeCurrent()) {
            downstream.record(TouchpointEvent.builder("pick").build());
        }
        assertThat(downstream.customer(YURI).count()).isZero();
        assertThat(downstream.health().anonymous()).isOne();
    }
}
