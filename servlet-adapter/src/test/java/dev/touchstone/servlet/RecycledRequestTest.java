package dev.touchstone.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.Touchstone;
import dev.touchstone.event.Outcome;
import dev.touchstone.http.Refusals;
import dev.touchstone.http.Routes;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What Tomcat does when a write fails on a thread of the application: it may have recycled request and response by then, and
 * refuses every call. With a real Tomcat that happens once in some hundred aborted responses.
 */
class RecycledRequestTest {

    private final List<Outcome> outcomes = new ArrayList<>();
    private final Touchstone touchstone = Touchstone.builder()
            .listener((event, touchpoint, assessment) -> event.outcome().ifPresent(outcomes::add))
            .build();
    private boolean recycled;

    @Test
    void writeThatFailsThrowsWhatTheServerThrowsAndIsRecorded() throws IOException {
        try (touchstone) {
            ServletRecording recording = ServletRecording.begin(
                    touchstone.begin("report"),
                    new ServletEndpoint(new Routes(touchstone), new Refusals(), "report", null),
                    TouchstoneFilter.DEFAULT_RESOLVERS,
                    container(HttpServletRequest.class),
                    container(HttpServletResponse.class));
            ServletOutputStream output = recording.observed().getOutputStream();
            recording.leave(null);

            recycled = true;
            assertThatThrownBy(output::flush)
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("Broken pipe");
            assertThat(outcomes).containsExactly(Outcome.ABANDONED);

            assertThatThrownBy(output::flush).hasMessage("Broken pipe");
            assertThat(outcomes).hasSize(1);
        }
    }

    /** A request that went asynchronous, or its response. */
    private <T> T container(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (recycled) {
                        throw new IllegalStateException("The request object has been recycled");
                    }
                    return answer(method.getName(), method.getReturnType());
                }));
    }

    private @Nullable Object answer(String method, Class<?> type) {
        if (method.equals("isAsyncStarted")) {
            return true;
        }
        if (type == AsyncContext.class) {
            return container(AsyncContext.class);
        }
        if (type == ServletOutputStream.class) {
            return new Broken();
        }
        if (type == int.class) {
            return HttpServletResponse.SC_OK;
        }
        return type == boolean.class ? false : null;
    }

    private static final class Broken extends ServletOutputStream {

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(int value) {}

        @Override
        public void flush() throws IOException {
            throw new IOException("Broken pipe");
        }
    }
}
