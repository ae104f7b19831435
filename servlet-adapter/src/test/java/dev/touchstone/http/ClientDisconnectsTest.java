package dev.touchstone.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClientDisconnectsTest {

    /** Called as Tomcat calls its own. */
    private static final class ClientAbortException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /** Called as one of Jetty's. */
    private static final class EarlyEofException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    /** Called as Spring MVC's. */
    private static final class AsyncRequestNotUsableException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    private static IOException thrownIn(String... classes) {
        IOException failure = new IOException("Broken pipe");
        failure.setStackTrace(Stream.of(classes)
                .map(name -> new StackTraceElement(name, "write", null, -1))
                .toArray(StackTraceElement[]::new));
        return failure;
    }

    @Test
    void anAbortIsOneHoweverDeepItLies() {
        assertThat(ClientDisconnects.isDisconnect(
                        new IllegalStateException(new RuntimeException(new ClientAbortException()))))
                .isTrue();
        assertThat(ClientDisconnects.isDisconnect(
                        thrownIn("org.xnio.Conduit", "io.undertow.servlet.spec.ServletOutputStreamImpl")))
                .isTrue();
    }

    @Test
    void serversAndFrameworksAreKnownByTheirExceptions() {
        assertThat(ClientDisconnects.isDisconnect(new EarlyEofException())).isTrue();
        assertThat(ClientDisconnects.isDisconnect(new AsyncRequestNotUsableException()))
                .isTrue();
        assertThat(ClientDisconnects.isDisconnect(new EOFException())).isFalse();
    }

    @Test
    void whatBreaksBehindTheApplicationIsNone() {
        assertThat(ClientDisconnects.isDisconnect(new IOException("Connection reset")))
                .isFalse();
        assertThat(ClientDisconnects.isDisconnect(thrownIn("org.xnio.Conduit", "io.undertow.client.ClientConnection")))
                .isFalse();
    }

    @Test
    void aCircleOfCausesEnds() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException other = new RuntimeException("other", one);
        one.initCause(other);
        assertThat(ClientDisconnects.isDisconnect(one)).isFalse();
    }
}
