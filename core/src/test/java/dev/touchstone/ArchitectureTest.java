package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The rules of {@link ArchitectureRules}, held against core. */
@AnalyzeClasses(packages = "dev.touchstone", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final ArchitectureRules RULES = new ArchitectureRules("dev.touchstone");

    @ArchTest
    static final ArchRule everyClassIsInAKnownPackage = RULES.everyClassIsInAKnownPackage();

    @ArchTest
    static final ArchRule aPackageKnowsOnlyThoseAboveIt = RULES.aPackageKnowsOnlyThoseAboveIt();

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = RULES.packagesAreFreeOfCycles();

    @ArchTest
    static final ArchRule onlyJsonKnowsJackson = RULES.onlyJsonKnowsJackson();

    @ArchTest
    static final ArchRule onlyTelemetryKnowsOpenTelemetry = RULES.onlyTelemetryKnowsOpenTelemetry();

    @ArchTest
    static final ArchRule onlyTheEngineClockReadsTheSystemClock = RULES.onlyTheEngineClockReadsTheSystemClock();

    @ArchTest
    static final ArchRule nothingIsJavaSerializable = RULES.nothingIsJavaSerializable();

    @ArchTest
    static final ArchRule nothingIsThreadLocal = RULES.nothingIsThreadLocal();

    @ArchTest
    static final ArchRule noStateIsStatic = RULES.noStateIsStatic();

    @ArchTest
    static final ArchRule scoringIsPure = RULES.scoringIsPure();

    @ArchTest
    static final ArchRule publicTypesNameNoLibrary = RULES.publicTypesNameNoLibrary();

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = RULES.everyPackageIsNullMarked();

    @Test
    void onlyTheGuardCatchesThrowable() {
        assertThat(ThrowableCatches.in(Path.of("src/main/java")))
                .allSatisfy(place -> assertThat(place).startsWith("dev/touchstone/Guard.java:"));
    }
}
