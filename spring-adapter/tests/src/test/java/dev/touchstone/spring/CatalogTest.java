package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Interaction;
import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Stage;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is declared where, who wins, and how a start fails. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("try")
class CatalogTest {

    @Test
    void theFileWinsOverPropertiesOverCodeOverAnnotationsAttributeByAttribute() {
        List<String> properties = List.of(
                "touchstone.catalog=classpath:catalogs/precedence.json",
                "touchstone.touchpoints[0].name=pay",
                "touchstone.touchpoints[0].owner=properties",
                "touchstone.touchpoints[0].title=properties",
                "touchstone.touchpoints[0].objective=0.99",
                "touchstone.journeys[0].name=purchase",
                "touchstone.journeys[0].steps=4",
                "touchstone.journeys[0].timeout=10m",
                "touchstone.journeys[0].ends=pay");
        try (Shop shop = Shop.open(properties, Pages.class, InCode.class)) {
            Catalog catalog = shop.touchstone().catalog();
            TouchpointDefinition pay = catalog.touchpoint("pay").orElseThrow();
            assertThat(pay.title()).contains("file");
            assertThat(pay.owner()).contains("properties");
            assertThat(pay.channel()).isEqualTo(Channel.of("code"));
            assertThat(pay.stage()).contains(Stage.PURCHASE);
            assertThat(pay.target()).contains(Duration.ofMillis(400));
            assertThat(pay.importance()).isEqualTo(OptionalDouble.of(5));
            assertThat(pay.objective()).isEqualTo(0.99);
            assertThat(pay.journey()).contains("purchase");
            assertThat(catalog.journey("purchase").orElseThrow().steps()).isEqualTo(OptionalInt.of(3));
            assertThat(catalog.journey("purchase").orElseThrow().timeout()).isEqualTo(Duration.ofMinutes(10));
            assertThat(catalog.touchpoint("help").orElseThrow().supportContact())
                    .isTrue();
        }
    }

