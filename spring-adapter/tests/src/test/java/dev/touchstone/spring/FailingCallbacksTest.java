package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.AssessmentListener;
import dev.touchstone.ChannelResolver;
import dev.touchstone.ConsentResolver;
import dev.touchstone.CustomerExperience;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchpoint;
import dev.touchstone.event.Channel;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.http.OutcomeClassifier;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A resolver, a classifier and a listener that all throw, and requests that never learn of it. */
class FailingCallbacksTest {

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(Pages.class, Broken.class);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void forget() {
        shop.forget();
    }

    @Test
    void theRequestIsServedAndTheStandardOutcomeRecorded() {
        HttpResponse<String> response = shop.getAs("ada", "/page");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("page for 0");
        TouchpointEvent event = shop.event();
        assertThat(event.outcome()).contains(Outcome.SUCCESS);
        assertThat(event.customerKey()).isEmpty();
    }

    @Test
    void everyFailureIsCounted() {
        long events = shop.touchstone().health().accepted();
        shop.get("/fail");
        assertThat(shop.outcome()).isEqualTo(Outcome.FAILURE);
        var health = shop.touchstone().health();
        assertThat(health.accepted()).isEqualTo(events + 1);
        assertThat(health.warnings(Warning.LISTENER_ERROR)).isEqualTo(events + 1);
        assertThat(health.warnings(Warning.CLASSIFIER_ERROR)).isEqualTo(events + 1);
        assertThat(health.warnings(Warning.RESOLVER_ERROR)).isGreaterThanOrEqualTo(events + 1);
        assertThat(health.warnings(Warning.UNSETTLED)).isZero();
    }

    @Test
    void soItIsIfAllOfThemReturnNull() {
        try (Shop other = Shop.open(Pages.class, Null.class)) {
            HttpResponse<String> response = other.getAs("ada", "/page");
            assertThat(response.body()).isEqualTo("page for 0");
            // the consent is unknown, so nothing counts
            assertThat(other.events()).isEmpty();
            assertThat(other.touchstone().health().dropped(DropReason.NO_CONSENT))
                    .isOne();
        }
    }

    @Test
    void aClassifierThatReturnsNullIsCountedAndTheStandardOneDecides() {
        try (Shop other = Shop.open(Pages.class, NullClassifier.class)) {
            assertThat(other.get("/page").body()).isEqualTo("page for 0");
            assertThat(other.outcome()).isEqualTo(Outcome.SUCCESS);
            assertThat(other.touchstone().health().warnings(Warning.CLASSIFIER_ERROR))
                    .isOne();
        }
    }

    @Test
    void aResolverOfChannelsThatThrowsLeavesTheDeclaredChannel() {
        try (Shop other = Shop.open(Pages.class, BrokenChannel.class)) {
            assertThat(other.get("/page").body()).isEqualTo("page for 0");
            assertThat(other.event().channel()).contains(Channel.UNKNOWN);
            assertThat(other.touchstone().health().warnings(Warning.RESOLVER_ERROR))
                    .isOne();
        }
    }

    @Test
    void aCustomizerThatThrowsIsToldWhenTheApplicationStarts() {
        assertThatThrownBy(() -> Shop.open(Pages.class, BrokenCustomizer.class))
                .hasRootCauseMessage("0.0 is not a sampling rate: it must be more than 0 and at most 1");
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        @Touchpoint(name = "page")
        String page(CustomerExperience customer) {
            return "page for " + customer.count();
        }

        @GetMapping("/fail")
        @Touchpoint(name = "fail")
        String fail() {
            throw new IllegalStateException("the host's own");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Broken {

        @Bean
        CustomerResolver<HttpServletRequest> brokenResolver() {
            return request -> {
                throw new LinkageError("resolver");
            };
        }

        @Bean
        OutcomeClassifier<HttpServletRequest> brokenClassifier() {
            return request -> {
                throw new StackOverflowError("classifier");
            };
        }

        @Bean
        @Order(1)
        AssessmentListener brokenListener() {
            return (event, touchpoint, assessment) -> {
                throw new IllegalStateException("listener");
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Null {

        @Bean
        CustomerResolver<HttpServletRequest> nobody() {
            return request -> null;
        }

        @Bean
        ChannelResolver<HttpServletRequest> nowhere() {
            return request -> null;
        }

        @Bean
        ConsentResolver<HttpServletRequest> nothing() {
            return request -> null;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NullClassifier {

        @Bean
        OutcomeClassifier<HttpServletRequest> nothing() {
            return request -> null;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class BrokenChannel {

        @Bean
        ChannelResolver<HttpServletRequest> broken() {
            return request -> {
                throw new IllegalStateException("channel");
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class BrokenCustomizer {

        @Bean
        TouchstoneCustomizer broken() {
            return builder -> builder.samplingRate(0);
        }
    }
}
