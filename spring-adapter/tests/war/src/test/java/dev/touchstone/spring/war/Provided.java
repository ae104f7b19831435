package dev.touchstone.spring.war;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** What a container shows to its applications: its own classes and those of the Servlet API, and nothing else of here. */
final class Provided extends ClassLoader {

    private static final List<String> PACKAGES = List.of("jakarta.", "org.apache.catalina.", "org.apache.coyote.");
    private static final List<String> MORE = List.of("org.apache.juli.", "org.apache.naming.", "org.apache.tomcat.");

    private final ClassLoader all = Provided.class.getClassLoader();

    Provided() {
        super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (PACKAGES.stream().anyMatch(name::startsWith) || MORE.stream().anyMatch(name::startsWith)) {
            return all.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected URL findResource(String name) {
        return Collections.list(findResources(name)).stream().findFirst().orElse(null);
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        try {
            return Collections.enumeration(Collections.list(all.getResources(name)).stream()
                    .filter(url -> url.getPath().contains("/tomcat-embed-"))
                    .toList());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