    @Test
    void thePropertiesReachTheInstance() {
        List<String> properties = List.of("touchstone.name=shop", "touchstone.maximum-series=1");
        try (Shop shop = Shop.open(properties, OnePage.class)) {
            assertThat(shop.touchstone().name()).isEqualTo("shop");
            assertThat(shop.get("/page").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theSameNameOnTwoMethodsIsFineIfTheyAgree() {
        try (Shop shop = Shop.open(Agreeing.class)) {
            assertThat(shop.touchstone().catalog().touchpoints()).hasSize(1);
        }
    }

    @Test
    void theSameNameOnTwoMethodsIsAnErrorIfTheyDoNot(CapturedOutput output) {
        assertThatThrownBy(() -> Shop.open(Disagreeing.class)).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("CatalogTest$Disagreeing#two(): declares \"page\" differently from ")
                .contains("CatalogTest$Disagreeing#one()")
                .doesNotContain("\tat dev.touchstone");
    }

    @Test
    void endThatIsDeclaredNowhereIsAWarningAtStart(CapturedOutput output) {
        List<String> properties =
                List.of("touchstone.journeys[0].name=purchase", "touchstone.journeys[0].ends=pgae,page");
        try (Shop shop = Shop.open(properties, OnePage.class)) {
            assertThat(output)
                    .containsOnlyOnce(
                            "touchstone.journeys[0].ends[0]: the touchpoint \"pgae\" is declared nowhere else;"
                                    + " did you mean \"page\"?")
                    .doesNotContain("\"page\" is declared nowhere else");
        }
    }

    @Test
    void nothingFollowsFromAFileThatCannotBeRead(CapturedOutput output) {
        List<String> properties = List.of("touchstone.catalog=classpath:catalogs/comment.json");
        assertThatThrownBy(() -> Shop.open(properties, InJourney.class)).isNotNull();
        assertThat(output)
                .contains("comment.json#/touchpoints/0/journey: has a comment (line 2, column ")
                .doesNotContain("the journey \"purchase\" is not declared");
    }

    @Test
    void allProblemsAreToldAtOnce(CapturedOutput output) {
        List<String> properties = List.of(
                "touchstone.catalog=classpath:catalogs/broken.json",
                "touchstone.touchpoints[0].name=pay",
                "touchstone.touchpoints[0].importance=99",
                "touchstone.journeys[0].name=purchase",
                "touchstone.journeys[0].ends[0]=pay",
                "touchstone.journeys[0].ends[1]=not a name");
        assertThatThrownBy(() -> Shop.open(properties, Faulty.class)).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("broken.json#/touchpoints/0/importance")
                .contains("touchstone.touchpoints[0].importance: 99.0 is not an importance; allowed is 0.1 to 10")
                .contains("touchstone.journeys[0].ends[1]: \"not a name\" is not a name")
                .contains("CatalogTest$Faulty#journey()/journey: the journey \"purchas\" is not declared;"
                        + " did you mean \"purchase\"?")
                .contains("CatalogTest$Faulty#target()/target: \"0.4s\" is not a duration; write it like PT0.4S")
                .contains("CatalogTest$Faulty#argument(Interaction): takes an Interaction, but is not a touchpoint;"
                        + " annotate it with @Touchpoint")
                .contains("Correct all of it")
                .doesNotContain("\tat dev.touchstone");
    }

    @Test
    void invalidPropertiesAreToldWithWhatIsAllowed(CapturedOutput output) {
        List<String> properties = List.of(
                "touchstone.name=my shop",
                "touchstone.maximum-customers=0",
                "touchstone.maximum-series=1000000",
                "touchstone.retention=500d",
                "touchstone.snapshot-interval=1d",
                "touchstone.page.path=page",
                "touchstone.page.links.logs=javascript:alert(1)");
        assertThatThrownBy(() -> Shop.open(properties, OnePage.class)).isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("is not the name of an instance: it must be 1 to 64 letters, digits")
                .contains("touchstone.maximum-customers: 0 is not a maximum number of customers: it must be at least 1")
                .contains(
                        "touchstone.maximum-series: 1000000 is not a maximum number of series: it must be 1 to 100000")
                .contains("is not a retention: it must be more than 0 and at most 400 days")
                .contains("touchstone.snapshot-interval: snapshot interval is")
                .contains("touchstone.page.path: \"page\" is not a path; write one such as")
                .contains(
                        "touchstone.page.links.logs: \"javascript:alert(1)\" is not a link: it must begin with http://")
                .doesNotContain("\tat dev.touchstone");
    }

    @Test
    void aCatalogThatIsNotThereIsToldByItsProperty(CapturedOutput output) {
        assertThatThrownBy(() -> Shop.open(List.of("touchstone.catalog=classpath:nowhere.json"), OnePage.class))
                .isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("touchstone.catalog: there is no file to read at \"classpath:nowhere.json\"");
    }

    @Test
    void anAnnotationWhereNoRequestIsMappedIsWarnedOf(CapturedOutput output) {
        try (Shop shop = Shop.open(Useless.class)) {
            assertThat(output)
                    .contains("@Touchpoint on dev.touchstone.spring.CatalogTest$Useless#helper() records nothing");
        }
    }

    @Test
    void anInstanceOfTheApplicationIsUsedAndLearnsOfAnnotations() {
        try (Shop shop = Shop.open(OnePage.class, OwnInstance.class)) {
            assertThat(shop.touchstone().name()).isEqualTo("own");
            assertThat(shop.touchstone().catalog().touchpoints())
                    .extracting(TouchpointDefinition::name)
                    .containsExactlyInAnyOrder("own.touchpoint", "page");
        }
    }

    @Test
    void annotationsCountWhereBeansAreMadeLate() {
        try (Shop shop = Shop.open(List.of("spring.main.lazy-initialization=true"), OnePage.class)) {
            assertThat(shop.touchstone().catalog().touchpoint("page")).isPresent();
            shop.get("/page");
            assertThat(shop.event().touchpoint()).isEqualTo("page");
        }
    }

    @Test
    void switchedOffTheApplicationServesAsBefore() {
        try (Shop shop = Shop.open(List.of("touchstone.enabled=false"), Arguments.class)) {
            assertThat(shop.get("/arguments").body()).isEqualTo("0 events");
            assertThat(shop.events()).isEmpty();
            assertThat(shop.touchstone()).isSameAs(Touchstone.noop());
        }
    }

    @RestController
    static class InJourney {

        @GetMapping("/page")
        @Touchpoint(name = "page", journey = "purchase")
        String page() {
            return "page";
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/pay")
        @Touchpoint(
                name = "pay",
                title = "annotation",
                owner = "annotation",
                channel = "annotation",
                stage = Stage.PURCHASE,
                target = "PT0.4S",
                importance = 3,
                journey = "purchase")
        String pay() {
            return "pay";
        }

        @GetMapping("/help")
        @Touchpoint(name = "help", supportContact = true)
        String help() {
            return "help";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class InCode {

        @Bean
        TouchstoneCustomizer inCode() {
            return builder -> builder.catalog(catalog -> catalog.touchpoint(
                    "pay",
                    pay -> pay.title("code").owner("code").channel("code").importance(4)));
        }
    }

    @RestController
    static class OnePage {

        @GetMapping("/page")
        @Touchpoint(name = "page")
        String page() {
            return "page";
        }
    }

    @RestController
    static class Agreeing {

        @GetMapping("/one")
        @Touchpoint(name = "page", owner = "us")
        String one() {
            return "one";
        }

        @GetMapping("/two")
        @Touchpoint(name = "page", owner = "us")
        String two() {
            return "two";
        }
    }

    @RestController
    static class Disagreeing {

        @GetMapping("/one")
        @Touchpoint(name = "page", owner = "us")
        String one() {
            return "one";
        }

        @GetMapping("/two")
        @Touchpoint(name = "page", owner = "them")
        String two() {
            return "two";
        }
    }

    @RestController
    static class Faulty {

        @GetMapping("/journey")
        @Touchpoint(name = "journey", journey = "purchas")
        String journey() {
            return "journey";
        }

        @GetMapping("/target")
        @Touchpoint(name = "target", target = "0.4s")
        String target() {
            return "target";
        }

        @GetMapping("/argument")
        String argument(Interaction visit) {
            return "argument";
        }
    }

    @RestController
    static class Useless {

        @GetMapping("/page")
        @Touchpoint(name = "page")
        String page() {
            return helper();
        }

        @Touchpoint(name = "helper")
        String helper() {
            return "helper";
        }
    }

    @RestController
    static class Arguments {

        @GetMapping("/arguments")
        @Touchpoint(name = "arguments")
        String arguments(Interaction visit, CustomerExperience customer) {
            visit.degrade();
            return customer.count() + " events";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnInstance {

        @Bean
        Touchstone own() {
            return Touchstone.builder()
                    .name("own")
                    .catalog(catalog -> catalog.touchpoint("own.touchpoint"))
                    .build();
        }
    }
}
