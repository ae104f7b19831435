package dev.touchstone.spring;

import dev.touchstone.Touchpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/** Runtime hints of a native image for code that is used only by reflection. */
final class TouchstoneHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.resources().registerPattern("touchstone.json");
        hints.resources().registerPattern("dev/touchstone/http/page/*");
        hints.reflection().registerType(Touchpoint.class, MemberCategory.INVOKE_DECLARED_METHODS);
        // by name, since older versions do not have it
        hints.reflection()
                .registerTypeIfPresent(
                        classLoader,
                        "io.opentelemetry.api.GlobalOpenTelemetry",
                        hint -> hint.withMethod("getOrNoop", List.of(), ExecutableMode.INVOKE));
    }
}
