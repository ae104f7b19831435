package dev.touchstone.archfixture;

import com.github.benmanes.caffeine.cache.Cache;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Planted: the methods and the field named so show types of libraries to users. */
public class NamesLibraries {
    public Optional<List<JsonNode>> plantedReturn() {
        return Optional.empty();
    }

    protected void plantedParameter(Cache<String, String> cache) {
        cache.cleanUp();
    }

    public <T extends OpenTelemetrySdk> void plantedBound(T sdk) {
        sdk.close();
    }

    public abstract static class PlantedParent implements Cache<String, String> {}

    void hidden(Cache<String, String> cache) {
        cache.cleanUp();
    }

    static class Hidden {
        public void hiddenToo(Cache<String, String> cache) {
            cache.cleanUp();
        }
    }
}
