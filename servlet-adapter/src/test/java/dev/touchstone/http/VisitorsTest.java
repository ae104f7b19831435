package dev.touchstone.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorsTest {

    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0";

    private final Visitors visitors = Visitors.excludingAutomated(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kube-probe/1.29",
                "ELB-HealthChecker/2.0",
                "GoogleHC/1.0",
                "Consul Health Check",
                "Prometheus/2.53.0",
                "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) (KHTML, like Gecko) Mobile Safari/537.36 (compatible;"
                        + " bingbot/2.0)",
                "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2;"
                        + " +https://openai.com/gptbot)",
                "facebookexternalhit/1.1"
            })
    void automatedAgentsAreNoCustomersUnlessThatIsSwitchedOff(String userAgent) {
        assertThat(visitors.isCustomer("GET", userAgent)).isFalse();
        assertThat(Visitors.excludingAutomated(false).isCustomer("GET", userAgent))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                FIREFOX,
                "Mozilla/5.0 (Linux; Android 12; CUBOT KINGKONG 7) AppleWebKit/537.36", // a phone
                "curl/8.5.0",
                "Java-http-client/17.0.12",
                "notgooglebot/1.0",
                "\u212Aube-probe" // begins with the sign for Kelvin
            })
    void otherAgentsAreCustomers(String userAgent) {
        assertThat(visitors.isCustomer("GET", userAgent)).isTrue();
    }

    @Test
    void requestWithoutAgentIsACustomers() {
        assertThat(visitors.isCustomer("POST", null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "TRACE"})
    void requestsOfBrowsersAndToolsAreNever(String method) {
        assertThat(visitors.isCustomer(method, FIREFOX)).isFalse();
        assertThat(Visitors.excludingAutomated(false).isCustomer(method, null)).isFalse();
    }
}
