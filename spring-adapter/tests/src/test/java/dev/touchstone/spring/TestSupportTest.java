package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.Interaction;
import dev.touchstone.RecordingException;
import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.spring.test.AutoConfigureTouchstone;
import dev.touchstone.test.ManualClock;
import dev.touchstone.test.RecordedEvents;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.result.MockMvcResultMatchers;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/** A test of an application in which nothing but what it names is configured, as those of slices are. */
@SpringBootTest(classes = TestSupportTest.Slice.class)
@AutoConfigureTouchstone
class TestSupportTest {

    @Autowired
    private Touchstone touchstone;

    @Autowired
    private ManualClock clock;

    @Autowired
    private RecordedEvents recorded;

    @Autowired
    private WebApplicationContext context;

    private MockMvc mvc;

    @BeforeEach
    void begin() {
        mvc = MockMvcBuilders.webAppContextSetup(context).build();
    }

    @Test
    void timeStandsStillUntilItIsTold() {
        try (Interaction visit = touchstone.begin("visit")) {
            clock.advance(Duration.ofMillis(1234));
            visit.succeed();
        }
        assertThat(recorded.only().event().durationMs()).hasValue(1234);
    }

    @RepeatedTest(2)
    void eachTestStartsAnew() {
        CustomerId ada = CustomerId.of("ada");
        assertThat(recorded.all()).isEmpty();
        assertThat(clock.instant()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(touchstone.customer(ada).count()).isZero();
        assertThat(touchstone.health().offered()).isZero();
        assertThat(touchstone.catalog().touchpoint("page")).isPresent();
        clock.advance(Duration.ofDays(1));
        touchstone.record(TouchpointEvent.builder("visit").customer(ada).build());
        assertThat(recorded.only().event().time()).contains(Instant.parse("2026-03-02T10:00:00Z"));
    }

    @Test
    void whatIsRecordedCanBeLookedAt() throws Exception {
        mvc.perform(MockMvcRequestBuilders.get("/page"))
                .andExpect(MockMvcResultMatchers.status().isOk());
        assertThat(recorded.onlyAt("page").event().outcome()).contains(Outcome.DEGRADED);
        assertThat(recorded.only().touchpoint().owner()).contains("us");
    }

    @Test
    void recordingErrorsAreNotSilent() {
        assertThatThrownBy(() -> touchstone.record(null)).isInstanceOf(RecordingException.class);
    }

    @Test
    void theGuardOfTheRequestIsRespected() throws Exception {
        mvc.perform(MockMvcRequestBuilders.get("/page").with(TestSupportTest::recordedElsewhere))
                .andExpect(MockMvcResultMatchers.status().isOk());
        assertThat(recorded.all()).isEmpty();
    }

    private static MockHttpServletRequest recordedElsewhere(MockHttpServletRequest request) {
        request.setAttribute("dev.touchstone.interaction", Touchstone.noop().begin("elsewhere"));
        return request;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    @Import(Pages.class)
    static class Slice {}

    @RestController
    static class Pages {

        @GetMapping("/page")
        @Touchpoint(name = "page", owner = "us")
        String page(Interaction visit) {
            visit.degrade();
            return "page";
        }
    }
}
