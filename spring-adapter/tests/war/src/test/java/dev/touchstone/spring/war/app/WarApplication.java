package dev.touchstone.spring.war.app;

import dev.touchstone.Touchpoint;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** What is deployed. Tomcat finds and starts it. */
@SpringBootApplication
public class WarApplication extends SpringBootServletInitializer {

    @Override
    protected SpringApplicationBuilder configure(SpringApplicationBuilder application) {
        return application
                .sources(WarApplication.class)
                .properties(
                        "touchstone.page.enabled=true",
                        "touchstone.minimum-group-size=0",
                        "spring.main.banner-mode=off",
                        "logging.level.root=off");
    }

    /** What customers meet with. */
    @RestController
    public static class Pages {

        @GetMapping("/orders/{id}")
        @Touchpoint(name = "order")
        String order(@PathVariable("id") String id) {
            return "order " + id;
        }

        @GetMapping("/later")
        @Touchpoint(name = "later")
        Callable<String> later() {
            return () -> "later";
        }

        @GetMapping("/deferred")
        @Touchpoint(name = "deferred")
        DeferredResult<String> deferred() {
            DeferredResult<String> result = new DeferredResult<>(10_000L);
            ForkJoinPool.commonPool().execute(() -> result.setResult("deferred"));
            return result;
        }

        @GetMapping("/fail")
        @Touchpoint(name = "fail")
        String fail() {
            throw new IllegalStateException("as it should");
        }

        @GetMapping("/fail-later")
        @Touchpoint(name = "fail-later")
        Callable<String> failLater() {
            return () -> {
                throw new IllegalStateException("as it should");
            };
        }

        @GetMapping("/undeclared/{id}")
        String undeclared(@PathVariable("id") String id) {
            return id;
        }
    }
}
