package dev.touchstone.kafka;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/** The process that scores, with the fault that a fault run has to find: what is written is not one with what was read. */
final class PlantedScorer {

    private PlantedScorer() {}

    public static void main(String[] arguments) throws Exception {
        ScorerSettings settings = ScorerSettings.read(Path.of(arguments[0]), Map.of());
        settings.streams().setProperty(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        ScorerProcess.run(settings);
    }
}
