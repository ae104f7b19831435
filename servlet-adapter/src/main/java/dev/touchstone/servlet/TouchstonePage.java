package dev.touchstone.servlet;

import jakarta.servlet.http.HttpServlet;

public final class TouchstonePage extends HttpServlet {
    private static final long serialVersionUID = 1L;
}
