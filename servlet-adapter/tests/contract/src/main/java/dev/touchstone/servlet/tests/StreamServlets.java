package dev.touchstone.servlet.tests;

import dev.touchstone.servlet.TouchstoneFilter;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The servlets of a shop whose connections live longer than an answer takes. */
final class StreamServlets {

    /** Lets a stream go on. */
    static final Semaphore GATE = new Semaphore(0);

    /** Says that a request arrived. */
    static final Semaphore ARRIVED = new Semaphore(0);

    static final String EVENT = "data: tick\n\n";

    private static final int CHUNK = 10_000;
    private static final int CHUNKS = 2_000;
    private static final Executor LATER = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "streams");
        thread.setDaemon(true);
        return thread;
    });

    private StreamServlets() {}

    private static void awaitGate() {
        ARRIVED.release();
        try {
            if (!GATE.tryAcquire(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the gate was not opened");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Sends what a path names, through the response of the request or of its asynchronous context. */
    private static void send(String path, HttpServletResponse response) throws IOException {
        switch (path) {
            case "/events" -> {
                response.setContentType("text/event-stream");
                PrintWriter writer = response.getWriter();
                response.flushBuffer();
                writer.write(EVENT);
                writer.flush();
                awaitGate();
                for (int i = 0; i < CHUNKS && !writer.checkError(); i++) {
                    writer.write(EVENT.repeat(700));
                }
            }
            case "/one-event" -> {
                response.setContentType("text/event-stream");
                response.getOutputStream().write(EVENT.getBytes(StandardCharsets.US_ASCII));
                response.flushBuffer();
                awaitGate();
            }
            case "/flushed" -> {
                response.setContentType("text/html");
                response.getOutputStream().print("<p>first");
                response.getOutputStream().flush();
                awaitGate();
                response.getOutputStream().print("<p>second");
            }
            case "/download" -> { // no length, and the container sends what its buffer does not hold
                response.setContentType("application/octet-stream");
                response.getOutputStream().write(new byte[CHUNK * 10]);
                awaitGate();
                pour(response);
            }
            case "/late" -> {
                response.setContentType("text/event-stream");
                awaitGate();
                pour(response);
            }
            case "/body" -> {
                response.setContentType("application/octet-stream");
                response.setContentLengthLong((long) CHUNK * CHUNKS);
                OutputStream output = response.getOutputStream();
                output.write(new byte[CHUNK * 10]);
                output.flush();
                awaitGate();
                pour(response);
            }
            case "/page" -> { // a document of several buffers
                response.setContentType("text/html;charset=UTF-8");
                response.getOutputStream().write(new byte[CHUNK * 10]);
                awaitGate();
                response.getOutputStream().write(new byte[CHUNK]);
            }
            default -> throw new IllegalArgumentException(path);
        }
    }

    private static void pour(HttpServletResponse response) throws IOException {
        for (int i = 0; i < CHUNKS - 10; i++) {
            response.getOutputStream().write(new byte[CHUNK]);
        }
    }

    /** Streams on the thread of the container. */
    static final class Blocking extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            send(request.getPathInfo(), response);
        }
    }

    /** Streams on another thread, through what the asynchronous context says is the response. */
    static final class Later extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext async = request.startAsync();
            async.setTimeout(5_000);
            String path = request.getPathInfo();
            LATER.execute(() -> {
                try {
                    send(path, (HttpServletResponse) async.getResponse());
                } catch (IOException | RuntimeException e) {
                    // the container noticed, and may have taken back the response
                }
                try {
                    async.complete();
                } catch (IllegalStateException e) {
                    // it was faster
                }
            });
        }
    }

    /** Waits until the time is up, and then answers. */
    static final class Poll extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            AsyncContext async = request.startAsync();
            async.setTimeout(ShopServlets.WORK_MS);
            int status = Integer.parseInt(request.getPathInfo().substring(1));
            if (request.getHeader("X-Settle") != null) {
                TouchstoneFilter.interaction(request).degrade();
            }
            async.addListener(new Answer(status));
        }
    }

    private record Answer(int status) implements AsyncListener {

        @Override
        public void onTimeout(AsyncEvent event) {
            ((HttpServletResponse) event.getAsyncContext().getResponse()).setStatus(status);
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }

    /** Makes a connection into another one, which stays open. */
    static final class Upgrade extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException, ServletException {
            response.setHeader("Upgrade", "shop");
            response.setHeader("Connection", "Upgrade");
            request.upgrade(Talk.class);
        }
    }

    /** The other connection. */
    public static final class Talk implements HttpUpgradeHandler {

        @Override
        public void init(WebConnection connection) {}

        @Override
        public void destroy() {}
    }
}
