package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every rule reports what was planted for it below {@code dev.touchstone.archfixture}, and nothing else there. */
class ArchitectureRulesTest {

    private static final String ROOT = "dev.touchstone.archfixture";
    private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(ROOT);

    private final ArchitectureRules rules = new ArchitectureRules(ROOT);

    @Test
    void aStrayPackageIsReported() {
        assertThat(violations(rules.everyClassIsInAKnownPackage()))
                .singleElement()
                .asString()
                .contains(ROOT + ".manager.Stray");
    }

    @Test
    void aLowerPackageIsReported() {
        assertThat(violations(rules.aPackageKnowsOnlyThoseAboveIt()))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation).contains("event.KnowsScoring.", "scoring.Sum"));
    }

    @Test
    void aCycleIsReported() {
        assertThat(violations(rules.packagesAreFreeOfCycles()))
                .singleElement()
                .asString()
                .contains(ROOT + ".event", ROOT + ".scoring", "Cycle detected");
    }

    @Test
    void jacksonOutsideOfJsonIsReported() {
        assertThat(violations(rules.onlyJsonKnowsJackson()))
                .anySatisfy(violation -> assertThat(violation).contains("care.KnowsJackson"))
                .anySatisfy(violation -> assertThat(violation).contains("NamesLibraries.plantedReturn"))
                .noneSatisfy(violation -> assertThat(violation).contains("json.Writes"));
    }

    @Test
    void openTelemetryOutsideOfTelemetryIsReported() {
        assertThat(violations(rules.onlyTelemetryKnowsOpenTelemetry()))
                .anySatisfy(violation -> assertThat(violation).contains("store.KnowsTelemetry"))
                .noneSatisfy(violation -> assertThat(violation).contains("telemetry.Marks"));
    }

    @Test
    void readingTheSystemClockIsReported() {
        assertThat(violations(rules.onlyTheEngineClockReadsTheSystemClock()))
                .allSatisfy(violation -> assertThat(violation).contains("ReadsSystemClock."))
                .extracting(violation -> violation.replaceAll(".*ReadsSystemClock\\.(\\w+)\\(\\).*", "$1"))
                .containsExactlyInAnyOrder("now", "today", "utc", "ticking", "source", "millis", "reference", "date");
    }

    @Test
    void serializationIsReported() {
        assertThat(violations(rules.nothingIsJavaSerializable()))
                .anySatisfy(violation -> assertThat(violation).contains("DeclaresSerializable"))
                .anySatisfy(violation -> assertThat(violation).contains("ReadsObjects", "ObjectInputStream"))
                .noneSatisfy(violation -> assertThat(violation).contains("Kind"));
    }

    @Test
    void aThreadLocalIsReported() {
        assertThat(violations(rules.nothingIsThreadLocal()))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation).contains("ThreadBound"));
    }

    @Test
    void staticStateIsReported() {
        assertThat(violations(rules.noStateIsStatic()))
                .allSatisfy(violation -> assertThat(violation).containsIgnoringCase("StaticState.planted"))
                .hasSize(5);
    }

    @Test
    void impureScoringIsReported() {
        assertThat(violations(rules.scoringIsPure()))
                .allSatisfy(violation -> assertThat(violation).contains("scoring.KnowsThreads"))
                .anySatisfy(violation -> assertThat(violation).contains("java.time.Clock"))
                .anySatisfy(violation -> assertThat(violation).contains("org.slf4j.Logger"))
                .anySatisfy(violation -> assertThat(violation).contains("java.io.File"))
                .anySatisfy(violation -> assertThat(violation).contains("java.nio.file.Path"))
                .anySatisfy(violation -> assertThat(violation).contains("java.util.concurrent.TimeUnit"));
    }

    @Test
    void aLibraryInAPublicSignatureIsReported() {
        assertThat(violations(rules.publicTypesNameNoLibrary()))
                .allSatisfy(violation ->
                        assertThat(violation).contains("NamesLibraries").containsIgnoringCase("planted"))
                .anySatisfy(violation -> assertThat(violation).contains("plantedReturn", "JsonNode"))
                .anySatisfy(violation -> assertThat(violation).contains("plantedParameter", "Cache"))
                .anySatisfy(violation -> assertThat(violation).contains("plantedBound", "OpenTelemetrySdk"))
                .anySatisfy(violation -> assertThat(violation).contains("PlantedParent", "Cache"));
    }

    @Test
    void aPackageThatIsNotNullMarkedIsReported() {
        assertThat(violations(rules.everyPackageIsNullMarked()))
                .anySatisfy(violation -> assertThat(violation).startsWith(ROOT + ".manager "))
                .noneSatisfy(violation -> assertThat(violation).startsWith(ROOT + ".event "));
    }

    @Test
    void catchingThrowableIsReportedAndWhatJavacAddsIsNot() {
        assertThat(ThrowableCatches.in(Path.of("src/test/java/dev/touchstone/archfixture")))
                .hasSize(5)
                .filteredOn(place -> !place.startsWith("Guard.java:"))
                .hasSize(4)
                .allSatisfy(place -> assertThat(place).startsWith("CatchesThrowable.java:"));
    }

    @Test
    void aFolderThatIsNotThereHasNoCatches() {
        assertThat(ThrowableCatches.in(Path.of("src/nowhere/java"))).isEmpty();
    }

    private static List<String> violations(ArchRule rule) {
        return rule.evaluate(FIXTURES).getFailureReport().getDetails();
    }
}
