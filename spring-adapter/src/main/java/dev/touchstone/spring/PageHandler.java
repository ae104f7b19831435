package dev.touchstone.spring;

import dev.touchstone.http.PageContent;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers all requests below the path of the page, as the servlet does in servlet applications. Thread-safe. */
final class PageHandler implements HandlerFunction<ServerResponse> {

    /** The path variable with the rest of the path after that of the page, including its slash. */
    static final String NAME = "name";

    private static final int CONTENT_TOO_LARGE = 413;

    private final String path;
    private final PageContent content;

    PageHandler(String path, PageContent content) {
        this.path = path;
        this.content = content;
    }

    @Override
    public Mono<ServerResponse> handle(ServerRequest request) {
        String name = request.pathVariable(NAME);
        HttpMethod method = request.method();
        if (method.equals(HttpMethod.POST)) {
            return post(request, name);
        }
        if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
            return answer(HttpStatus.METHOD_NOT_ALLOWED)
                    .header(HttpHeaders.ALLOW, "GET, HEAD, POST")
                    .build();
        }
        if (name.isEmpty()) {
            String context = request.requestPath().contextPath().value();
            return answer(HttpStatus.FOUND)
                    .location(URI.create(context + path + "/"))
                    .build();
        }
        return content.get(name.substring(1), request.uri().getRawQuery())
                .map(PageHandler::send)
                .orElseGet(() -> answer(HttpStatus.NOT_FOUND).build());
    }

    private Mono<ServerResponse> post(ServerRequest request, String name) {
        if (!name.equals("/" + PageContent.CUSTOMER)) {
            return answer(HttpStatus.NOT_FOUND).build();
        }
        if (!PageContent.isSameOrigin(
                header(request, HttpHeaders.HOST),
                header(request, HttpHeaders.ORIGIN),
                header(request, "Sec-Fetch-Site"))) {
            return answer(HttpStatus.FORBIDDEN).build();
        }
        if (request.uri().getRawQuery() != null) {
            return answer(HttpStatus.BAD_REQUEST).build(); // an id in a query would be in every log
        }
        if (request.headers().contentLength().isEmpty()) {
            return answer(HttpStatus.LENGTH_REQUIRED).build();
        }
        if (request.headers().contentLength().getAsLong() > PageContent.MAX_FORM_BYTES) {
            // by number: the name of the status differs between versions of Spring
            return answer(HttpStatusCode.valueOf(CONTENT_TOO_LARGE)).build();
        }
        return request.formData()
                .flatMap(form -> send(content.customer(form.getFirst("id"), form.getFirst("pseudonym"))))
                // an unreadable form
                .onErrorResume(unreadable -> answer(HttpStatus.BAD_REQUEST).build());
    }

    private static @Nullable String header(ServerRequest request, String name) {
        return request.headers().firstHeader(name);
    }

    private static Mono<ServerResponse> send(PageContent.Answer answer) {
        return answer(HttpStatusCode.valueOf(answer.status()))
                .contentType(MediaType.parseMediaType(answer.contentType()))
                .contentLength(answer.body().length)
                .bodyValue(answer.body());
    }

    private static ServerResponse.BodyBuilder answer(HttpStatusCode status) {
        ServerResponse.BodyBuilder answer = ServerResponse.status(status);
        PageContent.HEADERS.forEach(answer::header);
        return answer;
    }
}
