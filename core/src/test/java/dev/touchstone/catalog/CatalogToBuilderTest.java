package dev.touchstone.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Stage;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A catalog that goes on as a layer of another one. */
class CatalogToBuilderTest {

    private final Catalog original = Catalog.builder()
            .touchpoint(
                    "pay",
                    pay -> pay.title("Pay")
                            .stage(Stage.PURCHASE)
                            .channel(Channel.WEB)
                            .journey("purchase")
                            .owner("payments")
                            .target(Duration.ofMillis(400))
                            .importance(3)
                            .objective(0.99)
                            .supportContact(true)
                            .routes(List.of("POST /pay")))
            .touchpoint("search")
            .journey("purchase", purchase -> purchase.steps(3).ends("confirm"))
            .benchmark(new Catalog.Benchmark("nps", "sector", 32, OptionalLong.of(1200)))
            .build();

    @Test
    void saysAllThatTheCatalogSays() {
        Catalog copy = original.toBuilder("code").build();
        assertThat(copy.touchpoints())
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(original.touchpoints());
        assertThat(copy.journeys()).isEqualTo(original.journeys());
        assertThat(copy.benchmarks()).isEqualTo(original.benchmarks());
        assertThat(copy.model()).isEqualTo(original.model());
    }

    @Test
    void leavesOpenWhatTheCatalogLeavesOpen() {
        Catalog both = original.toBuilder("code")
                .over(Catalog.builder()
                        .touchpoint(
                                "search",
                                search -> search.channel(Channel.APP)
                                        .importance(2)
                                        .supportContact(true)))
                .build();
        TouchpointDefinition search = both.touchpoint("search").orElseThrow();
        assertThat(search.channel()).isEqualTo(Channel.APP);
        assertThat(search.importance()).isEqualTo(OptionalDouble.of(2));
        assertThat(search.supportContact()).isTrue();
    }

    @Test
    void problemsNameTheSource() {
        Catalog.Builder more = original.toBuilder("code").touchpoint("search", search -> search.importance(99));
        assertThatThrownBy(more::build).hasMessageContaining("code/touchpoints/");
    }
}
