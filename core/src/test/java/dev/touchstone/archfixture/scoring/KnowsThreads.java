package dev.touchstone.archfixture.scoring;

import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Planted: scoring with a clock, a logger, a file and a type of java.util.concurrent. */
public class KnowsThreads {
    long clock(Clock clock) {
        return clock.millis();
    }

    void log(Logger logger) {
        logger.info("planted");
    }

    boolean exists(java.io.File file, java.nio.file.Path path) {
        return file.toPath().equals(path);
    }

    long nanos(TimeUnit unit) {
        return unit.toNanos(1);
    }
}
