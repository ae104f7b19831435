package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.ChannelResolver;
import dev.touchstone.CustomerExperience;
import dev.touchstone.Interaction;
import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One request to a touchpoint of a reactive application, on Netty, is one event with what the customer met with. */
class ReactiveTest {

    private static final Duration WORK = Duration.ofMillis(80);
    private static final double AT_LEAST_MS = 60;

    /** Signals that a handler has begun. */
    private static final Semaphore STARTED = new Semaphore(0);

    private static ReactiveShop shop;

    @BeforeAll
    static void open() {
        shop = ReactiveShop.open(
                List.of("spring.reactor.context-propagation=auto", "touchstone.global-privacy-control=true"),
                Pages.class,
                Service.class,
                Beans.class);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void forget() {
        shop.forget();
    }

    @ParameterizedTest
    @CsvSource({
        "/value, 200, SUCCESS",
        "/mono, 200, SUCCESS",
        "/empty, 200, SUCCESS",
        "/flux, 200, SUCCESS",
        "/status/404, 404, DEGRADED",
        "/status/429, 429, FAILURE",
        "/status/503, 503, FAILURE",
        "/thrown/404, 404, DEGRADED",
        "/thrown/503, 503, FAILURE",
        "/throw, 500, FAILURE",
        "/failing-mono, 500, FAILURE",
        "/handled, 409, DEGRADED",
        "/degrade, 200, DEGRADED",
        "/time-out, 500, FAILURE"
    })
    void theFinalOutcomeCounts(String path, int status, Outcome outcome) {
        assertThat(shop.get(path).statusCode()).isEqualTo(status);
        assertThat(shop.outcome()).isEqualTo(outcome);
        assertThat(shop.touchstone().health().warnings(Warning.UNSETTLED)).isZero();
    }

    @Test
    void theDurationIsThatOfTheWorkAndNotOfItsAssembly() {
        shop.get("/mono");
        assertThat(shop.event().durationMs().orElse(0)).isGreaterThanOrEqualTo(AT_LEAST_MS);
        shop.forget();
        shop.get("/flux"); // a stream, whose first element takes half of the work
        assertThat(shop.event().durationMs().orElse(0)).isGreaterThanOrEqualTo(AT_LEAST_MS / 2);
    }

    @Test
    void theServerIsNetty() {
        assertThat(shop.get("/server").body()).startsWith("reactor.netty");
        shop.event();
    }

    @ParameterizedTest
    @CsvSource({"/waiting, 0", "/waiting-flux, 0", "/waiting-late, 0", "/large, 500"})
    void aCustomerWhoGoesAwayHasAbandoned(String path, int read) throws Exception {
        leave(path, read, Outcome.ABANDONED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/endless", "/endless-text", "/silent"})
    void customerWhoLeavesAStreamHasNotAbandoned(String path) throws Exception {
        leave(path, 0, Outcome.SUCCESS);
    }

    private static void leave(String path, int read, Outcome outcome) throws Exception {
        for (boolean reset : new boolean[] {true, false}) {
            shop.forget();
            STARTED.drainPermits();
            try (Socket socket = asked(path)) {
                socket.setSoLinger(reset, 0);
                assertThat(STARTED.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
                assertThat(socket.getInputStream().readNBytes(read)).hasSize(read);
                if (outcome == Outcome.SUCCESS) {
                    readFirstByte(socket.getInputStream());
                }
            }
            assertThat(shop.outcome()).as("%s, reset %s", path, reset).isEqualTo(outcome);
            assertThat(shop.event().touchpoint()).isEqualTo(path.substring(1));
        }
    }

    /** Reads the headers, which may come before there is a body, and the first byte of the body. */
    private static void readFirstByte(InputStream in) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\r\n\r\n") < 0) {
            read.append((char) in.read());
        }
        assertThat(in.read()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"/flux, 2", "/mono, 4", "/file, 64", "/file?untold, 64"})
    void aCustomerWhoGoesAwayWithTheAnswerHasNot(String path, int length) throws Exception {
        try (Socket socket = asked(path)) {
            socket.setSoLinger(true, 0);
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            while (!answer.toString().contains("\r\n\r\n")) {
                answer.append((char) in.read());
            }
            if (answer.toString().contains("chunked")) {
                while (!answer.toString().endsWith("\r\n0\r\n\r\n")) {
                    answer.append((char) in.read());
                }
            } else {
                assertThat(in.readNBytes(length)).hasSize(length);
            }
        }
        assertThat(shop.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aHeadOfAStreamIsNobodyGoingAway() {
        Shop.send(shop.request("/flux")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build());
        assertThat(shop.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    private static Socket asked(String path) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), shop.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void theCustomerIsThePrincipal() {
        shop.getAs("ada", "/mono");
        assertThat(shop.event().customerKey()).isEqualTo(keyOf("ada"));
    }

    @Test
    void withoutPrincipalThereIsNoCustomer() {
        shop.get("/mono");
        assertThat(shop.event().customerKey()).isEmpty();
    }

    @Test
    void aControllerLearnsHowTheCustomersExperienceIsGoing() {
        long before = shop.touchstone().customer(CustomerId.of("ada")).count();
        assertThat(shop.getAs("ada", "/experience").body()).isEqualTo(before + " events");
        shop.event();
    }

    @Test
    void whoIsNamedIsTheCustomer() {
        shop.getAs("ada", "/named");
        assertThat(shop.event().customerKey()).isEqualTo(keyOf("crm-7"));
    }

    @Test
    void aControllerThatClosesTheInteractionHasRecordedIt() {
        shop.get("/closed");
        assertThat(shop.event().touchpoint()).isEqualTo("closed");
        assertThat(shop.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void theChannelIsWhatAResolverFinds() {
        Shop.send(shop.request("/mono").header("X-App", "yes").build());
        assertThat(shop.event().channel()).contains(Channel.of("app"));
    }

    @Test
    void whoDoesNotWantToBeFollowedIsNot() {
        TouchpointEvent event = sent("Sec-GPC", "1");
        assertThat(event.customerKey()).isEmpty();
        shop.forget();
        assertThat(sent("Sec-GPC", "0").customerKey()).isEqualTo(keyOf("ada"));
        assertThat(shop.touchstone().health().dropped(DropReason.NO_CONSENT)).isZero();
    }

    private static TouchpointEvent sent(String header, String value) {
        Shop.send(shop.request("/mono")
                .header(header, value)
                .header("Authorization", "Basic YWRhOnNlY3JldA==")
                .build());
        return shop.event();
    }

    @Test
    void whatIsRecordedInServicesIsAboutTheSameCustomer() {
        shop.getAs("ada", "/nested");
        assertThat(shop.events())
                .extracting(event -> event.touchpoint().name())
                .containsExactly("inside", "service", "nested");
        assertThat(shop.events())
                .extracting(event -> event.event().customerKey())
                .containsOnly(keyOf("ada"));
    }

    @Test
    void whatIsRecordedAfterTheContextWasLostIsCountedOnceAndIsNobodys() {
        assertThat(shop.getAs("ada", "/lost").body()).isEqualTo("served");
        assertThat(shop.events())
                .extracting(event -> event.touchpoint().name())
                .containsExactly("inside", "service", "lost");
        assertThat(shop.events())
                .extracting(event -> event.event().customerKey())
                .containsExactly(Optional.empty(), Optional.empty(), keyOf("ada"));
        assertThat(shop.touchstone().health().dropped(DropReason.ERROR)).isZero();
    }

    @Test
    void whoSubscribesWithoutAContextOnTheThreadOfTheRequestIsStillInIt() {
        assertThat(shop.getAs("ada", "/kept").body()).isEqualTo("served");
        assertThat(shop.events())
                .extracting(event -> event.event().customerKey())
                .containsExactly(keyOf("ada"), keyOf("ada"), keyOf("ada"));
    }

    @Test
    void anEndpointWithoutTouchpointHasItsPatternForAName() {
        shop.get("/orders/17");
        assertThat(shop.event().touchpoint()).isEqualTo("GET /orders/{id}");
        shop.forget();
        shop.get("/function/17");
        assertThat(shop.event().touchpoint()).isEqualTo("GET /function/{id}");
    }

    @Test
    void pathsThatAreMappedToNothingAreNobodysBusiness() {
        assertThat(shop.get("/nowhere/17").statusCode()).isEqualTo(404);
        assertThat(shop.get("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(shop.events()).isEmpty();
    }

    @Test
    void everythingIsInTheCatalog() {
        assertThat(shop.touchstone().catalog().touchpoint("never.called")).isPresent();
    }

    private static Optional<CustomerKey> keyOf(String customer) {
        return Optional.of(shop.touchstone().key(CustomerId.of(customer)));
    }

    static final class HandledException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    @RestController
    static class Pages {

        @Autowired
        Service service;

        @GetMapping("/value")
        @Touchpoint(name = "value")
        String value() {
            return "value";
        }

        @GetMapping("/server")
        @Touchpoint(name = "server")
        String server(ServerWebExchange exchange) {
            return ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest())
                    .getClass()
                    .getName();
        }

        @GetMapping("/mono")
        @Touchpoint(name = "mono")
        Mono<String> mono() {
            return Mono.just("mono").delayElement(WORK);
        }

        @GetMapping("/empty")
        @Touchpoint(name = "empty")
        Mono<String> empty() {
            return Mono.empty();
        }

        @GetMapping("/flux")
        @Touchpoint(name = "flux")
        Flux<String> flux() {
            return Flux.just("a", "b").delayElements(WORK.dividedBy(2));
        }

        @GetMapping("/status/{status}")
        @Touchpoint(name = "status")
        Mono<ResponseEntity<String>> status(@PathVariable("status") int status) {
            return Mono.just(ResponseEntity.status(status).body("" + status));
        }

        @GetMapping("/thrown/{status}")
        @Touchpoint(name = "thrown")
        Mono<String> thrown(@PathVariable("status") int status) {
            return Mono.error(new ResponseStatusException(HttpStatus.valueOf(status)));
        }

        @GetMapping("/throw")
        @Touchpoint(name = "throw")
        Mono<String> throwing() {
            throw new IllegalStateException("thrown");
        }

        @GetMapping("/failing-mono")
        @Touchpoint(name = "failing-mono")
        Mono<String> failing() {
            return Mono.error(new IllegalStateException("failed"));
        }

        @GetMapping("/handled")
        @Touchpoint(name = "handled")
        Mono<String> handled() {
            return Mono.error(new HandledException());
        }

        @ExceptionHandler
        ResponseEntity<String> handle(HandledException e) {
            return ResponseEntity.status(409).body("handled");
        }

        @GetMapping("/degrade")
        @Touchpoint(name = "degrade")
        Mono<String> degrade(Interaction visit) {
            return Mono.fromSupplier(() -> {
                visit.degrade();
                return "half";
            });
        }

        @GetMapping("/time-out")
        @Touchpoint(name = "time-out")
        Mono<String> timeOut() {
            return Mono.<String>never().timeout(WORK);
        }

        @GetMapping("/waiting")
        @Touchpoint(name = "waiting")
        Mono<String> waiting() {
            return Mono.<String>never().doOnSubscribe(started -> STARTED.release());
        }

        @GetMapping("/waiting-flux")
        @Touchpoint(name = "waiting-flux")
        Flux<String> waitingFlux() {
            return Flux.<String>never().doOnSubscribe(started -> STARTED.release());
        }

        /** Has an answer only after the client has disconnected. */
        @GetMapping("/waiting-late")
        @Touchpoint(name = "waiting-late")
        Mono<byte[]> waitingLate() {
            return Mono.delay(Duration.ofSeconds(5))
                    .thenReturn(new byte[1024])
                    .doOnSubscribe(started -> STARTED.release());
        }

        @GetMapping(path = "/endless", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        @Touchpoint(name = "endless")
        Flux<String> endless() {
            return Flux.interval(Duration.ofMillis(2))
                    .onBackpressureDrop()
                    .map(n -> "tick " + n)
                    .doOnSubscribe(started -> STARTED.release());
        }

        @GetMapping(path = "/endless-text", produces = MediaType.TEXT_PLAIN_VALUE)
        @Touchpoint(name = "endless-text")
        Flux<String> endlessText() {
            return Flux.interval(Duration.ofMillis(1))
                    .onBackpressureDrop()
                    .map(n -> "tick ".repeat(100))
                    .doOnSubscribe(started -> STARTED.release());
        }

        /** Says one thing and then nothing. */
        @GetMapping(path = "/silent", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
        @Touchpoint(name = "silent")
        Flux<String> silent() {
            return Flux.just("once ".repeat(100)).concatWith(Flux.never()).doOnSubscribe(started -> STARTED.release());
        }

        @GetMapping(path = "/large", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
        @Touchpoint(name = "large")
        Flux<DataBuffer> large(ServerHttpResponse response) {
            response.getHeaders().setContentLength(1_000 * 64 * 1024);
            return Flux.range(0, 1_000)
                    .<DataBuffer>map(i -> DefaultDataBufferFactory.sharedInstance.wrap(new byte[64 * 1024]))
                    .doOnSubscribe(started -> STARTED.release());
        }

        /** Written by the server itself, straight from the file. */
        @GetMapping(path = "/file", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
        @Touchpoint(name = "file")
        Resource file() throws IOException {
            Path file = Files.write(Files.createTempFile("touchstone", ".bin"), new byte[64]);
            file.toFile().deleteOnExit();
            return new FileSystemResource(file);
        }

        @GetMapping("/experience")
        @Touchpoint(name = "experience")
        Mono<String> experience(CustomerExperience customer) {
            return Mono.just(customer.count() + " events");
        }

        @GetMapping("/named")
        @Touchpoint(name = "named")
        Mono<String> named(Interaction visit) {
            visit.customer(CustomerId.of("crm-7"));
            return Mono.just("named");
        }

        @GetMapping("/closed")
        @Touchpoint(name = "closed")
        Mono<String> closed(Interaction visit) {
            visit.succeed();
            visit.close();
            return Mono.error(new IllegalStateException("too late to matter"));
        }

        @GetMapping("/nested")
        @Touchpoint(name = "nested")
        Mono<String> nested() {
            return service.serve();
        }

        @GetMapping("/lost")
        @Touchpoint(name = "lost")
        Mono<String> lost() { // subscribes without a context, on a thread that knows of no request
            return Mono.fromFuture(
                    () -> CompletableFuture.supplyAsync(service::serve).thenCompose(Mono::toFuture));
        }

        @GetMapping("/kept")
        @Touchpoint(name = "kept")
        Mono<String> kept() {
            return Mono.fromFuture(() -> service.serve().toFuture()); // without a context either
        }

        @GetMapping("/orders/{id}")
        Mono<String> order(@PathVariable("id") String id) {
            return Mono.just(id);
        }

        @GetMapping("/unused")
        @Touchpoint(name = "never.called")
        Mono<String> unused() {
            return Mono.empty();
        }
    }

    static class Service {

        @Autowired
        Touchstone touchstone;

        @Touchpoint(name = "service")
        public Mono<String> serve() {
            return Mono.just("served")
                    .delayElement(Duration.ofMillis(5))
                    .doOnNext(served ->
                            // on another thread, with nothing but the context of Reactor
                            touchstone.observe("inside", () -> {}));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Beans {

        @Bean
        ChannelResolver<ServerWebExchange> byHeader() {
            return exchange -> exchange.getRequest().getHeaders().getFirst("X-App") == null ? null : Channel.of("app");
        }

        /** Does not let a request know that its answer was written, as a thread does that is late to ask. */
        @Bean
        WebFilter untold() {
            return new Untold();
        }

        @Bean
        RouterFunction<ServerResponse> functions() {
            return RouterFunctions.route()
                    .GET("/function/{id}", request -> ServerResponse.ok().bodyValue(request.pathVariable("id")))
                    .build();
        }
    }

    static final class Untold implements WebFilter, Ordered {

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            Mono<Void> request = chain.filter(exchange);
            return exchange.getRequest().getQueryParams().containsKey("untold") ? request.then(Mono.never()) : request;
        }
    }
}
