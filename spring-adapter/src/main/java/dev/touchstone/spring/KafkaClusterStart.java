package dev.touchstone.spring;

import dev.touchstone.kafka.KafkaCluster;
import org.springframework.context.SmartLifecycle;

/** Starts scoring when the application is complete, and so its catalog, and stops it before anything else is closed. */
final class KafkaClusterStart implements SmartLifecycle {

    private final KafkaCluster cluster;
    private volatile boolean running;

    KafkaClusterStart(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public void start() {
        running = true;
        cluster.start();
    }

    @Override
    public void stop() {
        running = false;
        cluster.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
