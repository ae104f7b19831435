package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.Touchstone;
import dev.touchstone.event.Outcome;
import dev.touchstone.http.OutcomeClassifier;
import dev.touchstone.http.RequestRecording;
import dev.touchstone.http.RequestResolvers;
import dev.touchstone.servlet.ObservedResponse;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

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
            Request request = new Request();
            RequestRecording<HttpServletRequest> recording = new RequestRecording<>(
                    touchstone.begin(null),
                    request,
                    new RequestResolvers<>(current -> null, List.of(), List.of(), OutcomeClassifier.standard()));
            ObservedResponse observed = new ObservedResponse(new Response(), recording);
            ServletOutputStream output = observed.getOutputStream();
            recording.interaction().touchpoint("report");
            MvcRecording.begin(recording, "report", touchstone, new ServerSpanFilter(), request, observed, false);
            request.startAsync();
            MvcRecording.of(request).suspend();

            recycled = true;
            assertThatThrownBy(output::flush)
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("Broken pipe");
            assertThat(outcomes).containsExactly(Outcome.ABANDONED);

            assertThatThrownBy(output::flush).hasMessage("Broken pipe");
            assertThat(outcomes).hasSize(1);
        }
    }

    private void check() {
        if (recycled) {
            throw new IllegalStateException("The request object has been recycled");
        }
    }

    private final class Request extends MockHttpServletRequest {

        Request() {
            setAsyncSupported(true);
        }

        @Override
        public @Nullable Object getAttribute(String name) {
            check();
            return super.getAttribute(name);
        }
    }

    private final class Response extends MockHttpServletResponse {

        @Override
        public int getStatus() {
            check();
            return super.getStatus();
        }

        @Override
        public ServletOutputStream getOutputStream() {
            return new ServletOutputStream() {
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
            };
        }
    }
}
