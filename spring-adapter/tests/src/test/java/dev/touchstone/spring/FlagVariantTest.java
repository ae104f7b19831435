package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.providers.memory.Flag;
import dev.openfeature.sdk.providers.memory.InMemoryProvider;
import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The variants of flags that a request met are written at its event. */
class FlagVariantTest {

    private static final OpenFeatureAPI FLAGS = OpenFeatureAPI.getInstance();

    private static Shop shop;

    @BeforeAll
    static void open() {
        FLAGS.setProviderAndWait(new InMemoryProvider(Map.of(
                "checkout",
                Flag.<String>builder()
                        .variant("short", "one page")
                        .variant("long", "three pages")
                        .defaultVariant("short")
                        .build())));
        shop = Shop.open(Pages.class);
    }

    @AfterAll
    static void close() {
        shop.close();
        FLAGS.shutdown();
        FLAGS.clearHooks();
    }

    @AfterEach
    void forget() {
        shop.forget();
    }

    @Test
    void theVariantIsAnAttributeOfTheRequest() {
        assertThat(shop.get("/flagged").body()).isEqualTo("one page");
        assertThat(shop.event().attributes()).containsEntry("flag:checkout", "short");
    }

    @Test
    void aFlagThatIsNotEvaluatedIsNoAttribute() {
        shop.get("/plain");
        assertThat(shop.event().attributes()).isEmpty();
    }

    @Test
    void aFlagThatCannotBeEvaluatedIsNoAttribute() {
        assertThat(shop.get("/unknown").body()).isEqualTo("neither");
        assertThat(shop.event().attributes()).isEmpty();
    }

    @Test
    void whatIsEvaluatedOutsideARequestIsNoAttributeAndNoError() {
        assertThat(FLAGS.getClient().getStringValue("checkout", "neither")).isEqualTo("one page");
    }

    /** OpenFeature has no way to take a hook out. */
    @Test
    void anApplicationThatEndedIsLetGo() {
        Shop other = Shop.open(Pages.class);
        FlagVariantHook hook = other.bean(FlagVariantHook.class);
        Touchstone ended = other.touchstone();
        assertThat(FLAGS.getHooks()).contains(hook);
        other.close();
        assertThat(hook).hasFieldOrPropertyWithValue("touchstone", null);
        assertThat(ended.current()).isEmpty();
        shop.get("/flagged");
        assertThat(shop.event().attributes()).containsEntry("flag:checkout", "short");
    }

    /** Pages that look at flags. */
    @RestController
    static class Pages {

        private final Client client = FLAGS.getClient();

        @GetMapping("/flagged")
        @Touchpoint(name = "flagged")
        String flagged() {
            return client.getStringValue("checkout", "neither");
        }

        @GetMapping("/unknown")
        @Touchpoint(name = "unknown")
        String unknown() {
            return client.getStringValue("search", "neither");
        }

        @GetMapping("/plain")
        @Touchpoint(name = "plain")
        String plain() {
            return "plain";
        }
    }
}
