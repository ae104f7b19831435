package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Scope;
import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.test.RecordedEvent;
import dev.touchstone.test.RecordedEvents;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.Advisor;
import org.springframework.aop.framework.autoproxy.AbstractAdvisorAutoProxyCreator;
import org.springframework.aop.framework.autoproxy.DefaultAdvisorAutoProxyCreator;
import org.springframework.aop.support.AopUtils;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import reactor.core.Disposable;
import reactor.core.publisher.ConnectableFlux;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A call of an annotated method of any bean is one event, which ends when its result does. */
@SuppressWarnings("try")
class BeansTest {

    private static ConfigurableApplicationContext application;
    private static Touchstone touchstone;
    private static RecordedEvents recorded;
    private static Service service;
    private static CompletableFuture<String> pending;
    private static final AtomicReference<RuntimeException> FAILURE = new AtomicReference<>();

    @BeforeAll
    static void start() {
        application = start(Application.class);
        touchstone = application.getBean(Touchstone.class);
        recorded = application.getBean(RecordedEvents.class);
        service = application.getBean(Service.class);
    }

    private static ConfigurableApplicationContext start(Class<?>... sources) {
        return new SpringApplicationBuilder(sources)
                .web(WebApplicationType.NONE)
                .run(
                        "--spring.main.banner-mode=off",
                        "--management.tracing.enabled=false",
                        "--management.otlp.metrics.export.enabled=false",
                        "--logging.level.root=warn");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @BeforeEach
    void forget() {
        recorded.clear();
    }

    @Test
    void aValueIsASuccess() {
        assertThat(service.value()).isEqualTo("value");
        assertThat(outcome("value")).isEqualTo(Outcome.SUCCESS);
        service.nothing();
        assertThat(outcome("nothing")).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void anExceptionIsAFailureAndTheSameObject() {
        IOException suppressed = new IOException("suppressed");
        IllegalStateException failure = new IllegalStateException("the host's own");
        failure.addSuppressed(suppressed);
        FAILURE.set(failure);
        assertThatThrownBy(() -> service.fail()).isSameAs(failure);
        assertThat(failure.getSuppressed()).containsExactly(suppressed);
        assertThat(outcome("fail")).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void soIsAnError() {
        assertThatThrownBy(() -> service.error()).isInstanceOf(AssertionError.class);
        assertThat(outcome("error")).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void whatOthersRefuseBeforeTheMethodIsAFailureToo() {
        assertThatThrownBy(() -> application.getBean(Guarded.class).refused(""))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(outcome("guarded")).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void aFutureEndsWhenItCompletes() throws Exception {
        CompletableFuture<String> future = service.future(null);
        assertThat(recorded.all()).isEmpty();
        assertThat(future).isSameAs(pending);
        pending.complete("later");
        assertThat(future.get(5, TimeUnit.SECONDS)).isEqualTo("later");
        assertThat(outcome("future")).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aFutureThatFailsIsAFailureWithTheSameException() {
        IllegalStateException failure = new IllegalStateException("later");
        CompletableFuture<String> future = service.future(null);
        future.completeExceptionally(failure);
        assertThatThrownBy(future::join).hasCause(failure);
        assertThat(failure.getSuppressed()).isEmpty();
        assertThat(outcome("future")).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void aFutureThatIsCancelledIsAbandoned() {
        service.future(null).cancel(true);
        assertThat(outcome("future")).isEqualTo(Outcome.ABANDONED);
    }

    @Test
    void aFutureThatIsThereAlreadyEndsAtOnce() {
        assertThat(service.future("now")).isCompletedWithValue("now");
        assertThat(outcome("future")).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aMonoIsAnEventWhenSomebodySubscribes() {
        Mono<String> mono = service.mono(Mono.just("one").delayElement(Duration.ofMillis(50)));
        assertThat(recorded.all()).isEmpty();
        assertThat(mono.block()).isEqualTo("one");
        assertThat(outcome("mono")).isEqualTo(Outcome.SUCCESS);
        assertThat(recorded.onlyAt("mono").event().durationMs().orElse(0)).isGreaterThan(40);
    }

    @Test
    void eachSubscriptionIsOne() {
        IllegalStateException failure = new IllegalStateException("never");
        assertThatThrownBy(() -> service.mono(Mono.error(failure)).retry(2).block())
                .isSameAs(failure);
        assertThat(recorded.at("mono"))
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.event().outcome()).contains(Outcome.FAILURE));
    }

    @Test
    void anEmptyMonoIsASuccess() {
        assertThat(service.mono(Mono.empty()).block()).isNull();
        assertThat(outcome("mono")).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aMonoThatIsCancelledIsAbandoned() {
        Disposable subscription = service.mono(Mono.never()).subscribe();
        subscription.dispose();
        assertThat(outcome("mono")).isEqualTo(Outcome.ABANDONED);
    }

    @Test
    void aFluxEndsWithItsLastElement() {
        assertThat(service.flux(Flux.just("a", "b", "c")).collectList().block()).containsExactly("a", "b", "c");
        assertThat(outcome("flux")).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aFluxThatFailsIsAFailureWithTheSameException() {
        IllegalStateException failure = new IllegalStateException("after one");
        Flux<String> flux = service.flux(Flux.concat(Flux.just("a"), Flux.error(failure)));
        assertThat(flux.materialize().collectList().block().get(1).getThrowable())
                .isSameAs(failure);
        assertThat(failure.getSuppressed()).isEmpty();
        assertThat(outcome("flux")).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void fluxThatIsCancelledAfterItsFirstElementIsASuccess() {
        assertThat(service.flux(Flux.<String>never().startWith("a")).blockFirst())
                .isEqualTo("a");
        assertThat(outcome("flux")).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void fluxThatIsCancelledBeforeItsFirstElementIsAbandoned() {
        service.flux(Flux.never()).subscribe().dispose();
        assertThat(outcome("flux")).isEqualTo(Outcome.ABANDONED);
    }

    @Test
    void durationOfAFluxIsTheTimeToItsFirstElementIfItGoesOn() {
        long began = System.nanoTime();
        Sinks.Many<String> sink = Sinks.many().unicast().onBackpressureBuffer();
        service.flux(sink.asFlux()).subscribe();
        sink.tryEmitNext("a").orThrow();
        double firstMs = (System.nanoTime() - began) / 1e6;
        long first = System.nanoTime();
        await().until(() -> System.nanoTime() - first > TimeUnit.MILLISECONDS.toNanos(100));
        sink.tryEmitNext("b").orThrow();
        sink.tryEmitComplete().orThrow();
        assertThat(outcome("flux")).isEqualTo(Outcome.SUCCESS);
        assertThat(recorded.only().event().durationMs().orElseThrow()).isLessThanOrEqualTo(firstMs);
    }

    @Test
    void aResultOfATypeThatNobodyElseCanMakeEndsWhenItIsReturned() {
        assertThat(service.connectable()).isNotNull();
        assertThat(outcome("connectable")).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void whatIsRecordedInsideIsAboutTheSameCustomer() {
        try (Scope scope = touchstone.scope(touchstone.begin("outer").customer(CustomerId.of("ada")))) {
            service.nested();
            service.mono(Mono.fromRunnable(() -> {})).block();
        }
        assertThat(recorded.all())
                .extracting(event -> event.touchpoint().name())
                .containsExactly("inside", "nested", "mono");
        assertThat(recorded.all())
                .extracting(event -> event.event().customerKey().orElseThrow())
                .containsOnly(touchstone.key(CustomerId.of("ada")));
    }

    @Test
    void aMethodMayTellMoreOfTheEventThatItIs() {
        service.telling();
        RecordedEvent event = recorded.onlyAt("telling");
        assertThat(event.event().retries()).isEqualTo(1);
        assertThat(event.event().outcome()).contains(Outcome.DEGRADED);
    }

    @Test
    void anAsynchronousCallIsWhatHappensOnTheOtherThread() throws Exception {
        try (Scope scope = touchstone.scope(touchstone.begin("outer").customer(CustomerId.of("ada")))) {
            Future<?> done = service.asynchronous();
            done.get(5, TimeUnit.SECONDS);
        }
        RecordedEvent event = recorded.onlyAt("asynchronous");
        assertThat(event.event().durationMs().orElse(0)).isGreaterThan(40);
        assertThat(event.event().customerKey()).contains(touchstone.key(CustomerId.of("ada")));
    }

    @Test
    void anAsynchronousCallThatReturnsNothingCanFail() throws Exception {
        CountDownLatch failing = new CountDownLatch(1);
        service.asynchronousFailure(failing);
        assertThat(failing.await(5, TimeUnit.SECONDS)).isTrue();
        await().until(() -> !recorded.at("asynchronous.failure").isEmpty());
        assertThat(outcome("asynchronous.failure")).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void annotationsCountWhereverTheyAreInherited() {
        application.getBean(Contract.class).byInterface();
        assertThat(outcome("by.interface")).isEqualTo(Outcome.SUCCESS);
        application.getBean(Concrete.class).overridden();
        assertThat(outcome("by.superclass")).isEqualTo(Outcome.SUCCESS);
        application.getBean(Concrete.class).generic("text");
        assertThat(outcome("by.generic.interface")).isEqualTo(Outcome.SUCCESS);
        application.getBean(Concrete.class).composed();
        assertThat(outcome("composed")).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void ofAnInterfaceAndAnotherClassOfItsOwnAnnotationTheMethodsWins() {
        application.getBean(WholeClass.class).any();
        application.getBean(WholeClass.class).own();
        assertThat(recorded.all())
                .extracting(event -> event.touchpoint().name())
                .containsExactly("whole.class", "own.method");
        assertThat(application.getBean(WholeClass.class)).hasToString("whole");
        assertThat(recorded.all()).hasSize(2);
    }

    @Test
    void whatIsNotAnnotatedIsLeftAlone() {
        assertThat(AopUtils.isAopProxy(application.getBean(Plain.class))).isFalse();
    }

    @Test
    void theyAreAllInTheCatalog() {
        assertThat(touchstone.catalog().touchpoint("value").orElseThrow().owner())
                .contains("services");
        assertThat(touchstone.catalog().touchpoint("never.called")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"privateMethod", "finalMethod", "staticMethod"})
    @ExtendWith(OutputCaptureExtension.class)
    void aMethodWhoseCallsNobodySeesIsWarnedOf(String method, CapturedOutput output) {
        try (ConfigurableApplicationContext other = start(Recording.class, Unseen.class)) {
            assertThat(output)
                    .contains("@Touchpoint on dev.touchstone.spring.BeansTest$Unseen#" + method
                            + "() records nothing: calls to a "
                            + method.replace("Method", ""));
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aClassThatIsFinalIsWarnedOfAndStillWorks(CapturedOutput output) {
        try (ConfigurableApplicationContext other = start(Recording.class, FinalClass.class)) {
            assertThat(output).contains("@Touchpoint on dev.touchstone.spring.BeansTest$FinalClass records nothing");
            assertThat(other.getBean(FinalClass.class).unseen()).isEqualTo("unseen");
        }
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theSameNameDeclaredDifferentlyOnTwoBeansIsAnErrorThatNamesBoth(CapturedOutput output) {
        assertThatThrownBy(() -> start(Recording.class, Ours.class, Theirs.class))
                .isNotNull();
        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("BeansTest$Theirs#call(): declares \"call\" differently from ")
                .contains("BeansTest$Ours#call()");
    }

    private static Outcome outcome(String touchpoint) {
        return recorded.onlyAt(touchpoint).event().outcome().orElseThrow();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Recording {

        @Bean
        RecordedEvents recorded() {
            return new RecordedEvents();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAsync
    @Import({
        Recording.class,
        Service.class,
        Guarded.class,
        Implementation.class,
        Concrete.class,
        WholeClass.class,
        Plain.class,
        LazyOne.class
    })
    static class Application {

        @Bean
        static AbstractAdvisorAutoProxyCreator others() {
            DefaultAdvisorAutoProxyCreator creator = new DefaultAdvisorAutoProxyCreator();
            creator.setProxyTargetClass(true);
            creator.setOrder(Ordered.HIGHEST_PRECEDENCE); // as that of Spring Boot has
            return creator;
        }

        /** Refuses blank arguments, as validation would. */
        @Bean
        static Advisor refusing() {
            MethodInterceptor refuse = invocation -> {
                throw new IllegalArgumentException("refused");
            };
            var pointcut = new AnnotationMatchingPointcut(null, Refused.class);
            return new DefaultPointcutAdvisor(pointcut, refuse);
        }
    }

    @Retention(RetentionPolicy.RUNTIME)
    @interface Refused {}

    static class Service {

        @Autowired
        Touchstone injected;

        @Touchpoint(name = "value", owner = "services")
        public String value() {
            return "value";
        }

        @Touchpoint(name = "nothing")
        public void nothing() {}

        @Touchpoint(name = "fail")
        public String fail() {
            throw FAILURE.get();
        }

        @Touchpoint(name = "error")
        public String error() {
            throw new AssertionError("an error");
        }

        @Touchpoint(name = "future")
        public CompletableFuture<String> future(String now) {
            pending = now == null ? new CompletableFuture<>() : CompletableFuture.completedFuture(now);
            return pending;
        }

        @Touchpoint(name = "mono")
        public <T> Mono<T> mono(Mono<T> mono) {
            return mono;
        }

        @Touchpoint(name = "flux")
        public <T> Flux<T> flux(Flux<T> flux) {
            return flux;
        }

        @Touchpoint(name = "connectable")
        public ConnectableFlux<String> connectable() {
            return Flux.just("a").publish();
        }

        @Touchpoint(name = "nested")
        public void nested() {
            injected.observe("inside", () -> {});
        }

        @Touchpoint(name = "telling")
        public void telling() {
            injected.current().orElseThrow().retry().degrade();
        }

        @Async
        @Touchpoint(name = "asynchronous")
        public Future<String> asynchronous() throws InterruptedException {
            Thread.sleep(50);
            return CompletableFuture.completedFuture("done");
        }

        @Async
        @Touchpoint(name = "asynchronous.failure")
        public void asynchronousFailure(CountDownLatch failing) {
            failing.countDown();
            throw new IllegalStateException("on another thread");
        }

        @Touchpoint(name = "never.called")
        public void neverCalled() {}
    }

    static class Guarded {

        @Refused
        @Touchpoint(name = "guarded")
        public String refused(String argument) {
            return argument;
        }
    }

    interface Contract {

        @Touchpoint(name = "by.interface")
        String byInterface();
    }

    static class Implementation implements Contract {

        @Override
        public String byInterface() {
            return "implemented";
        }
    }

    interface Generic<T> {

        @Touchpoint(name = "by.generic.interface")
        String generic(T argument);
    }

    abstract static class Abstract {

        @Touchpoint(name = "by.superclass")
        public abstract void overridden();
    }

    @Retention(RetentionPolicy.RUNTIME)
    @Touchpoint(name = "composed")
    @interface Composed {}

    static class Concrete extends Abstract implements Generic<String> {

        @Override
        public void overridden() {}

        @Override
        public String generic(String argument) {
            return argument;
        }

        @Composed
        public void composed() {}
    }

    @Touchpoint(name = "whole.class")
    static class WholeClass {

        public void any() {}

        @Touchpoint(name = "own.method")
        public void own() {}

        @Override
        public String toString() {
            return "whole";
        }
    }

    static class Plain {

        public void plain() {}
    }

    @Lazy
    static class LazyOne {

        @Touchpoint(name = "lazy")
        public void lazy() {}
    }

    static class Unseen {

        @SuppressWarnings("UnusedMethod") // it cannot be called, which is the point
        @Touchpoint(name = "private")
        private void privateMethod() {}

        @Touchpoint(name = "final")
        public final void finalMethod() {}

        @Touchpoint(name = "static")
        static void staticMethod() {}
    }

    static final class FinalClass {

        @Touchpoint(name = "final.class")
        public String unseen() {
            return "unseen";
        }
    }

    static class Ours {

        @Touchpoint(name = "call", owner = "us")
        public void call() {}
    }

    static class Theirs {

        @Touchpoint(name = "call", owner = "them")
        public void call() {}
    }
}
