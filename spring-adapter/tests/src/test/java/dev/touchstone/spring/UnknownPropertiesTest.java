package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Properties that no setting reads. */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesTest {

    private static List<String> unknown(Map<String, Object> properties) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("application.properties", properties));
        return UnknownProperties.in(environment);
    }

    @Test
    void unknownPropertyStopsTheApplicationWithTheNearestName(CapturedOutput output) {
        assertThatThrownBy(() -> Shop.open(
                        List.of(
                                "touchstone.maximum-customer=5",
                                "touchstone.page.enabeld=true",
                                "touchstone.retention=500d"),
                        Empty.class))
                .isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("touchstone.maximum-customer: is not a property of Touchstone; did you mean"
                        + " \"touchstone.maximum-customers\"?")
                .contains("touchstone.page.enabeld: is not a property of Touchstone; did you mean"
                        + " \"touchstone.page.enabled\"?")
                .contains("touchstone.retention: ")
                .doesNotContain("\tat dev.touchstone");
    }

    @Test
    void everythingThatIsReadIsKnown() {
        assertThat(unknown(Map.ofEntries(
                        Map.entry("touchstone.maximumCustomers", "5"),
                        Map.entry("touchstone.former-key-files", "a,b"),
                        Map.entry("touchstone.page.path", "/cx"),
                        Map.entry("touchstone.page.links.grafana", "https://grafana.example.com/{touchpoint}"),
                        Map.entry("touchstone.telemetry.metrics", "none"),
                        Map.entry("touchstone.telemetry.baggage.callers[0]", "shop"),
                        Map.entry("touchstone.touchpoints[0].name", "pay"),
                        Map.entry("touchstone.touchpoints[0].importance", "2"),
                        Map.entry("touchstone.journeys[0].name", "purchase"),
                        Map.entry("touchstone.journeys[0].ends[0]", "pay"),
                        Map.entry("touchstones.else", "x"),
                        Map.entry("management.health.touchstone.enabled", "true"))))
                .isEmpty();
    }

    @Test
    void unknownAttributeInAListIsFoundToo() {
        assertThat(unknown(Map.of(
                        "touchstone.touchpoints[0].name", "pay",
                        "touchstone.touchpoints[0].onwer", "us",
                        "touchstone.telemetry.metrcs", "none")))
                .containsExactly(
                        "touchstone.telemetry.metrcs: is not a property of Touchstone; did you mean"
                                + " \"touchstone.telemetry.metrics\"?",
                        "touchstone.touchpoints[0].onwer: is not a property of Touchstone; did you mean"
                                + " \"touchstone.touchpoints[0].owner\"?");
    }

    @Test
    void mapInPlaceOfAListIsFound() {
        assertThat(unknown(Map.of("touchstone.touchpoints.pay.target", "400ms", "touchstone.journeys", "")))
                .singleElement()
                .asString()
                .startsWith("touchstone.touchpoints.pay.target: is not a property of Touchstone");
    }

    @Test
    void relaxedNamesAreKnown() {
        assertThat(unknown(Map.of("touchstone.MAXIMUM_CUSTOMERS", "5", "touchstone.page.ENABLED", "true")))
                .isEmpty();
    }

    private static StandardEnvironment withVariables(Map<String, Object> variables) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        new SystemEnvironmentPropertySource(
                                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
        return environment;
    }

    @Test
    void environmentVariablesAreExempt() {
        StandardEnvironment environment = withVariables(Map.of(
                "TOUCHSTONE_PSEUDONYM_KEY", "secret",
                "TOUCHSTONE_SERVICE_HOST", "10.0.0.1",
                "TOUCHSTONE_SERVICE_PORT_HTTP", "80",
                "TOUCHSTONE_PORT", "tcp://10.0.0.1:80",
                "TOUCHSTONE_PORT_80_TCP_ADDR", "10.0.0.1",
                "TOUCHSTONE_VERSION", "7",
                "TOUCHSTONE_PAGE_ENABLED", "true",
                "TOUCHSTONE_MAXIMUM_CUSTOMERS", "7",
                "TOUCHSTONE_MINIMUMGROUPSIZE", "5",
                "TOUCHSTONE_TOUCHPOINTS_0_NAME", "pay"));
        assertThat(UnknownProperties.in(environment)).isEmpty();
        assertThat(UnknownProperties.misspeltVariables(environment)).isEmpty();
    }

    @Test
    void environmentVariableThatIsMisspeltIsRemarked() {
        StandardEnvironment environment =
                withVariables(Map.of("TOUCHSTONE_MAXIMUM_CUSTOMER", "7", "TOUCHSTONE_PAGE_ENABELD", "true"));
        assertThat(UnknownProperties.in(environment)).isEmpty();
        assertThat(UnknownProperties.misspeltVariables(environment))
                .containsExactly(
                        "the environment variable TOUCHSTONE_MAXIMUM_CUSTOMER matches no setting; did you mean"
                                + " \"touchstone.maximum-customers\"?",
                        "the environment variable TOUCHSTONE_PAGE_ENABELD matches no setting; did you mean"
                                + " \"touchstone.page.enabled\"?");
    }

    @Configuration(proxyBeanMethods = false)
    static class Empty {}
}
