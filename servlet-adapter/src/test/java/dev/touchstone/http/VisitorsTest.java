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
                "facebookexternalhit/1.1",
                "Amazon-Route53-Health-Check-Service (ref b5996862-d894-4595-88da-7940808e9665; report http://amzn.to/1vsZADi)",
                "GoogleStackdriverMonitoring-UptimeChecks(https://cloud.google.com/monitoring)",
                "Edge Health Probe",
                "HealthCheck/1.0",
                "ReadyForRequest/1.0 (HealthCheck)",
                "Mozilla/5.0 (compatible; Cloudflare-Healthchecks/1.0; +https://www.cloudflare.com/)",
                "Envoy/HC",
                "Blackbox Exporter/0.24.0",
                "Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)",
                "check_http/v2.3.3 (nagios-plugins 2.3.3)",
                "Datadog/Synthetics",
                "NewRelicPinger/1.0 (1234567)",
                "Mozilla/5.0 (compatible; YandexMobileBot/3.0; +http://yandex.com/bots)",
                "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
                "Mozilla/5.0 (compatible; Yeti/1.1; +http://naver.me/spd)",
                "Mediapartners-Google",
                "Mozilla/5.0 (compatible; GoogleOther)",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.1"
                        + " Safari/605.1.15 (Applebot/0.1; +http://www.apple.com/go/applebot)",
                "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0;"
                        + " +https://perplexity.ai/perplexitybot)",
                "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
                "Mozilla/5.0 (compatible; DataForSeoBot/1.0; +https://dataforseo.com/dataforseo-bot)",
                "WhatsApp/2.23.20.0 A",
                "Slack-ImgProxy (+https://api.slack.com/robots)"
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
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
                        + " [FBAN/FBIOS;FBAV/468.0.0.39.103;FBDV/iPhone15,2]", // the browser in an app
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 YaBrowser/24.4"
                        + " YaApp_Android/24.42 Safari/537.36", // a browser of a search engine
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Slack/4.38"
                        + " Chrome/124.0 Electron/30.0 Safari/537.36",
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
