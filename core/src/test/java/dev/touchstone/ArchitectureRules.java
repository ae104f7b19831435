package dev.touchstone;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * What must hold between the packages of core, stated over a root package: {@code dev.touchstone} for the library
 * itself, a fixture's root to show that each rule reports what it is there for.
 */
final class ArchitectureRules {

    /**
     * A package knows only those above it; the empty name is the root package itself, without its subpackages. The values
     * of scoring do not know how the engine computes them.
     */
    private static final List<String> ORDER = List.of(
            "event",
            "internal",
            "scoring",
            "scoring.internal",
            "prediction",
            "prediction.internal",
            "survey",
            "comparison.internal",
            "catalog",
            "care",
            "care.internal",
            "history",
            "history.internal",
            "state",
            "customers",
            "",
            "json",
            "telemetry",
            "store",
            "webhook",
            "settings");

    private static final Set<String> CLOCK_READERS = Set.of("currentTimeMillis", "nanoTime");

    private final String root;

    ArchitectureRules(String root) {
        this.root = root;
    }

    ArchRule everyClassIsInAKnownPackage() {
        return classes()
                .should()
                .resideInAnyPackage(ORDER.stream().map(this::pattern).toArray(String[]::new))
                .because("a new package needs a place in the order of packages")
                .allowEmptyShould(true);
    }

    ArchRule aPackageKnowsOnlyThoseAboveIt() {
        CompositeArchRule order = null;
        for (int i = 0; i < ORDER.size() - 1; i++) {
            String[] below = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(this::pattern)
                    .toArray(String[]::new);
            ArchRule rule = noClasses()
                    .that()
                    .resideInAPackage(pattern(ORDER.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(below)
                    .allowEmptyShould(true);
            order = order == null ? CompositeArchRule.of(rule) : order.and(rule);
        }
        return order;
    }

    ArchRule packagesAreFreeOfCycles() {
        return slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true);
    }

    ArchRule onlyJsonKnowsJackson() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(pattern("json"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..")
                .allowEmptyShould(true);
    }

    ArchRule onlyTelemetryKnowsOpenTelemetry() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(pattern("telemetry"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .allowEmptyShould(true);
    }

    ArchRule onlyTheEngineClockReadsTheSystemClock() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName(root + ".EngineClock")
                .and()
                .doNotHaveFullyQualifiedName(root + ".webhook.SignalWebhook$Builder") // signs the time of day
                .should(accessTargetWhere(describe("reads the system clock", ArchitectureRules::readsTheSystemClock)))
                .because("time is injected")
                .allowEmptyShould(true);
    }

    ArchRule nothingIsJavaSerializable() {
        return noClasses()
                .should(declareThemselvesSerializable())
                .orShould(dependOnClassesThat(
                        assignableTo(ObjectInputStream.class).or(assignableTo(ObjectOutputStream.class))))
                .allowEmptyShould(true);
    }

    ArchRule nothingIsThreadLocal() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .allowEmptyShould(true);
    }

    ArchRule noStateIsStatic() {
        return fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .andShould()
                .haveRawType(not(resideInAnyPackage("java.util.concurrent..", "com.github.benmanes.caffeine..")
                                .and(not(describe(
                                        "a field updater",
                                        type -> type.getSimpleName().endsWith("FieldUpdater"))))
                                .and(not(describe("an enum", JavaClass::isEnum))))
                        .as("no concurrent structure or cache"))
                .andShould()
                .haveRawType(not(resideInAPackage("java.util")
                                .and(not(describe("an interface", JavaClass::isInterface)))
                                .and(assignableTo(Collection.class).or(assignableTo(Map.class))))
                        .as("no mutable collection"))
                .andShould()
                .notHaveRawType(assignableTo(Thread.class)
                        .or(assignableTo(StringBuilder.class))
                        .or(assignableTo(Random.class)))
                .allowEmptyShould(true);
    }

    ArchRule scoringIsPure() {
        return noClasses()
                .that()
                .resideInAnyPackage(
                        pattern("scoring"),
                        pattern("scoring.internal"),
                        pattern("prediction"),
                        pattern("prediction.internal"),
                        pattern("comparison.internal"))
                .should(dependOnClassesThat(
                        resideInAnyPackage("java.util.concurrent..", "org.slf4j..", "java.io..", "java.nio..")
                                .or(assignableTo("java.time.InstantSource"))
                                .or(assignableTo(Thread.class))))
                .because("scoring, prediction and comparison have no clock, thread, lock, logger or I/O")
                .allowEmptyShould(true);
    }

    ArchRule publicTypesNameNoLibrary() {
        return classes()
                .that(describe("can be reached by users", ArchitectureRules::isPublic))
                .and()
                .resideOutsideOfPackage("..internal..")
                .should(nameNoTypeFrom(resideInAnyPackage(
                        "tools.jackson..",
                        "com.fasterxml.jackson..",
                        "com.github.benmanes.caffeine..",
                        "io.opentelemetry.sdk..")))
                .allowEmptyShould(true);
    }

    ArchRule everyPackageIsNullMarked() {
        return all(new AbstractClassesTransformer<JavaPackage>("packages") {
                    @Override
                    public Iterable<JavaPackage> doTransform(JavaClasses classes) {
                        return classes.stream().map(JavaClass::getPackage).collect(Collectors.toSet());
                    }
                })
                .should(new ArchCondition<>("be @NullMarked") {
                    @Override
                    public void check(JavaPackage item, ConditionEvents events) {
                        events.add(new SimpleConditionEvent(
                                item,
                                item.isAnnotatedWith(NullMarked.class),
                                item.getName() + " has no package-info.java with @NullMarked"));
                    }
                })
                .allowEmptyShould(true);
    }

    /** A package with its subpackages, unless they have places of their own in the order. */
    private String pattern(String name) {
        if (name.isEmpty()) {
            return root;
        }
        boolean split = ORDER.stream().anyMatch(other -> other.startsWith(name + "."));
        return root + "." + name + (split ? "" : "..");
    }

    private static boolean readsTheSystemClock(JavaAccess<?> access) {
        if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
            return false;
        }
        JavaClass owner = target.getOwner();
        List<JavaClass> parameters = target.getRawParameterTypes();
        String name = target.getName();
        return switch (owner.getName()) {
            case "java.lang.System" -> CLOCK_READERS.contains(name);
            case "java.util.Date" -> name.equals("<init>") && parameters.isEmpty();
            case "java.util.Calendar" -> name.equals("getInstance");
            case "java.util.GregorianCalendar" -> name.equals("<init>");
            default ->
                owner.getPackageName().startsWith("java.time")
                        && (name.startsWith("system") || name.startsWith("tick") || name.equals("now"))
                        && parameters.stream().noneMatch(type -> type.isAssignableTo(Clock.class));
        };
    }

