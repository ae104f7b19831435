package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.state.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the public API of core with the committed report, so that no change of it goes unseen. */
class PublicApiTest {

    private static final Path REPORT = Path.of("api/touchstone-core.txt");

    /** A new public type has to replace another one, or to be internal. */
    private static final long MOST_TOP_LEVEL_TYPES = 80;

    private final PublicApi api;

    PublicApiTest() throws IOException {
        api = PublicApi.of(Path.of("target/classes"));
    }

    @Test
    void publicApiIsTheCommittedOne() throws IOException {
        if (Boolean.getBoolean("api.write")) {
            Files.createDirectories(REPORT.getParent());
            Files.write(REPORT, api.lines());
        }
        assertThat(api.lines())
                .as(
                        "public API of core: if the change is intended, commit core/%s as written by%n"
                                + "  mvn -pl core test -Dtest=PublicApiTest -Dapi.write=true",
                        REPORT)
                .isEqualTo(Files.readAllLines(REPORT));
    }

    @Test
    void resultsThatGrowHaveNoPublicConstructor() {
        assertThat(Stream.of(
                                Scoreboard.class,
                                CustomerExperience.class,
                                Health.class,
                                ErasureReceipt.class,
                                Store.Status.class)
                        .flatMap(type -> Stream.concat(Stream.of(type), Arrays.stream(type.getClasses())))
                        .filter(type -> type.getConstructors().length > 0))
                .isEmpty();
    }

    @Test
    void noPublicSignatureNamesAnInternalType() {
        assertThat(api.lines()).isNotEmpty().noneMatch(line -> line.contains(".internal."));
    }

    @Test
    void publicTypesAreFew() {
        assertThat(api.topLevelTypes())
                .as("public top-level types outside packages named internal")
                .isLessThanOrEqualTo(MOST_TOP_LEVEL_TYPES);
    }
}
