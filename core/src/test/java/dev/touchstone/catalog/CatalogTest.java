package dev.touchstone.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.touchstone.catalog.internal.NearestName;
import dev.touchstone.customers.internal.CatalogRules;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Stage;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.TouchpointRules;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {

    private static Catalog.Builder file() {
        return Catalog.builder("touchstone.json#");
    }

    private static Catalog catalog(Consumer<Catalog.Builder> declaration) {
        Catalog.Builder builder = file();
        declaration.accept(builder);
        return builder.build();
    }

    private static List<CatalogException.Problem> problems(Catalog.Builder builder) {
        CatalogException thrown = catchThrowableOfType(CatalogException.class, builder::build);
        return thrown == null ? List.of() : thrown.problems();
    }

    private static void hasProblem(String place, String message, Consumer<Catalog.Builder> declaration) {
        Catalog.Builder builder = file();
        declaration.accept(builder);
        assertThat(problems(builder))
                .extracting(CatalogException.Problem::place, CatalogException.Problem::message)
                .containsExactly(tuple("touchstone.json#" + place, message));
    }

    private static void isFine(Consumer<Catalog.Builder> declaration) {
        Catalog.Builder builder = file();
        declaration.accept(builder);
        assertThat(problems(builder)).isEmpty();
    }

    @Test
    void declaringNothingIsACatalog() {
        Catalog empty = Catalog.empty();
        assertThat(empty.touchpoints()).isEmpty();
        assertThat(empty.journeys()).isEmpty();
        assertThat(empty.benchmarks()).isEmpty();
        assertThat(empty.model()).isSameAs(ScoreModel.STANDARD);
        assertThat(new CatalogRules(empty).of("anything")).isEqualTo(TouchpointRules.undeclared("anything", 1));
    }

    @Test
    void onlyTheNameIsRequired() {
        TouchpointDefinition definition =
                catalog(c -> c.touchpoint("search")).touchpoint("search").orElseThrow();
        assertThat(definition.title()).isEmpty();
        assertThat(definition.stage()).isEmpty();
        assertThat(definition.channel()).isEqualTo(Channel.UNKNOWN);
        assertThat(definition.journey()).isEmpty();
        assertThat(definition.owner()).isEmpty();
        assertThat(definition.target()).isEmpty();
        assertThat(definition.importance()).isEmpty();
        assertThat(definition.supportContact()).isFalse();
        assertThat(definition.routes()).isEmpty();
    }

    @Test
    void whatIsDeclaredIsKept() {
        Catalog catalog = catalog(c -> c.touchpoint(
                        "checkout.pay",
                        t -> t.title("Pay for the basket")
                                .stage(Stage.PURCHASE)
                                .channel("web")
                                .journey("purchase")
                                .owner("payments")
                                .target(Duration.ofMillis(400))
                                .importance(3)
                                .supportContact(true)
                                .routes(List.of("post /checkout/{basket}/pay")))
                .journey(
                        "purchase",
                        j -> j.steps(3).timeout(Duration.ofMinutes(20)).ends("checkout.confirm"))
                .journey("plain")
                .benchmark(new Catalog.Benchmark("nps", "sector median 2026", 32, OptionalLong.of(1200))));
        TouchpointDefinition pay = catalog.touchpoint("checkout.pay").orElseThrow();
        assertThat(pay.title()).contains("Pay for the basket");
        assertThat(pay.stage()).contains(Stage.PURCHASE);
        assertThat(pay.channel()).isEqualTo(Channel.WEB);
        assertThat(pay.journey()).contains("purchase");
        assertThat(pay.owner()).contains("payments");
        assertThat(pay.target()).contains(Duration.ofMillis(400));
        assertThat(pay.importance()).hasValue(3);
        assertThat(pay.supportContact()).isTrue();
        assertThat(pay.routes()).containsExactly(new Route("POST", "/checkout/{basket}/pay"));
        JourneyDefinition purchase = catalog.journey("purchase").orElseThrow();
        assertThat(purchase.steps()).hasValue(3);
        assertThat(purchase.timeout()).isEqualTo(Duration.ofMinutes(20));
        assertThat(purchase.ends()).containsExactly("checkout.confirm");
        JourneyDefinition plain = catalog.journey("plain").orElseThrow();
        assertThat(plain.steps()).isEmpty();
        assertThat(plain.timeout()).isEqualTo(Duration.ofMinutes(30));
        assertThat(plain.ends()).isEmpty();
        assertThat(catalog.benchmarks()).hasSize(1);
    }

    @Test
    void scoringIsToldItsRules() {
        Catalog catalog = catalog(c -> c.touchpoint("basket", t -> t.journey("purchase"))
                .touchpoint(
                        "pay",
                        t -> t.journey("purchase")
                                .importance(3)
                                .supportContact(true)
                                .target(Duration.ofNanos(1_500_000)))
                .touchpoint("search")
                .journey("purchase", j -> j.ends("confirm"))
                .journey("single", j -> j.ends("once")));
        TouchpointRules pay = new CatalogRules(catalog).of("pay");
        assertThat(pay.importance()).isEqualTo(3);
        assertThat(pay.targetMs()).isEqualTo(1.5);
        assertThat(pay.supportContact()).isTrue();
        assertThat(pay.opens()).isTrue();
        assertThat(pay.ends()).isFalse();
        TouchpointRules confirm = new CatalogRules(catalog).of("confirm");
        assertThat(confirm.journey()).isEqualTo(pay.journey());
        assertThat(confirm.opens()).isFalse();
        assertThat(confirm.ends()).isTrue();
        TouchpointRules once = new CatalogRules(catalog).of("once");
        assertThat(once.opens()).isTrue();
        assertThat(once.ends()).isTrue();
        assertThat(new CatalogRules(catalog).of("search").journey()).isNull();
        assertThat(new CatalogRules(catalog).of("search").targetMs()).isNaN();
    }

    @Test
    void theModelSaysHowImportantTheRestIs() {
        ScoreModel model = ScoreModel.STANDARD
                .derive("mine")
                .set(ModelConstant.IMPORTANCE, 2)
                .build();
        Catalog catalog = catalog(c -> c.model(model).touchpoint("search").touchpoint("pay", t -> t.importance(3)));
        assertThat(new CatalogRules(catalog).of("search").importance()).isEqualTo(2);
        assertThat(new CatalogRules(catalog).of("pay").importance()).isEqualTo(3);
        assertThat(new CatalogRules(catalog).of("undeclared").importance()).isEqualTo(2);
    }

    @Test
    void everythingWrongIsToldAtOnceAndWhere() {
        Catalog.Builder builder = file().touchpoint(
                        "no name",
                        t -> t.title(" ")
                                .owner("x".repeat(201))
                                .channel("Web")
                                .journey("purchas")
                                .target(Duration.ZERO)
                                .importance(10.5)
                                .routes(List.of("/no-method")))
                .touchpoint("pay", t -> t.importance(1))
                .touchpoint("pay", t -> t.importance(2))
                .journey(
                        "purchase",
                        j -> j.steps(0).timeout(Duration.ofDays(401)).ends("other", "?"))
                .benchmark(new Catalog.Benchmark(" ", "peer", Double.NaN, OptionalLong.of(0)))
                .problem(new CatalogException.Problem("touchstone.json#/colour", "is not known"));
        assertThat(problems(builder))
                .extracting(CatalogException.Problem::place)
                .containsExactlyInAnyOrder(
                        "touchstone.json#/colour",
                        "touchstone.json#/touchpoints/0/name",
                        "touchstone.json#/touchpoints/0/title",
                        "touchstone.json#/touchpoints/0/owner",
                        "touchstone.json#/touchpoints/0/channel",
                        "touchstone.json#/touchpoints/0/journey",
                        "touchstone.json#/touchpoints/0/target",
                        "touchstone.json#/touchpoints/0/importance",
                        "touchstone.json#/touchpoints/0/routes/0",
                        "touchstone.json#/touchpoints/2",
                        "touchstone.json#/journeys/0/ends/0",
                        "touchstone.json#/journeys/0/ends/1",
                        "touchstone.json#/journeys/0/steps",
                        "touchstone.json#/journeys/0/timeout",
                        "touchstone.json#/benchmarks/0/metric",
                        "touchstone.json#/benchmarks/0/value",
                        "touchstone.json#/benchmarks/0/n");
    }

    @Test
    void theMessageOfTheExceptionHasEveryProblemOnALineOfItsOwn() {
        assertThatThrownBy(() -> catalog(c -> c.touchpoint("pay", t -> t.importance(11))))
                .isInstanceOf(CatalogException.class)
                .hasMessage("""
                        The catalog has 1 problem:
                          touchstone.json#/touchpoints/0/importance: 11.0 is not an importance; allowed is 0.1 to 10""");
        assertThatThrownBy(() -> catalog(c -> c.touchpoint("a b").touchpoint("c d")))
                .hasMessageStartingWith("The catalog has 2 problems:\n  touchstone.json#/touchpoints/0/name: ")
                .hasMessageContaining("\n  touchstone.json#/touchpoints/1/name: ");
        assertThatThrownBy(() -> new CatalogException(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "no name", "a/b", "GET /orders/{id}", "ä\u0000"})
    void aNameIsLettersDigitsAndAFewMarks(String name) {
        hasProblem(
                "/touchpoints/0/name",
                "\"" + name + "\" is not a name; allowed are 1 to 100 letters, digits, '.', '_' or '-'",
                c -> c.touchpoint(name));
        hasProblem(
                "/journeys/0/name",
                "\"" + name + "\" is not a name; allowed are 1 to 100 letters, digits, '.', '_' or '-'",
                c -> c.journey(name));
    }

    @Test
    void aNameHasAHundredCharactersAtMost() {
        isFine(c -> c.touchpoint("x".repeat(100)));
        isFine(c -> c.touchpoint("Übersicht-1._"));
        hasProblem(
                "/touchpoints/0/name",
                "\"" + "x".repeat(200) + "...\" is not a name; allowed are 1 to 100 letters, digits, '.', '_' or '-'",
                c -> c.touchpoint("x".repeat(5000)));
        hasProblem(
                "/touchpoints/0/name",
                "\"" + "x".repeat(101) + "\" is not a name; allowed are 1 to 100 letters, digits, '.', '_' or '-'",
                c -> c.touchpoint("x".repeat(101)));
    }

    @Test
    void theNameOtherIsTaken() {
        String taken = "\"other\" is reserved for the touchpoint that counts overflow; choose another name";
        hasProblem("/touchpoints/0/name", taken, c -> c.touchpoint("other"));
        hasProblem("/journeys/0/ends/1", taken, c -> c.journey("purchase", j -> j.ends("confirm", "other")));
    }

    @Test
    void textsHaveTwoHundredCharactersAtMost() {
        isFine(c -> c.touchpoint("pay", t -> t.title("x".repeat(200)).owner("x")));
        hasProblem(
                "/touchpoints/0/title",
                "needs 1 to 200 characters",
                c -> c.touchpoint("pay", t -> t.title("x".repeat(201))));
        hasProblem("/touchpoints/0/owner", "needs 1 to 200 characters", c -> c.touchpoint("pay", t -> t.owner("\t")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Web", "", "call centre", "x23456789012345678901234567890123"})
    void aChannelIsALowerCaseWord(String channel) {
        hasProblem(
                "/touchpoints/0/channel",
                "\"" + channel + "\" is not a channel; allowed are at most 32 lower-case letters, digits, _ or -",
                c -> c.touchpoint("pay", t -> t.channel(channel)));
    }

    @Test
    void anyLowerCaseWordIsAChannel() {
        isFine(c -> c.touchpoint("pay", t -> t.channel("x2345678901234567890123456789012")));
        isFine(c -> c.touchpoint("pay", t -> t.channel("call_centre-2")));
        isFine(c -> c.touchpoint("pay", t -> t.channel("unknown")));
    }

    @Test
    void anUndeclaredJourneyIsToldWithTheNearestName() {
        hasProblem(
                "/touchpoints/0/journey",
                "the journey \"purchse\" is not declared; did you mean \"purchase\"?",
                c -> c.touchpoint("pay", t -> t.journey("purchse"))
                        .journey("help")
                        .journey("purchase"));
        hasProblem(
                "/touchpoints/0/journey",
                "the journey \"quite different\" is not declared",
                c -> c.touchpoint("pay", t -> t.journey("quite different")).journey("purchase"));
    }

    @Test
    void theNearestNameIsTheOneThatDiffersLeast() {
        assertThat(NearestName.of("importence", List.of("importance", "imports", "title")))
                .contains("importance");
        assertThat(NearestName.of("TITLE", List.of("titel", "title"))).contains("title");
        assertThat(NearestName.of("ab", List.of("cb", "ad"))).contains("ad");
        assertThat(NearestName.of("abc", List.of("xyz"))).isEmpty();
        assertThat(NearestName.of("wxyz", List.of("abcdefghi"))).isEmpty();
        assertThat(NearestName.of("abcdef", List.of("abcdefghi"))).contains("abcdefghi");
        assertThat(NearestName.of("x".repeat(101), List.of("x".repeat(100)))).isEmpty();
        assertThat(NearestName.hint("titel", List.of("title"))).isEqualTo("; did you mean \"title\"?");
        assertThat(NearestName.hint("colour", List.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT9600H0.001S"})
    void aTimeIsPositiveAndAtMostFourHundredDays(Duration duration) {
        String message = duration + " is out of range; allowed is more than PT0S up to PT9600H (400 days)";
        hasProblem("/touchpoints/0/target", message, c -> c.touchpoint("pay", t -> t.target(duration)));
        hasProblem("/journeys/0/timeout", message, c -> c.journey("purchase", j -> j.timeout(duration)));
    }

    @Test
    void theLimitsOfATimeAreAllowed() {
        isFine(c -> c.touchpoint("pay", t -> t.target(Duration.ofDays(400)))
                .journey("purchase", j -> j.timeout(Duration.ofDays(400))));
        isFine(c -> c.touchpoint("pay", t -> t.target(Duration.ofNanos(1)))
                .journey("purchase", j -> j.timeout(Duration.ofNanos(1))));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.0999, 10.001, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void importanceHasALimit(double importance) {
        hasProblem(
                "/touchpoints/0/importance",
                importance + " is not an importance; allowed is 0.1 to 10",
                c -> c.touchpoint("pay", t -> t.importance(importance)));
    }

    @Test
    void theLimitsOfImportanceAreAllowed() {
        isFine(c -> c.touchpoint("pay", t -> t.importance(0.1)).touchpoint("ship", t -> t.importance(10)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 1.5, 95, -0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void objectiveIsAShareBetweenNothingAndAll(double objective) {
        hasProblem(
                "/touchpoints/0/objective",
                objective + " is not an objective; allowed is a share greater than 0 and less than 1, such as 0.95",
                c -> c.touchpoint("pay", t -> t.objective(objective)));
    }

    @Test
    void objectiveIsNineteenOfTwentyUnlessDeclared() {
        Catalog catalog = catalog(c -> c.touchpoint("search").touchpoint("pay", t -> t.objective(0.999)));
        assertThat(catalog.touchpoint("search").orElseThrow().objective()).isEqualTo(0.95);
        assertThat(catalog.touchpoint("pay").orElseThrow().objective()).isEqualTo(0.999);
        assertThat(TouchpointDefinition.undeclared("x").objective()).isEqualTo(0.95);
    }

    @Test
    void aJourneyHasAStepAtLeast() {
        hasProblem(
                "/journeys/0/steps",
                "0 is not a number of steps; allowed is 1 or more",
                c -> c.journey("purchase", j -> j.steps(0)));
        isFine(c -> c.journey("purchase", j -> j.steps(1)));
    }

    @Test
    void aTouchpointThatOnlyEndsAJourneyIsDeclaredByThat() {
        Catalog catalog = catalog(c -> c.journey("purchase", j -> j.ends("confirm", "confirm")));
        assertThat(catalog.touchpoints()).extracting(TouchpointDefinition::name).containsExactly("confirm");
        assertThat(catalog.touchpoint("confirm").orElseThrow().journey()).contains("purchase");
    }

    @Test
    void anEndBelongsToItsJourneyWhetherItSaysSoOrNot() {
        Catalog catalog = catalog(c -> c.touchpoint("confirm", t -> t.title("Done"))
                .touchpoint("again", t -> t.journey("purchase"))
                .journey("purchase", j -> j.ends("confirm", "again")));
        assertThat(catalog.touchpoint("confirm").orElseThrow().journey()).contains("purchase");
        assertThat(catalog.touchpoint("confirm").orElseThrow().title()).contains("Done");
        assertThat(new CatalogRules(catalog).of("confirm").opens()).isTrue();
    }

    @Test
    void anEndCannotBelongToAnotherJourney() {
        hasProblem(
                "/journeys/0/ends/0",
                "\"confirm\" belongs to the journey \"help\" and cannot end \"purchase\"",
                c -> c.touchpoint("confirm", t -> t.journey("help"))
                        .journey("purchase", j -> j.ends("confirm"))
                        .journey("help"));
    }

    @Test
    void anEndCannotEndTwoJourneys() {
        hasProblem(
                "/journeys/1/ends/1",
                "\"confirm\" already ends the journey \"purchase\"; it can end only one",
                c -> c.journey("purchase", j -> j.ends("confirm")).journey("help", j -> j.ends("solved", "confirm")));
    }

    @Test
    void anEndNeedsAName() {
        hasProblem(
                "/journeys/0/ends/0",
                "\"no name\" is not a name; allowed are 1 to 100 letters, digits, '.', '_' or '-'",
                c -> c.journey("purchase", j -> j.ends("no name")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET",
                "/path",
                "GET path",
                "GET /a b",
                "G3T /a",
                "GET /a?b=c",
                "GET /a#b",
                "GET /{}",
                "GET /{a",
                "GET /a}",
                "GET /{a/b}",
                "GET /{a{b}}"
            })
    void aRouteIsAMethodAndATemplate(String route) {
        hasProblem(
                "/touchpoints/0/routes/1",
                "\"" + route + "\" is not a route; write a method and a path, such as"
                        + " \"POST /checkout/{basket}/pay\"",
                c -> c.touchpoint("pay", t -> t.routes(List.of("GET /fine", route))));
    }

    @Test
    void aRouteIsWrittenWithSomeFreedom() {
        Catalog catalog = catalog(
                c -> c.touchpoint("pay", t -> t.routes(List.of(" get  /a/{b}.json ", "DELETE /", "PUT /a/*/c-d_e~f"))));
        assertThat(catalog.touchpoint("pay").orElseThrow().routes())
                .extracting(Route::toString)
                .containsExactly("GET /a/{b}.json", "DELETE /", "PUT /a/*/c-d_e~f");
    }

    @Test
    void twoEqualRoutesAreAnError() {
        hasProblem(
                "/touchpoints/1/routes/1",
                "\"GET /orders/{order}\" matches the same requests as touchstone.json#/touchpoints/0/routes/0",
                c -> c.touchpoint("one", t -> t.routes(List.of("GET /orders/{id}")))
                        .touchpoint("two", t -> t.routes(List.of("GET /orders/mine", "get /orders/{order}"))));
        isFine(c -> c.touchpoint("one", t -> t.routes(List.of("GET /orders/{id}")))
                .touchpoint("two", t -> t.routes(List.of("POST /orders/{id}", "GET /orders/{id}/lines"))));
    }

    @Test
    void aBenchmarkNeedsAnIndexAndAFigure() {
        hasProblem(
                "/benchmarks/1/metric",
                "a benchmark needs the name of its index",
                c -> c.benchmark(new Catalog.Benchmark("nps", "us", 1, OptionalLong.empty()))
                        .benchmark(new Catalog.Benchmark("", "us", 1, OptionalLong.empty())));
        hasProblem(
                "/benchmarks/0/value",
                "a benchmark needs a finite value",
                c -> c.benchmark(new Catalog.Benchmark("nps", "us", Double.NEGATIVE_INFINITY, OptionalLong.of(1))));
        hasProblem(
                "/benchmarks/0/n",
                "0 is not a number of answers; allowed is 1 or more",
                c -> c.benchmark(new Catalog.Benchmark("nps", "us", 1, OptionalLong.of(0))));
    }

    @Test
    void aWeakerLayerFillsInAttributeByAttribute() {
        Catalog.Builder code = Catalog.builder()
                .touchpoint(
                        "pay",
                        t -> t.title("Code")
                                .stage(Stage.USE)
                                .channel("app")
                                .journey("purchase")
                                .owner("code")
                                .target(Duration.ofSeconds(9))
                                .importance(9)
                                .supportContact(true)
                                .routes(List.of("GET /a", "GET /b")))
                .touchpoint("only.code")
                .journey(
                        "purchase", j -> j.steps(9).timeout(Duration.ofHours(9)).ends("code"));
        Catalog catalog = file().touchpoint(
                        "pay", t -> t.title("File").importance(2).supportContact(false))
                .journey("purchase", j -> j.ends("confirm"))
                .over(code)
                .build();
        TouchpointDefinition pay = catalog.touchpoint("pay").orElseThrow();
        assertThat(pay.title()).contains("File");
        assertThat(pay.importance()).hasValue(2);
        assertThat(pay.supportContact()).isFalse();
        assertThat(pay.stage()).contains(Stage.USE);
        assertThat(pay.channel()).isEqualTo(Channel.APP);
        assertThat(pay.journey()).contains("purchase");
        assertThat(pay.owner()).contains("code");
        assertThat(pay.target()).contains(Duration.ofSeconds(9));
        assertThat(pay.routes()).hasSize(2);
        JourneyDefinition purchase = catalog.journey("purchase").orElseThrow();
        assertThat(purchase.steps()).hasValue(9);
        assertThat(purchase.timeout()).isEqualTo(Duration.ofHours(9));
        assertThat(purchase.ends()).containsExactly("confirm");
        assertThat(catalog.touchpoints())
                .extracting(TouchpointDefinition::name)
                .containsExactly("pay", "only.code", "confirm");
    }

    @Test
    void aStrongerLayerWinsInEveryAttribute() {
        Catalog.Builder weak = Catalog.builder()
                .touchpoint(
                        "pay",
                        t -> t.title("weak")
                                .stage(Stage.USE)
                                .channel("app")
                                .journey("weak")
                                .owner("weak")
                                .target(Duration.ofSeconds(9))
                                .importance(9)
                                .objective(0.9)
                                .supportContact(true)
                                .routes(List.of("GET /weak")))
                .journey("weak");
        Catalog catalog = file().touchpoint(
                        "pay",
                        t -> t.title("strong")
                                .stage(Stage.RENEWAL)
                                .channel("web")
                                .journey("strong")
                                .owner("strong")
                                .target(Duration.ofSeconds(1))
                                .importance(1)
                                .objective(0.99)
                                .supportContact(false)
                                .routes(List.of("GET /strong")))
                .journey("strong", j -> j.steps(1).timeout(Duration.ofHours(1)))
                .over(weak)
                .over(Catalog.builder().journey("strong", j -> j.steps(2).timeout(Duration.ofHours(2))))
                .build();
        TouchpointDefinition pay = catalog.touchpoint("pay").orElseThrow();
        assertThat(List.of(
                                pay.title(),
                                pay.stage(),
                                pay.channel().name(),
                                pay.journey(),
                                pay.owner(),
                                pay.target(),
                                pay.importance(),
                                pay.objective(),
                                pay.supportContact(),
                                pay.routes())
                        .toString())
                .isEqualTo("[Optional[strong], Optional[RENEWAL], web, Optional[strong], Optional[strong],"
                        + " Optional[PT1S], OptionalDouble[1.0], 0.99, false, [GET /strong]]");
        assertThat(catalog.journey("strong").orElseThrow().steps()).hasValue(1);
        assertThat(catalog.journey("strong").orElseThrow().timeout()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void ofThreeLayersTheFirstThatSaysSomethingHolds() {
        Catalog catalog = Catalog.builder()
                .touchpoint("pay", t -> t.owner("first"))
                .over(Catalog.builder()
                        .touchpoint("pay", t -> t.title("second"))
                        .over(Catalog.builder()
                                .touchpoint(
                                        "pay",
                                        t -> t.title("third").owner("third").channel("web"))))
                .build();
        TouchpointDefinition pay = catalog.touchpoint("pay").orElseThrow();
        assertThat(pay.owner()).contains("first");
        assertThat(pay.title()).contains("second");
        assertThat(pay.channel()).isEqualTo(Channel.WEB);
    }

    @Test
    void theModelOfTheStrongestLayerThatHasOneHolds() {
        ScoreModel one = ScoreModel.STANDARD.derive("one").build();
        ScoreModel two = ScoreModel.STANDARD.derive("two").build();
        assertThat(Catalog.builder()
                        .over(Catalog.builder()
                                .model(one)
                                .over(Catalog.builder().model(two)))
                        .build()
                        .model())
                .isSameAs(one);
    }

    @Test
    void problemsOfAWeakerLayerAreToldToo() {
        Catalog.Builder weaker =
                Catalog.builder("weak#").problem(new CatalogException.Problem("weak#/x", "is not known"));
        assertThat(problems(file().over(weaker)))
                .extracting(CatalogException.Problem::place)
                .containsExactly("weak#/x");
    }

    @Test
    void withinOneLayerDisagreementNamesBothPlaces() {
        hasProblem(
                "/touchpoints/1",
                "declares \"pay\" differently from touchstone.json#/touchpoints/0; remove one of the declarations,"
                        + " or make them equal",
                c -> c.touchpoint("pay", t -> t.owner("one")).touchpoint("pay"));
        hasProblem(
                "/journeys/1",
                "declares \"purchase\" differently from touchstone.json#/journeys/0; remove one of the declarations,"
                        + " or make them equal",
                c -> c.journey("purchase").journey("purchase", j -> j.steps(2)));
        Catalog.Builder annotations = Catalog.builder()
                .touchpointAt("Shop.pay()", "pay", t -> t.importance(2))
                .touchpointAt("Till.pay()", "pay", t -> t.importance(3));
        assertThat(problems(annotations)).singleElement().satisfies(problem -> {
            assertThat(problem.place()).isEqualTo("Till.pay()");
            assertThat(problem.message()).contains("Shop.pay()");
        });
    }

    @Test
    void everyAttributeCanDisagree() {
        List<Consumer<TouchpointDefinition.Draft>> different = List.of(
                t -> t.title("x"),
                t -> t.stage(Stage.USE),
                t -> t.channel("web"),
                t -> t.journey("purchase"),
                t -> t.owner("x"),
                t -> t.target(Duration.ofSeconds(1)),
                t -> t.importance(1),
                t -> t.objective(0.99),
                t -> t.supportContact(false),
                t -> t.routes(List.of("GET /x")));
        for (Consumer<TouchpointDefinition.Draft> one : different) {
            assertThat(problems(file().journey("purchase").touchpoint("pay").touchpoint("pay", one)))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.message()).contains("differently"));
        }
        List<Consumer<JourneyDefinition.Draft>> journeys =
                List.of(j -> j.steps(1), j -> j.timeout(Duration.ofHours(1)), j -> j.ends("confirm"));
        for (Consumer<JourneyDefinition.Draft> one : journeys) {
            assertThat(problems(file().journey("purchase").journey("purchase", one)))
                    .hasSize(1);
        }
    }

    @Test
    void sayingTheSameTwiceIsNoDisagreement() {
        Consumer<TouchpointDefinition.Draft> pay =
                t -> t.owner("x").channel("web").target(Duration.ofSeconds(1));
        Consumer<JourneyDefinition.Draft> purchase = j -> j.steps(2).ends("confirm");
        isFine(c -> c.touchpoint("pay", pay)
                .touchpoint("pay", pay)
                .journey("purchase", purchase)
                .journey("purchase", purchase));
    }

    @ParameterizedTest
    @EnumSource(ModelConstant.class)
    void aConstantHasARange(ModelConstant constant) {
        for (double bad : new double[] {
            Math.nextDown(constant.min()),
            Math.nextUp(constant.max()),
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY
        }) {
            assertThat(ScoreModel.STANDARD.derive("mine").set(constant, bad).problems())
                    .filteredOn(problem -> problem.key().equals(constant.key()))
                    .anySatisfy(problem -> assertThat(problem.message())
                            .startsWith(constant.key() + " is ")
                            .contains("; allowed is "));
        }
        for (double good : new double[] {constant.min(), constant.max(), constant.standard()}) {
            assertThat(ScoreModel.STANDARD.derive("mine").set(constant, good).problems())
                    .noneSatisfy(problem -> assertThat(problem.message()).startsWith(constant.key() + " is "));
        }
        assertThat(ScoreModel.STANDARD.get(constant)).isEqualTo(constant.standard());
    }

    @Test
    void aConstantOutOfRangeIsToldInItsOwnUnits() {
        assertThat(ScoreModel.STANDARD
                        .derive("mine")
                        .set(ModelConstant.PACE_SHARE, 1.5)
                        .set(ModelConstant.CUSTOMER_HALF_LIFE, 1000)
                        .problems())
                .containsExactlyInAnyOrder(
                        new ScoreModel.Problem("paceShare", "paceShare is 1.5; allowed is 0.0 to 1.0"),
                        new ScoreModel.Problem(
                                "customerHalfLife", "customerHalfLife is PT1S; allowed is PT1M to PT96000H"));
    }

    @Test
    void theSharesOfAJourneySumToOne() {
        assertThat(ScoreModel.STANDARD
                        .derive("mine")
                        .set(ModelConstant.JOURNEY_MEAN, 0.4)
                        .problems())
                .containsExactly(new ScoreModel.Problem(
                        "journeyMean", "journeyMean, journeyWorst and journeyLast sum to 0.9; expected 1"));
        assertThat(ScoreModel.STANDARD
                        .derive("mine")
                        .set(ModelConstant.JOURNEY_MEAN, 0.1)
                        .set(ModelConstant.JOURNEY_WORST, 0.2)
                        .set(ModelConstant.JOURNEY_LAST, 0.7)
                        .problems())
                .isEmpty();
    }

    @Test
    void aModelNeedsAnIdOfItsOwn() {
        assertThat(ScoreModel.STANDARD.derive(" ").problems())
                .extracting(ScoreModel.Problem::key)
                .containsExactly("id");
        assertThat(ScoreModel.STANDARD.derive("x".repeat(101)).problems()).hasSize(1);
        assertThat(ScoreModel.STANDARD.derive("x".repeat(100)).problems()).isEmpty();
        assertThat(ScoreModel.STANDARD.derive("touchstone-1").problems())
                .extracting(ScoreModel.Problem::message)
                .containsExactly("id touchstone-1 belongs to the standard model; choose another id");
    }

    @Test
    void aModelWithProblemsIsNotBuilt() {
        ScoreModel.Builder broken = ScoreModel.STANDARD
                .derive("mine")
                .set(ModelConstant.EASE_UNITS, 0)
                .set(ModelConstant.PRIOR_MEAN, 2);
        assertThatThrownBy(broken::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("easeUnits is 0.0")
                .hasMessageContaining("priorMean is 2.0");
    }

    @Test
    void stageNoneIsNoStage() {
        Catalog catalog = Catalog.builder()
                .touchpoint("a", t -> t.stage(Stage.NONE))
                .touchpoint("b", t -> t.stage(Stage.USE))
                .build();
        assertThat(catalog.touchpoint("a").orElseThrow().stage()).isEmpty();
        assertThat(catalog.touchpoint("b").orElseThrow().stage()).contains(Stage.USE);
        assertThat(Stage.NONE.phase()).isEmpty();
    }

    @Test
    void endThatNothingElseDeclaresIsAWarningWithTheNearestName() {
        Catalog catalog = catalog(c -> c.touchpoint("checkout.confirm")
                .journey("purchase", journey -> journey.ends("checkout.confrim"))
                .journey("claim", journey -> journey.ends("paid")));
        assertThat(catalog.warnings())
                .extracting(CatalogException.Problem::toString)
                .containsExactly(
                        "touchstone.json#/journeys/0/ends/0: the touchpoint \"checkout.confrim\" is declared nowhere"
                                + " else; did you mean \"checkout.confirm\"?",
                        "touchstone.json#/journeys/1/ends/0: the touchpoint \"paid\" is declared nowhere else; declare"
                                + " it, or correct the name");
        assertThat(catalog.touchpoint("checkout.confrim")).isPresent(); // a warning only
    }

    @Test
    void endThatIsDeclaredInAnyLayerIsNoWarning() {
        Catalog.Builder annotations = Catalog.builder().touchpoint("confirm");
        Catalog journeys = catalog(c -> c.journey("purchase", journey -> journey.ends("confirm")));
        assertThat(journeys.warnings()).hasSize(1);
        assertThat(journeys.toBuilder("code").over(annotations).build().warnings())
                .isEmpty();
        assertThat(journeys.toBuilder("code").build().warnings()).hasSize(1);
    }

    @Test
    void unknownJourneyIsNoProblemIfASourceIsIncomplete() {
        Catalog.Builder broken =
                file().incomplete().problem(new CatalogException.Problem("touchstone.json#", "is not JSON"));
        Catalog.Builder annotations =
                Catalog.builder("code").touchpoint("pay", touchpoint -> touchpoint.journey("purchase"));
        assertThat(problems(broken.over(annotations)))
                .extracting(CatalogException.Problem::message)
                .containsExactly("is not JSON");
    }
}
