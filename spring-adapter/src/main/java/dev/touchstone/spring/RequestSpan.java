package dev.touchstone.spring;

import jakarta.servlet.http.HttpServletRequest;

/** Knows the span of a request, which is not the current one any more where others have begun spans inside it. */
@FunctionalInterface
interface RequestSpan {

    /** Records a request while its own span is the current one. */
    void record(HttpServletRequest request, Runnable recording);
}
