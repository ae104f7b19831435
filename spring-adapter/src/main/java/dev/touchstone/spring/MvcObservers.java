package dev.touchstone.spring;

/**
 * What observes the requests of Spring MVC: they share what they know.
 *
 * @param interceptor observes the requests that reach a handler
 * @param filter observes all requests, outside of all other filters
 */
record MvcObservers(TouchpointInterceptor interceptor, MvcRequestFilter filter) {}
