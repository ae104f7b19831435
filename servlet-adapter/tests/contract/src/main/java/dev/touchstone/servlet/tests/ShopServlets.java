package dev.touchstone.servlet.tests;

import dev.touchstone.event.CustomerId;
import dev.touchstone.servlet.TouchstoneFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The servlets of a shop in which everything happens that happens to servlets. */
public final class ShopServlets {

    static final long WORK_MS = 120;

    private static final int UNPROCESSABLE = 422;

    private static final Executor LATER = CompletableFuture.delayedExecutor(WORK_MS, TimeUnit.MILLISECONDS);

    private ShopServlets() {}

    /** An exception that has an error page of its own. */
    public static final class Explained extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    abstract static class Page extends HttpServlet {

        private static final long serialVersionUID = 1L;

        static void print(HttpServletResponse response, String text) throws IOException {
            response.setContentType("text/plain");
            response.setCharacterEncoding("UTF-8");
            response.getWriter().write(text);
        }

        static int number(HttpServletRequest request) {
            return Integer.parseInt(request.getPathInfo().substring(1));
        }
    }

    static final class Status extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setStatus(number(request));
            if (number(request) != 204 && number(request) != 304) {
                print(response, "status " + number(request));
            }
        }
    }

    static final class SendError extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.sendError(number(request));
        }
    }

    static final class Throwing extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            switch (request.getPathInfo()) {
                case "/runtime" -> throw new IllegalStateException("thrown");
                case "/io" -> throw new IOException("the database is gone");
                case "/servlet" -> throw new ServletException("thrown");
                case "/explained" -> throw new Explained();
                default -> throw new AssertionError("thrown");
            }
        }
    }

    /** The error page. */
    static final class ErrorPage extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            print(response, "sorry");
        }
    }

    static final class Forward extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            request.getRequestDispatcher("/status/201").forward(request, response);
        }
    }

    static final class Include extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            response.getWriter().write("before ");
            request.getRequestDispatcher("/orders/7").include(request, response);
            response.getWriter().write(" after");
        }
    }

    static final class Orders extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            print(response, "order " + request.getPathInfo());
        }
    }

    static final class Upload extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            StringBuilder text = new StringBuilder();
            for (Part part : request.getParts()) {
                text.append(part.getName()).append(' ').append(part.getSize()).append('\n');
            }
            print(response, text.toString());
        }
    }

    static final class TableOrders extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if ("/99".equals(request.getPathInfo())) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            } else {
                print(response, "order");
            }
        }
    }

    static final class TableBasket extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            print(response, "basket");
        }

        @Override
        protected void doDelete(HttpServletRequest request, HttpServletResponse response) throws IOException {
            print(response, "cleared");
        }
    }

    static final class TablePay extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!request.getContentType().startsWith("application/json")) {
                response.sendError(HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE);
            } else if (body.contains("bad")) {
                response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            } else if (body.contains("refuse")) {
                response.setStatus(UNPROCESSABLE);
            } else if (body.contains("throw")) {
                throw new IllegalStateException("thrown");
            } else {
                print(response, "paid");
            }
        }
    }

    /** Reads all that is posted. */
    static final class Read extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            print(response, "read " + request.getInputStream().readAllBytes().length);
        }
    }

    static final class Big extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            writeForEver(response.getOutputStream());
        }
    }

    /** Says what it knows to the running interaction. */
    static final class Facts extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            TouchstoneFilter.interaction(request)
                    .customer(CustomerId.of("ada"))
                    .transfer()
                    .promise(Duration.ofSeconds(2))
                    .degrade();
            print(response, "facts");
        }
    }

    static final class Async extends Page {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (request.getDispatcherType() == DispatcherType.ASYNC
                    && request.getPathInfo().equals("/again")) {
                AsyncContext once = request.startAsync(request, response);
                LATER.execute(() -> once.dispatch("/status/409"));
                return;
            }
            AsyncContext async = request.startAsync(request, response);
            async.setTimeout(10_000);
            switch (request.getPathInfo()) {
                case "/complete" ->
                    LATER.execute(() -> {
                        write(async, "complete");
                        async.complete();
                    });
                case "/complete-at-once" -> {
                    print(response, "at once");
                    async.complete();
                }
                case "/dispatch" -> LATER.execute(() -> async.dispatch("/status/409"));
                case "/dispatch-at-once" -> async.dispatch("/status/409");
                case "/dispatch-to-throw" -> LATER.execute(() -> async.dispatch("/throw/runtime"));
                case "/again" -> LATER.execute(() -> async.dispatch("/async/again"));
                case "/error" ->
                    LATER.execute(() -> {
                        try {
                            response.sendError(503);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                        async.complete();
                    });
                case "/throw" -> {
                    async.setTimeout(WORK_MS); // Jetty waits for it all the same
                    throw new IllegalStateException("after it had begun");
                }
                case "/time-out" -> async.setTimeout(WORK_MS);
                case "/endless" -> {
                    async.setTimeout(2_000);
                    LATER.execute(() -> writeForEver(async));
                }
                default -> throw new IllegalArgumentException(request.getPathInfo());
            }
        }

        private static void writeForEver(AsyncContext async) {
            try {
                ShopServlets.writeForEver(async.getResponse().getOutputStream());
            } catch (IOException e) {
                // it is the container that notices, at once or when the time is up
            }
        }

        private static void write(AsyncContext async, String text) {
            try {
                print((HttpServletResponse) async.getResponse(), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void writeForEver(OutputStream output) throws IOException {
        for (int i = 0; i < 100_000; i++) {
            output.write(new byte[10_000]);
            output.flush();
        }
    }
}
