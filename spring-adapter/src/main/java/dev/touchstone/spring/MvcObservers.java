package dev.touchstone.spring;

/**
 * The observers of Spring MVC requests, which share their settings.
 *
 * @param interceptor observes requests that reach a handler
 * @param filter observes all requests, outside all other filters
 */
record MvcObservers(TouchpointInterceptor interceptor, MvcRequestFilter filter) {}
