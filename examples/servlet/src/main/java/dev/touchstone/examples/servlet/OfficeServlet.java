package dev.touchstone.examples.servlet;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.servlet.TouchstoneFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Everything that the box office does. The program takes its time on some evenings, and paying fails now and then.
 * Touchpoints are in {@code touchstone.json}; nothing here knows them but the booking, which promises something.
 */
final class OfficeServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath();
        if (path.equals("/")) {
            print(response, "Box office. Program: /program, a play: /plays/hamlet, how it is going: /touchstone/");
        } else if (path.equals("/program")) {
            takeTime(10, 90);
            print(response, "hamlet, godot, faust");
        } else if (path.startsWith("/plays/") && path.length() < 40) {
            print(response, "a play in five acts");
        } else if (path.equals("/help")) {
            takeTime(40, 60);
            print(response, "call us");
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath();
        if (path.equals("/login")) {
            logIn(request);
            print(response, "welcome");
        } else if (path.startsWith("/plays/") && path.endsWith("/seats")) {
            request.getSession();
            takeTime(5, 20);
            print(response, "row 7");
        } else if (path.equals("/pay")) {
            TouchstoneFilter.interaction(request).promise(Duration.ofMillis(150));
            takeTime(20, 200);
            if (perhaps(0.2)) {
                response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "the bank does not answer");
            } else {
                print(response, "paid");
            }
        } else if (path.equals("/tickets")) {
            print(response, "two tickets");
        } else {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    /** What the guest has met with is the subscriber's from now on. */
    private void logIn(HttpServletRequest request) {
        HttpSession session = request.getSession();
        String name = request.getParameter("name");
        session.setAttribute(SubscriberResolver.NAME, name);
        if (getServletContext().getAttribute(TouchstoneFilter.TOUCHSTONE) instanceof Touchstone touchstone) {
            touchstone.identify(CustomerId.anonymous(session.getId()), CustomerId.of(name));
        }
    }

    private static void print(HttpServletResponse response, String text) throws IOException {
        response.setContentType("text/plain");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().println(text);
    }

    private static void takeTime(int leastMs, int mostMs) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(leastMs, mostMs));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean perhaps(double probability) {
        return ThreadLocalRandom.current().nextDouble() < probability;
    }
}
