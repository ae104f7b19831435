package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Interaction;
import dev.touchstone.Touchpoint;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.handler.MappedInterceptor;

/** One request to a touchpoint is one event with the outcome that the customer met with. */
class OutcomesTest {

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(Pages.class, Views.class, ByClass.class, ByInterface.class);
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
        "200, SUCCESS",
        "204, SUCCESS",
        "302, SUCCESS",
        "304, SUCCESS",
        "400, DEGRADED",
        "401, DEGRADED",
        "404, DEGRADED",
        "409, DEGRADED",
        "422, DEGRADED",
        "429, FAILURE",
        "500, FAILURE",
        "502, FAILURE",
        "503, FAILURE"
    })
    void theStatusDecides(int status, Outcome outcome) {
        assertThat(shop.get("/status/" + status).statusCode()).isEqualTo(status);
        assertThat(shop.outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"404, DEGRADED", "429, FAILURE", "503, FAILURE"})
    void soDoesAStatusThatIsThrown(int status, Outcome outcome) {
        assertThat(shop.get("/thrown-status/" + status).statusCode()).isEqualTo(status);
        assertThat(shop.outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"404, DEGRADED", "503, FAILURE"})
    void soDoesASentError(int status, Outcome outcome) {
        assertThat(shop.get("/send-error/" + status).statusCode()).isEqualTo(status);
        assertThat(shop.outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({"200, SUCCESS", "409, DEGRADED", "503, FAILURE"})
    void ofAHandledExceptionOnlyTheStatusCounts(int status, Outcome outcome) {
        assertThat(shop.get("/handled/" + status).statusCode()).isEqualTo(status);
        assertThat(shop.outcome()).isEqualTo(outcome);
    }

    @Test
    void anUnhandledExceptionIsOneFailureAlthoughAnErrorPageFollows() {
        assertThat(shop.get("/throw").statusCode()).isEqualTo(500);
        TouchpointEvent event = shop.event();
        assertThat(event.outcome()).contains(Outcome.FAILURE);
        assertThat(event.touchpoint()).isEqualTo("throw");
    }

    @Test
    void theHostsExceptionComesOutAsItWas() {
        shop.bean(Shop.Thrown.class).thrown.clear();
        IllegalStateException kept = shop.bean(Pages.class).kept;
        IOException suppressed = new IOException("suppressed");
        kept.addSuppressed(suppressed);
        shop.get("/throw");
        shop.event();
        List<Throwable> thrown = shop.bean(Shop.Thrown.class).thrown;
        assertThat(thrown).hasSize(1);
        assertThat(thrown.get(0).getCause()).isSameAs(kept);
        assertThat(kept.getSuppressed()).containsExactly(suppressed);
        assertThat(kept.getCause()).isNull();
    }

    @Test
    void anErrorIsAFailureToo() {
        assertThat(shop.get("/error-thrown").statusCode()).isEqualTo(500);
        assertThat(shop.outcome()).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void aBadArgumentIsDegraded() {
        assertThat(shop.get("/number?n=many").statusCode()).isEqualTo(400);
        assertThat(shop.outcome()).isEqualTo(Outcome.DEGRADED);
    }

    @Test
    void theControllersWordCounts() {
        assertThat(shop.get("/degrade").body()).isEqualTo("half");
        assertThat(shop.outcome()).isEqualTo(Outcome.DEGRADED);
    }

    @Test
    void theControllersWordCountsEvenIfItThrows() {
        assertThat(shop.get("/abandon-and-throw").statusCode()).isEqualTo(500);
        assertThat(shop.outcome()).isEqualTo(Outcome.ABANDONED);
    }

    @Test
    void theControllerAddsFacts() {
        shop.get("/facts");
        TouchpointEvent event = shop.event();
        assertThat(event.retries()).isEqualTo(1);
        assertThat(event.promiseMs()).hasValue(2000);
        assertThat(event.durationMs().orElse(0)).isGreaterThanOrEqualTo(50);
        assertThat(event.outcome()).contains(Outcome.SUCCESS);
        assertThat(shop.touchstone().health().warnings(Warning.UNSETTLED)).isZero();
    }

    @Test
    void aControllerThatClosesTheInteractionHasRecordedIt() {
        shop.get("/closed");
        assertThat(shop.outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aClientThatGoesAwayHasAbandoned() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), shop.port())) {
            socket.setSoLinger(true, 0); // closing resets the connection
            socket.getOutputStream()
                    .write("GET /big HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream response = socket.getInputStream();
            assertThat(response.readNBytes(1000)).hasSize(1000);
        }
        TouchpointEvent event = shop.event();
        assertThat(event.touchpoint()).isEqualTo("big");
        assertThat(event.outcome()).contains(Outcome.ABANDONED);
    }

    @Test
    void aForwardIsPartOfTheRequest() {
        assertThat(shop.get("/forward").body()).isEqualTo("200");
        TouchpointEvent event = shop.event();
        assertThat(event.touchpoint()).isEqualTo("forward");
        assertThat(event.outcome()).contains(Outcome.SUCCESS);
    }

    @Test
    void aForwardToATouchpointFromElsewhereIsOne() {
        assertThat(shop.get("/plain-forward").body()).isEqualTo("200");
        assertThat(shop.event().touchpoint()).isEqualTo("status");
    }

    @Test
    void theMethodWinsOverTheClass() {
        shop.get("/by-class/own");
        assertThat(shop.event().touchpoint()).isEqualTo("by.method");
        shop.forget();
        shop.get("/by-class/inherited");
        assertThat(shop.event().touchpoint()).isEqualTo("by.class");
    }

    @Test
    void anAnnotationOnTheInterfaceCounts() {
        assertThat(shop.get("/by-interface").body()).isEqualTo("interface");
        assertThat(shop.event().touchpoint()).isEqualTo("by.interface");
    }

    @Test
    void anErrorPageThatIsATouchpointIsNoVisit() throws Exception {
        HandlerInterceptor interceptor = interceptor();
        HandlerMethod handler =
                new HandlerMethod(shop.bean(Pages.class), Pages.class.getDeclaredMethod("status", int.class));
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/error");
        MockHttpServletResponse response = new MockHttpServletResponse();
        request.setDispatcherType(DispatcherType.ERROR);
        assertThat(interceptor.preHandle(request, response, handler)).isTrue();
        interceptor.afterCompletion(request, response, handler, null);
        assertThat(shop.events()).isEmpty();
        request.setDispatcherType(DispatcherType.REQUEST);
        interceptor.preHandle(request, response, handler);
        interceptor.afterCompletion(request, response, handler, null);
        assertThat(shop.events()).hasSize(1);
    }

    @Test
    void aPausedInstanceServesAndRecordsNothing() {
        shop.touchstone().pause();
        try {
            HttpResponse<String> response = shop.get("/degrade");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(shop.events()).isEmpty();
        } finally {
            shop.touchstone().resume();
        }
        shop.get("/degrade");
        assertThat(shop.outcome()).isEqualTo(Outcome.DEGRADED);
    }

    private static HandlerInterceptor interceptor() {
        return shop.bean(MappedInterceptor.class).getInterceptor();
    }

    static final class HandledException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        final int status;

        HandledException(int status) {
            this.status = status;
        }
    }

    @RestController
    static class Pages {

        final IllegalStateException kept = new IllegalStateException("kept");

        @GetMapping("/status/{status}")
        @Touchpoint(name = "status")
        ResponseEntity<String> status(@PathVariable("status") int status) {
            return ResponseEntity.status(status).body(status == 204 || status == 304 ? null : "" + status);
        }

        @GetMapping("/thrown-status/{status}")
        @Touchpoint(name = "thrown-status")
        String thrownStatus(@PathVariable("status") int status) {
            throw new ResponseStatusException(HttpStatus.valueOf(status));
        }

        @GetMapping("/send-error/{status}")
        @Touchpoint(name = "send-error")
        void sendError(@PathVariable("status") int status, HttpServletResponse response) throws IOException {
            response.sendError(status);
        }

        @GetMapping("/handled/{status}")
        @Touchpoint(name = "handled")
        String handled(@PathVariable("status") int status) {
            throw new HandledException(status);
        }

        @ExceptionHandler
        ResponseEntity<String> handle(HandledException e) {
            return ResponseEntity.status(e.status).body("handled");
        }

        @GetMapping("/throw")
        @Touchpoint(name = "throw")
        String throwing() {
            throw kept;
        }

        @GetMapping("/error-thrown")
        @Touchpoint(name = "error-thrown")
        String error() {
            throw new AssertionError("an error");
        }

        @GetMapping("/number")
        @Touchpoint(name = "number")
        String number(@RequestParam("n") int n) {
            return "" + n;
        }

        @GetMapping("/degrade")
        @Touchpoint(name = "degrade")
        String degrade(Interaction visit) {
            visit.degrade();
            return "half";
        }

        @GetMapping("/abandon-and-throw")
        @Touchpoint(name = "abandon-and-throw")
        String abandonAndThrow(Interaction visit) {
            visit.abandon();
            throw new IllegalStateException("after all");
        }

        @GetMapping("/facts")
        @Touchpoint(name = "facts")
        String facts(Interaction visit) throws InterruptedException {
            visit.retry().promise(java.time.Duration.ofSeconds(2));
            Thread.sleep(60);
            return "facts";
        }

        @GetMapping("/closed")
        @Touchpoint(name = "closed")
        String closed(Interaction visit) {
            visit.succeed();
            visit.close();
            throw new IllegalStateException("too late to matter");
        }

        @GetMapping("/big")
        @Touchpoint(name = "big")
        byte[] big() {
            return new byte[64 * 1024 * 1024];
        }

        @GetMapping("/plain")
        String plain() {
            return "plain";
        }
    }

    @Controller
    static class Views {

        @GetMapping("/forward")
        @Touchpoint(name = "forward")
        String forward() {
            return "forward:/status/200";
        }

        @GetMapping("/plain-forward")
        String plainForward() {
            return "forward:/status/200";
        }
    }

    @RestController
    @RequestMapping("/by-class")
    @Touchpoint(name = "by.class")
    static class ByClass {

        @GetMapping("/inherited")
        String inherited() {
            return "class";
        }

        @GetMapping("/own")
        @Touchpoint(name = "by.method")
        String own() {
            return "method";
        }
    }

    interface Contract {

        @GetMapping("/by-interface")
        @Touchpoint(name = "by.interface")
        @ResponseBody
        String serve();
    }

    @Controller
    @Qualifier("contract")
    static class ByInterface implements Contract {

        @Override
        public String serve() {
            return "interface";
        }
    }
}
