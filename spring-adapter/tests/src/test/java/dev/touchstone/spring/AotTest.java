package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import dev.touchstone.test.RecordedEvents;
import org.junit.jupiter.api.Test;
import org.springframework.aot.AotDetector;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

/** An application that is prepared ahead of time does the same, and a native image keeps what it needs. */
class AotTest {

    private final TestGenerationContext generation = new TestGenerationContext();

    private ClassName prepare() {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.register(Application.class);
        try (context) {
            ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
            generation.writeGeneratedContent();
            return initializer;
        }
    }

    @Test
    @CompileWithForkedClassLoader // what is generated calls what is private to our package
    @SuppressWarnings("unchecked") // what is generated says nothing of its type
    void itRecordsWithoutLookingForAnythingWhenItStarts() {
        ClassName initializer = prepare();
        TestCompiler.forSystem().with(generation).compile(compiled -> {
            GenericApplicationContext context = new GenericApplicationContext();
            compiled.getInstance(ApplicationContextInitializer.class, initializer.toString())
                    .initialize(context);
            String before = System.setProperty(AotDetector.AOT_ENABLED, "true");
            try (context) {
                context.refresh();
                assertThat(context.getBean(Service.class).serve()).isEqualTo("served");
                assertThat(context.getBean(ByContract.class).contracted()).isEqualTo("contracted");
                assertThat(context.getBean(RecordedEvents.class).all())
                        .extracting(event -> event.touchpoint().name())
                        .containsExactly("service", "contract");
                assertThat(context.getBean(Touchstone.class).catalog().touchpoint("service"))
                        .isPresent();
            } finally {
                if (before == null) {
                    System.clearProperty(AotDetector.AOT_ENABLED);
                } else {
                    System.setProperty(AotDetector.AOT_ENABLED, before);
                }
            }
        });
    }

    @Test
    void whatIsAnnotatedIsKept() {
        prepare();
        RuntimeHints hints = generation.getRuntimeHints();
        assertThat(RuntimeHintsPredicates.reflection().onType(Service.class)).accepts(hints);
        assertThat(hints.reflection().getTypeHint(Touchpoint.class).getMemberCategories())
                .contains(MemberCategory.INVOKE_DECLARED_METHODS);
        assertThat(RuntimeHintsPredicates.reflection().onType(Contract.class)).accepts(hints);
        assertThat(hints.reflection().getTypeHint(Contract.class).methods().map(method -> method.getName()))
                .contains("contracted");
        assertThat(RuntimeHintsPredicates.resource().forResource("touchstone.json"))
                .accepts(hints);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        TouchstoneAutoConfiguration.class,
        TouchstoneMethodAutoConfiguration.class,
        TouchstoneContextAutoConfiguration.class,
        TouchstoneMicrometerAutoConfiguration.class,
        TouchstoneOpenTelemetryAutoConfiguration.class
    })
    @Import({Service.class, ByContract.class})
    static class Application {

        @Bean
        RecordedEvents recorded() {
            return new RecordedEvents();
        }
    }

    static class Service {

        @Touchpoint(name = "service")
        public String serve() {
            return "served";
        }
    }

    interface Contract {

        @Touchpoint(name = "contract")
        String contracted();
    }

    static class ByContract implements Contract {

        @Override
        public String contracted() {
            return "contracted";
        }
    }
}
