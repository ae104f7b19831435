package dev.touchstone.servlet;

import dev.touchstone.http.PageContent;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Sends answers. */
final class Answers {

    private Answers() {}

    static void send(PageContent.Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        response.setContentType(answer.contentType());
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }
}