    private static ArchCondition<JavaClass> declareThemselvesSerializable() {
        return new ArchCondition<>("declare themselves serializable") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean declared = type.getRawInterfaces().stream()
                        .map(JavaClass::getName)
                        .anyMatch(Set.of("java.io.Serializable", "java.io.Externalizable")::contains);
                events.add(new SimpleConditionEvent(type, declared, type.getName() + " declares itself serializable"));
            }
        };
    }

    static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ArchitectureRules::isPublic).orElse(true);
    }

    private static ArchCondition<JavaClass> nameNoTypeFrom(DescribedPredicate<? super JavaClass> library) {
        return new ArchCondition<>("name no type of a library in what users see") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
                report(
                        type,
                        type.getName(),
                        parents.flatMap(parent -> parent.getAllInvolvedRawTypes().stream()),
                        events);
                type.getMembers().stream()
                        .filter(ArchitectureRules::isVisible)
                        .forEach(member -> report(type, member.getFullName(), signature(member), events));
            }

            private void report(JavaClass type, String what, Stream<JavaClass> named, ConditionEvents events) {
                named.filter(library)
                        .forEach(found ->
                                events.add(SimpleConditionEvent.violated(type, what + " names " + found.getName())));
            }
        };
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> signature(JavaMember member) {
        Set<JavaClass> types = new LinkedHashSet<>(member.getAllInvolvedRawTypes());
        if (member instanceof JavaCodeUnit method) {
            types.addAll(method.getExceptionTypes());
        } else if (member instanceof JavaField field) {
            types.add(field.getRawType());
        }
        return types.stream();
    }
}
