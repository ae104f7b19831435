package dev.touchstone.http;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * What is for everything that serves HTTP knows core and nothing else; the servlet adapter stands on it, and the Spring
 * starter on both. That neither of them knows Spring is what the order of the modules sees to.
 */
@AnalyzeClasses(
        packages = {"dev.touchstone.http", "dev.touchstone.servlet"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {

    @ArchTest
    static final ArchRule everyClassIsInOneOfTwoPackages =
            classes().should().resideInAnyPackage("dev.touchstone.http", "dev.touchstone.servlet");

    @ArchTest
    static final ArchRule httpKnowsNoServlets = noClasses()
            .that()
            .resideInAPackage("dev.touchstone.http..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("dev.touchstone.servlet..", "jakarta.."));

    @ArchTest
    static final ArchRule onlyThePageWritesJson = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("Page")
            .should()
            .dependOnClassesThat(resideInAnyPackage("tools.jackson.."));

    /** All but what an old container calls, which has no jakarta.servlet. */
    @ArchTest
    static final ArchRule theyStandOnCoreAndTheJdk = noClasses()
            .that()
            .doNotHaveSimpleName("JavaxNotice")
            .should()
            .dependOnClassesThat(not(resideInAnyPackage(
                            "dev.touchstone..",
                            "java..",
                            "jakarta.servlet..",
                            "tools.jackson.core..",
                            "org.slf4j..",
                            "org.jspecify.annotations.."))
                    .or(resideInAPackage("dev.touchstone.spring..")));

    @ArchTest
    static final ArchRule whatAnOldContainerCallsKnowsNothingElse = noClasses()
            .that()
            .haveSimpleName("JavaxNotice")
            .should()
            .dependOnClassesThat(not(resideInAnyPackage("java..", "javax.servlet..", "org.jspecify.annotations..")));
}
