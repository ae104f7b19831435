package dev.touchstone.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process that scores. Its argument is a properties file; without one, the settings are in the environment. It ends in
 * order when it is asked to (SIGTERM), with status {@value #INVALID} if the settings or the topics are not as they have to be,
 * and with status {@value #FAILED} if scoring fails, so that whatever supervises it starts it again.
 */
final class ScorerProcess {

    static final int FAILED = 1;
    static final int INVALID = 2;

    private static final Logger LOGGER = LoggerFactory.getLogger(ScorerProcess.class);
    private static final Duration CLOSING = Duration.ofSeconds(20);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private ScorerProcess() {}

    /** Runs until it is asked to end. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 1) {
            end(INVALID, "usage: java -jar touchstone-kafka-scorer.jar [FILE.properties]");
            return;
        }
        try {
            Path file = arguments.length == 0 ? null : Path.of(arguments[0]);
            run(ScorerSettings.read(file, System.getenv()));
        } catch (ScorerSettings.InvalidException e) {
            end(INVALID, String.valueOf(e.getMessage()));
        }
    }

    static void run(ScorerSettings settings) throws InterruptedException {
        try {
            awaitTopics(settings);
        } catch (TopicsAtStart.WrongTopicsException e) {
            end(INVALID, String.valueOf(e.getMessage()));
            return;
        }
        CountDownLatch ended = new CountDownLatch(1);
        KafkaStreams streams =
                new KafkaStreams(ScoringTopology.of(settings.scoring(), new DeadLetters()), settings.streams());
        streams.setUncaughtExceptionHandler(failure -> {
            LOGGER.error("Scorer: a thread failed ({}); the process ends, to be started again", failure.toString());
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((now, before) -> {
            LOGGER.info("Scorer: {}", now);
            if (now == State.ERROR || now == State.NOT_RUNNING) {
                ended.countDown();
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(streams), "touchstone-scorer-close"));
        LOGGER.info("Scorer: starts; {}", settings);
        streams.start();
        ended.await();
        if (streams.state() == State.ERROR) {
            end(FAILED, "Scorer: failed; see the log");
        }
    }

    private static void close(KafkaStreams streams) {
        if (!streams.close(CLOSING)) {
            LOGGER.warn(
                    "Scorer: not closed within {}; what is not committed is done again by another instance", CLOSING);
        }
    }

    /** Waits for the brokers, and creates the topics that are missing. */
    private static void awaitTopics(ScorerSettings settings) throws InterruptedException {
        while (true) {
            try {
                TopicsAtStart.prepare(settings.kafka(), settings.scoring().topics());
                return;
            } catch (TopicsAtStart.WrongTopicsException e) {
                throw e;
            } catch (EventsTopic.UnusableException e) {
                LOGGER.warn("Scorer: {}; trying again in {}", e.getMessage(), LOOK_AGAIN);
                TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
            }
        }
    }

    private static void end(int status, String message) {
        System.err.println(message);
        System.exit(status);
    }
}
