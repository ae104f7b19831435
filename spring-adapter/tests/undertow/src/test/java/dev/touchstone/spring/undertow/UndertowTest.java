package dev.touchstone.spring.undertow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Touchpoint;
import dev.touchstone.event.Outcome;
import dev.touchstone.test.RecordedEvents;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** A client that disconnects from Undertow has abandoned its request. Undertow has no exception that says so. */
class UndertowTest {

    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void open() {
        application = new SpringApplicationBuilder(Application.class, Pages.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.main.banner-mode=off",
                        "--spring.jmx.enabled=false",
                        "--logging.level.root=warn");
    }

    @AfterAll
    static void close() {
        application.close();
    }

    @BeforeEach
    void clear() {
        recorded().clear();
    }

    private static RecordedEvents recorded() {
        return application.getBean(RecordedEvents.class);
    }

    private static Socket ask(String path) throws IOException {
        return ask("GET", path, "");
    }

    private static Socket ask(String method, String path, String header) throws IOException {
        int port = Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.setSoLinger(true, 0); // closing resets the connection
        socket.getOutputStream()
                .write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "Connection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static Outcome outcome() {
        await().atMost(Duration.ofSeconds(60)).until(() -> !recorded().all().isEmpty());
        return recorded().only().event().outcome().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"/big", "/caught"})
    void clientThatDisconnectsHasAbandoned(String path) throws IOException {
        try (Socket socket = ask(path)) {
            InputStream response = socket.getInputStream();
            assertThat(response.readNBytes(1000)).hasSize(1000);
        }
        assertThat(outcome()).isEqualTo(Outcome.ABANDONED);
    }

    @Test
    void clientThatDisconnectsWhileItUploadsHasAbandoned() throws Exception {
        try (Socket socket = ask("POST", "/upload", "Content-Type: text/plain\r\nContent-Length: 1000000\r\n")) {
            socket.getOutputStream().write(new byte[1000]);
            assertThat(Pages.UPLOADING.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(outcome()).isEqualTo(Outcome.ABANDONED);
    }

    @ParameterizedTest
    @CsvSource({"/small, SUCCESS", "/failing, FAILURE", "/backend, FAILURE"})
    void clientThatStaysHasNotAbandoned(String path, Outcome outcome) throws IOException {
        try (Socket socket = ask(path)) {
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
        assertThat(outcome()).isEqualTo(outcome);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        RecordedEvents recorded() {
            return new RecordedEvents();
        }
    }

    @RestController
    static class Pages {

        private static final byte[] PART = new byte[64 * 1024];

        private static final CountDownLatch UPLOADING = new CountDownLatch(1);

        @Touchpoint(name = "upload")
        @PostMapping("/upload")
        int upload(InputStream body) throws IOException {
            body.read();
            UPLOADING.countDown();
            return body.readAllBytes().length;
        }

        private static void write(HttpServletResponse response) throws IOException {
            response.setContentLength(1000 * PART.length); // one body, and no stream
            for (int i = 0; i < 1000; i++) {
                response.getOutputStream().write(PART);
            }
        }

        @Touchpoint(name = "big")
        @GetMapping("/big")
        void big(HttpServletResponse response) throws IOException {
            write(response);
        }

        @Touchpoint(name = "caught")
        @GetMapping("/caught")
        void caught(HttpServletResponse response) {
            try {
                write(response);
            } catch (IOException e) {
                throw new IllegalStateException("the export broke off", e);
            }
        }

        @Touchpoint(name = "small")
        @GetMapping("/small")
        String small() {
            return "small";
        }

        @Touchpoint(name = "failing")
        @GetMapping("/failing")
        String failing() {
            throw new IllegalStateException("out of order");
        }

        @Touchpoint(name = "backend")
        @GetMapping("/backend")
        String backend() throws IOException {
            throw new IOException("the other service is down");
        }
    }
}
