package dev.touchstone.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.catalog.JourneyDefinition;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Stage;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogJsonTest {

    private static final String EXAMPLE = """
            { "model": "touchstone-1",
              "touchpoints": [ { "name": "checkout.pay", "title": "Pay for the basket", "stage": "PURCHASE",
                                 "channel": "web", "journey": "purchase", "owner": "payments", "target": "PT0.4S",
                                 "importance": 3, "objective": 0.99, "contact": false, "routes": ["POST /checkout/{basket}/pay"] } ],
              "journeys":    [ { "name": "purchase", "steps": 3, "timeout": "PT45M", "ends": ["checkout.confirm"] } ],
              "benchmarks":  [ { "metric": "nps", "peer": "sector median 2026", "value": 32, "n": 1200 } ],
              "effects": ["owner", "seller"] }
            """;

    @Test
    void theExampleOfTheFormatIsRead() {
        Catalog catalog = catalog(EXAMPLE);

        assertThat(catalog.model()).isSameAs(ScoreModel.STANDARD);
        TouchpointDefinition pay = catalog.touchpoint("checkout.pay").orElseThrow();
        assertThat(pay.title()).contains("Pay for the basket");
        assertThat(pay.stage()).contains(Stage.PURCHASE);
        assertThat(pay.channel()).isEqualTo(Channel.WEB);
        assertThat(pay.journey()).contains("purchase");
        assertThat(pay.owner()).contains("payments");
        assertThat(pay.target()).contains(Duration.ofMillis(400));
        assertThat(pay.importance()).hasValue(3);
        assertThat(pay.objective()).isEqualTo(0.99);
        assertThat(pay.supportContact()).isFalse();
        assertThat(pay.routes()).extracting(Object::toString).containsExactly("POST /checkout/{basket}/pay");
        JourneyDefinition purchase = catalog.journey("purchase").orElseThrow();
        assertThat(purchase.steps()).hasValue(3);
        assertThat(purchase.timeout()).isEqualTo(Duration.ofMinutes(45));
        assertThat(purchase.ends()).containsExactly("checkout.confirm");
        assertThat(catalog.benchmarks()).hasSize(1).first().satisfies(benchmark -> {
            assertThat(benchmark.metric()).isEqualTo("nps");
            assertThat(benchmark.peer()).isEqualTo("sector median 2026");
            assertThat(benchmark.value()).isEqualTo(32);
            assertThat(benchmark.n()).hasValue(1200);
        });
        assertThat(catalog.effects()).containsExactly("owner", "seller");
        assertThat(catalog.toBuilder("again").build().effects()).isEqualTo(catalog.effects());
        assertThat(Catalog.builder("weaker")
                        .effects(List.of("category"))
                        .over(CatalogJson.read("c.json", EXAMPLE.getBytes(StandardCharsets.UTF_8)))
                        .build()
                        .effects())
                .as("the stronger layer says which")
                .containsExactly("category");
    }

    @Test
    void nothingButTheNamesIsRequired() {
        assertThat(catalog("{}").touchpoints()).isEmpty();
        Catalog catalog = catalog("{\"touchpoints\":[{\"name\":\"a\"},{\"name\":\"b\",\"contact\":true}],"
                + "\"journeys\":[{\"name\":\"j\"}]}");

        assertThat(catalog.touchpoint("a").orElseThrow().supportContact()).isFalse();
        assertThat(catalog.touchpoint("b").orElseThrow().supportContact()).isTrue();
        assertThat(catalog.journey("j").orElseThrow().steps()).isEmpty();
    }

    @Test
    void aModelSaysInWhatItDiffers() {
        ScoreModel model = catalog("{\"model\":{\"id\":\"acme-2\",\"extends\":\"touchstone-1\",\"paceShare\":0.1,"
                        + "\"customerHalfLife\":\"P7D\",\"retryAge\":\"PT5M\",\"curve\":\"STEP\",\"ease\":false,"
                        + "\"expectation\":\"PERSONAL\"}}")
                .model();

        assertThat(model.id()).isEqualTo("acme-2");
        assertThat(model.get(ModelConstant.PACE_SHARE)).isEqualTo(0.1);
        assertThat(model.get(ModelConstant.CUSTOMER_HALF_LIFE)).isEqualTo(7 * 86_400_000.0);
        assertThat(model.get(ModelConstant.RETRY_AGE)).isEqualTo(300_000);
        assertThat(model.get(ModelConstant.EASE_UNITS)).isEqualTo(3);
        assertThat(model.curve()).isEqualTo(ScoreModel.Curve.STEP);
        assertThat(model.ease()).isFalse();
        assertThat(model.expectation()).isEqualTo(ScoreModel.Expectation.PERSONAL);
    }

    @Test
    void everyConstantOfAModelCanBeSet() {
        for (ModelConstant constant : ModelConstant.values()) {
            String value = constant.kind() == ModelConstant.Kind.NUMBER
                    ? String.valueOf(constant.standard())
                    : "\"" + Duration.ofMillis((long) constant.standard()) + "\"";
            ScoreModel model = catalog("{\"model\":{\"id\":\"m\",\"" + constant.key() + "\":" + value + "}}")
                    .model();
            assertThat(model.get(constant)).isEqualTo(constant.standard());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'model':'touchstone-2'} | #/model: \"touchstone-2\" is not a known model; known is \"touchstone-1\";"
                        + " did you mean \"touchstone-1\"?",
                "{'model':5} | #/model: should be an object and is a number",
                "{'model':null} | #/model: should be an object and is null; leave the field out instead",
                "{'model':{}} | #/model: needs its own \"id\", which is reported with every score",
                "{'model':{'id':'touchstone-1'}} | #/model/id: id touchstone-1 belongs to the standard model;"
                        + " choose another id",
                "{'model':{'id':5}} | #/model/id: should be a text in quotes and is a number",
                "{'model':{'id':'m','extends':'x'}} | #/model/extends: \"x\" is not a known model; known is"
                        + " \"touchstone-1\"",
                "{'model':{'id':'m','paceShare':2}} | #/model/paceShare: paceShare is 2.0; allowed is 0.0 to 1.0",
                "{'model':{'id':'m','paceShare':'x'}} | #/model/paceShare: should be a number and is a text",
                "{'model':{'id':'m','halfLive':1}} | #/model/halfLive: is not a known field; known are",
                "{'model':{'id':'m','nowHalfLive':1}} | #/model/nowHalfLive: is not a known field; did you mean"
                        + " \"nowHalfLife\"?",
                "{'model':{'id':'m','nowHalfLife':'PT0S'}} | #/model/nowHalfLife: nowHalfLife is PT0S; allowed is PT1M"
                        + " to PT96000H",
                "{'model':{'id':'m','nowHalfLife':3600}} | #/model/nowHalfLife: should be a duration as a text such as"
                        + " \"PT0.4S\" and is a number",
                "{'model':{'id':'m','nowHalfLife':'1 h'}} | #/model/nowHalfLife: \"1 h\" is not a duration; write it as"
                        + " ISO-8601, such as \"PT0.4S\", \"PT30M\" or \"P7D\"",
                "{'model':{'id':'m','journeyMean':0.9}} | #/model/journeyMean: journeyMean, journeyWorst and"
                        + " journeyLast sum to ",
                "{'model':{'id':'m','journeyMean':'x','journeyWorst':0.1}} | #/model/journeyMean: should be a number"
                        + " and is a text",
                "{'model':{'id':'m','curve':'STEPS'}} | #/model/curve: \"STEPS\" is none of LOGARITHMIC, STEP; did you"
                        + " mean \"STEP\"?",
                "{'model':{'id':'m','ease':'no'}} | #/model/ease: should be true or false and is a text",
                "{'touchpoints':{}} | #/touchpoints: should be an array and is an object",
                "{'touchpoints':[5]} | #/touchpoints/0: should be an object and is a number",
                "{'touchpoints':[{}]} | #/touchpoints/0: needs a \"name\"",
                "{'touchpoints':[{'name':null}]} | #/touchpoints/0/name: should be a text in quotes and is null;"
                        + " leave the field out instead",
                "{'touchpoints':[{'nmae':'a'}]} | #/touchpoints/0/nmae: is not a known field; did you mean \"name\"?",
                "{'touchpoints':[{'name':'a','stage':'SALE'}]} | #/touchpoints/0/stage: \"SALE\" is none of ADVOCACY,"
                        + " AWARENESS, CONSIDERATION, ONBOARDING, PURCHASE, RENEWAL, SUPPORT, USE",
                "{'touchpoints':[{'name':'a','stage':'NONE'}]} | #/touchpoints/0/stage: \"NONE\" is none of ADVOCACY,"
                        + " AWARENESS, CONSIDERATION, ONBOARDING, PURCHASE, RENEWAL, SUPPORT, USE",
                "{'touchpoints':[{'name':'a','stage':'PURCHSE'}]} | #/touchpoints/0/stage: \"PURCHSE\" is none of"
                        + " ADVOCACY, AWARENESS, CONSIDERATION, ONBOARDING, PURCHASE, RENEWAL, SUPPORT, USE; did you"
                        + " mean \"PURCHASE\"?",
                "{'touchpoints':[{'name':'a','channel':'Web'}]} | #/touchpoints/0/channel: \"Web\" is not a channel;",
                "{'touchpoints':[{'name':'a','journey':'j'}]} | #/touchpoints/0/journey: the journey \"j\" is not"
                        + " declared",
                "{'touchpoints':[{'name':'a','target':'PT-1S'}]} | #/touchpoints/0/target: PT-1S is out of range;",
                "{'touchpoints':[{'name':'a','importance':1e999}]} | #/touchpoints/0/importance: Infinity is not an"
                        + " importance;",
                "{'touchpoints':[{'name':'a','importance':'1'}]} | #/touchpoints/0/importance: should be a number and"
                        + " is a text",
                "{'touchpoints':[{'name':'a','objective':95}]} | #/touchpoints/0/objective: 95.0 is not an objective;",
                "{'touchpoints':[{'name':'a','contact':0}]} | #/touchpoints/0/contact: should be true or false and is"
                        + " a number",
                "{'touchpoints':[{'name':'a','routes':'GET /a'}]} | #/touchpoints/0/routes: should be an array and is a"
                        + " text",
                "{'touchpoints':[{'name':'a','routes':[1,'GET /b']}]} | #/touchpoints/0/routes/0: should be a text in"
                        + " quotes and is a number",
                "{'touchpoints':[{'name':'a'},{'name':'a'}]} | #/touchpoints/1/name: \"a\" is already declared at"
                        + " c.json#/touchpoints/0",
                "{'touchpoints':[{'name':'a','routes':['GET /a']},{'name':'a','routes':['GET /a']}]} |"
                        + " #/touchpoints/1/name: \"a\" is already declared at c.json#/touchpoints/0",
                "{'touchpoints':[{'name':'a'},{'name':'a','owner':'x'}]} | #/touchpoints/1/name: \"a\" is already"
                        + " declared at c.json#/touchpoints/0",
                "{'journeys':[{'name':'j','ends':['e']},{'name':'j','ends':['e']}]} | #/journeys/1/name: \"j\" is"
                        + " already declared at c.json#/journeys/0",
                "{'journeys':[{'name':'j','steps':2.5}]} | #/journeys/0/steps: should be a whole number and is a"
                        + " number",
                "{'journeys':[{'name':'j','steps':0}]} | #/journeys/0/steps: 0 is not a number of steps; allowed is"
                        + " 1 or more",
                "{'journeys':[{'name':'j','steps':3000000000}]} | #/journeys/0/steps: is out of range; the largest is"
                        + " 2147483647",
                "{'journeys':[{'name':'j','steps':99999999999999999999}]} | #/journeys/0/steps: is out of range; the"
                        + " largest is 2147483647",
                "{'journeys':[{'name':'j','timeout':'PT0S'}]} | #/journeys/0/timeout: PT0S is out of range;",
                "{'journeys':[{'name':'j','ends':[true]}]} | #/journeys/0/ends/0: should be a text in quotes and is"
                        + " true or false",
                "{'journeys':[{'name':'j','ends':['a b']}]} | #/journeys/0/ends/0: \"a b\" is not a name;",
                "{'journeys':[{'nmae':'j'}],'touchpoints':[{'name':'a','journey':'j'}]} | #/journeys/0/nmae: is not a"
                        + " known field; did you mean \"name\"?",
                "{'jurneys':[{'name':'j'}],'touchpoints':[{'name':'a','journey':'j'}]} | #/jurneys: is not a known"
                        + " field; did you mean \"journeys\"?",
                "{'journeys':{'name':'j'},'touchpoints':[{'name':'a','journey':'j'}]} | #/journeys: should be an array"
                        + " and is an object",
                "{'benchmarks':[{'metric':'nps','peer':'p'}]} | #/benchmarks/0: needs a \"value\"",
                "{'benchmarks':[5,{'metric':'','peer':'p','value':1}]} | #/benchmarks/0: should be an object and is a"
                        + " number / #/benchmarks/1/metric: a benchmark needs the name of its index",
                "{'benchmarks':[{'metric':'nps','peer':'p','value':1,'n':1.5}]} | #/benchmarks/0/n: should be a whole"
                        + " number and is a number",
                "{'effects':['owner','customer']} | #/effects/1: \"customer\" may identify customers",
                "{'effects':'owner'} | #/effects: should be an array and is a text",
                "{'owner':'me'} | #/owner: is not a known field; known are benchmarks, effects, journeys, model, touchpoints",
                "{'a/b~c':1} | #/a~1b~0c: is not a known field;",
                "{'touchpoints':[],'touchpoints':[]} | #/touchpoints: is a duplicate; keep one",
                "{'touchpoints':[{'name':'a','owner':'x','owner':'x'}]} | #/touchpoints/0/owner: is a duplicate;"
                        + " keep one",
                "[] | #: should be an object and is an array",
                "5 | #: should be an object and is a number",
                "{} {} | #: continues after its end; remove the text after the last }",
            })
    void eachProblemIsToldOnceWithItsPlace(String json, String expected) {
        List<String> problems = problems(json.replace('\'', '"'));

        String[] each = expected.split(" / ", -1);
        assertThat(problems).hasSize(each.length);
        for (int i = 0; i < each.length; i++) {
            assertThat(problems.get(i)).startsWith("c.json" + each[i]);
        }
    }

    @Test
    void allProblemsAreToldAtOnce() {
        String json = """
                { "model": { "id": "m", "paceShare": 7, "x": 1 },
                  "touchpoints": [
                    { "name": "a", "stage": 1, "importance": 99, "journey": "jj" },
                    { "title": "no name", "target": "PT-3S", "routes": [1, "GET", "GET /a"] },
                    { "name": "a b" } ],
                  "journeys": [ { "name": "j", "steps": 0, "ends": [2, "b", "other"] } ],
                  "benchmarks": [ { "metric": 5, "peer": "p" } ],
                  "extra": true }
                """;

        assertThat(problems(json))
                .extracting(problem -> problem.substring("c.json#".length(), problem.indexOf(": ")))
                .containsExactlyInAnyOrder(
                        "/model/x",
                        "/model/paceShare",
                        "/touchpoints/0/stage",
                        "/touchpoints/0/importance",
                        "/touchpoints/0/journey",
                        "/touchpoints/1",
                        "/touchpoints/1/target",
                        "/touchpoints/1/routes/0",
                        "/touchpoints/1/routes/1",
                        "/touchpoints/2/name",
                        "/journeys/0/steps",
                        "/journeys/0/ends/0",
                        "/journeys/0/ends/2",
                        "/benchmarks/0/metric",
                        "/benchmarks/0",
                        "/extra");
    }

    @Test
    void whatWasFoundBeforeTheTextBreaksOffIsToldToo() {
        List<String> problems = problems("{\"touchpoints\":[{\"name\":\"a\",\"importance\":99,\"journey\":\"j\",\n\"x");

        assertThat(problems).hasSize(2);
        assertThat(problems.get(0)).startsWith("c.json#/touchpoints/0").contains("is not JSON (line 2, column ");
        assertThat(problems.get(1)).startsWith("c.json#/touchpoints/0/importance: 99.0 is not an importance");
    }

    @Test
    void aCommentIsToldAsSuch() {
        assertThat(problems("{ \"model\": \"touchstone-1\", // or an object\n \"journeys\": [] }"))
                .singleElement()
                .asString()
                .startsWith("c.json#")
                .contains("has a comment (line 1, column ")
                .contains("JSON has none: remove it");
        assertThat(problems("# hello\n{}")).singleElement().asString().contains("has a comment (line 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "{",
                "{\"a\"}",
                "{'a':1}",
                "{\"model\":NaN}",
                "{\"model\":01}",
                "{} x",
                "{\"model\":\"\u0001\"}",
                "\u0000"
            })
    void whatIsNotJsonIsAProblemAndNothingElse(String json) {
        assertThat(problems(json)).isNotEmpty();
    }

    @Test
    void onlyUtf8WithoutAMarkIsRead() {
        String json = "{\"touchpoints\":[{\"name\":\"a\",\"title\":\"\u00e4\"}]}";

        assertThat(problems(json.getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(problems(("\uFEFF" + json).getBytes(StandardCharsets.UTF_8)))
                .containsExactly("c.json#: starts with a byte order mark; save it as UTF-8 without one");
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.ISO_8859_1)) {
            assertThat(problems(json.getBytes(charset)))
                    .containsExactly("c.json#: is not UTF-8 text; save it as UTF-8");
        }
    }

    @Test
    void theLimitsAreTheOnesStated() {
        String name = "{\"touchpoints\":[{\"name\":\"a\",\"title\":\"";
        String end = "\"}]}";

        assertThat(problems("{}" + " ".repeat((1 << 20) - 2))).isEmpty();
        assertThat(problems("{}" + " ".repeat((1 << 20) - 1))).containsExactly("c.json#: is larger than 1 MiB");
        assertThat(problems("{\"x\":" + "[".repeat(31) + "]".repeat(31) + "}")).hasSize(1);
        assertThat(problems("{\"x\":" + "[".repeat(32) + "]".repeat(32) + "}"))
                .hasSize(2)
                .last()
                .asString()
                .contains("depth (33) exceeds the maximum allowed (32)");
        assertThat(problems(name + "x".repeat(65_536) + end))
                .singleElement()
                .asString()
                .contains("200 characters");
        assertThat(problems(name + "x".repeat(65_537) + end))
                .singleElement()
                .asString()
                .contains("String value length (65537) exceeds the maximum allowed (65536)");
        assertThat(problems("{\"" + "n".repeat(257) + "\":1}"))
                .singleElement()
                .asString()
                .contains("Name length (257) exceeds the maximum allowed (256)");
        assertThat(problems("{\"touchpoints\":[{\"name\":\"a\",\"importance\":0." + "1".repeat(64) + "}]}"))
                .singleElement()
                .asString()
                .contains("exceeds the maximum allowed (64)");
        assertThat(problems("{\"x\":[" + "1,".repeat(100_000) + "1]}"))
                .hasSize(2)
                .last()
                .asString()
                .contains("exceeds the maximum allowed (100000)");
    }

    @Test
    void aFileIsALayerOverOthers() {
        Catalog.Builder weaker = Catalog.builder()
                .touchpoint("a", a -> a.owner("code").importance(2))
                .touchpoint("b");
        Catalog catalog = read("{\"touchpoints\":[{\"name\":\"a\",\"owner\":\"file\"}]}")
                .over(weaker)
                .build();

        assertThat(catalog.touchpoints()).hasSize(2);
        assertThat(catalog.touchpoint("a").orElseThrow().owner()).contains("file");
        assertThat(catalog.touchpoint("a").orElseThrow().importance()).hasValue(2);
    }

    @Test
    void aFileIsReadFromDisk(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("touchstone.json"), EXAMPLE);

        assertThat(CatalogJson.load(file).touchpoints()).hasSize(2);
        Files.writeString(file, "{\"x\":1}");
        assertThatThrownBy(() -> CatalogJson.load(file))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining(file + "#/x: is not a known field");
    }

    @Test
    void aFileThatCannotBeReadIsNamed(@TempDir Path folder) {
        Path missing = folder.resolve("missing.json");

        assertThatThrownBy(() -> CatalogJson.read(missing))
                .isInstanceOf(CatalogFileException.class)
                .hasMessage("The catalog file " + missing + " does not exist; check the name, or create it.")
                .hasCauseInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> CatalogJson.read(folder))
                .isInstanceOf(CatalogFileException.class)
                .hasMessage("The catalog file " + folder + " is a directory; name a file.");
    }

    @Test
    void aStreamIsReadNoFurtherThanItMayBeLong() throws IOException {
        ByteArrayInputStream endless = new ByteArrayInputStream(new byte[3 << 20]);

        assertThatThrownBy(() -> CatalogJson.read("c.json", endless).build()).hasMessageContaining("1 MiB");
        assertThat(endless.available()).isEqualTo((2 << 20) - 1);
    }

    private static Catalog catalog(String json) {
        return read(json).build();
    }

    private static Catalog.Builder read(String json) {
        return CatalogJson.read("c.json", json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(String json) {
        return problems(json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> problems(byte[] json) {
        CatalogException thrown = catchThrowableOfType(
                CatalogException.class, () -> CatalogJson.read("c.json", json).build());
        return thrown == null
                ? List.of()
                : thrown.problems().stream().map(Object::toString).toList();
    }

    @Test
    void nothingFollowsFromACommentOrFromAnyOtherBreak() {
        for (String broken : List.of(
                "{ // what matters\n \"journeys\": [ { \"name\": \"purchase\" } ] }",
                "{ \"touchpoints\": [ { \"name\": \"cart\", \"journey\": \"purchase\" /* ours */ } ],"
                        + " \"journeys\": [ { \"name\": \"purchase\" } ] }",
                "{ \"touchpoints\": [ { \"name\": \"cart\", \"journey\": \"purchase\" ] }",
                "",
                "\uFEFF{}")) {
            Catalog.Builder annotations =
                    Catalog.builder("code").touchpoint("pay", touchpoint -> touchpoint.journey("purchase"));
            Catalog.Builder all = Catalog.builder()
                    .over(CatalogJson.read("touchstone.json", broken.getBytes(StandardCharsets.UTF_8)))
                    .over(annotations);
            assertThatThrownBy(all::build)
                    .as(broken)
                    .isInstanceOfSatisfying(
                            CatalogException.class,
                            thrown -> assertThat(thrown.problems())
                                    .singleElement()
                                    .asString()
                                    .startsWith("touchstone.json#"));
        }
    }
}
