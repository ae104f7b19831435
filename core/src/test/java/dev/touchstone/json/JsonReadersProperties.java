package dev.touchstone.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.catalog.CatalogException;
import dev.touchstone.json.EventJson.ReadEvent;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever is read, what comes out is either the thing itself or what is wrong with it. */
class JsonReadersProperties {

    private static final String EVENT =
            "{\"id\":\"e\",\"time\":\"2026-03-01T10:00:00.250Z\",\"touchpoint\":\"a\",\"customer\":\"c\",\"channel\":\"web\","
                    + "\"outcome\":\"SUCCESS\",\"durationMs\":1.5e2,\"x\":[{\"y\":null}],\"attributes\":{\"b\":\"1\"},"
                    + "\"feedback\":{\"scale\":\"rating\",\"value\":3,\"min\":1,\"max\":5}}";
    private static final String CATALOG =
            "{\"model\":{\"id\":\"m\",\"paceShare\":0.1,\"curve\":\"STEP\"},\"touchpoints\":[{\"name\":\"a\",\"journey\":"
                    + "\"j\",\"target\":\"PT1S\",\"routes\":[\"GET /a\"]}],\"journeys\":[{\"name\":\"j\",\"steps\":2,"
                    + "\"ends\":[\"b\"]}],\"benchmarks\":[{\"metric\":\"nps\",\"peer\":\"p\",\"value\":1,\"n\":2}]}";
    /** What may stand where something else stood: the tokens of JSON, and what is none. */
    private static final String BYTES = "{}[],:\"\\0123456789.-+eEtrufalsnNT/#'\u0000\u0001 \n\u00ff\u0080zZ";

    private final EventJson reader = new EventJson();

    @Property(tries = 5_000)
    void anEventOrAReasonComesOut(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int changes) {
        ReadEvent read = reader.read(changed(EVENT, seed, changes));

        assertThat(read.event().isPresent()).isNotEqualTo(read.reason().isPresent());
        assertThat(read.message().isBlank()).isEqualTo(read.event().isPresent());
    }

    @Property(tries = 5_000)
    void aCatalogOrProblemsWithPlacesComeOut(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int changes) {
        try {
            CatalogJson.read("c.json", changed(CATALOG, seed, changes)).build();
        } catch (CatalogException e) {
            assertThat(e.problems()).allSatisfy(problem -> {
                assertThat(problem.place()).startsWith("c.json#");
                assertThat(problem.message()).isNotBlank().doesNotContain("unreadable");
            });
        }
    }

    private static byte[] changed(String json, long seed, int changes) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        byte[] others = BYTES.getBytes(StandardCharsets.ISO_8859_1);
        Random random = new Random(seed);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = others[random.nextInt(others.length)];
                case 1 -> bytes[at] = bytes[random.nextInt(bytes.length)];
                default -> bytes = java.util.Arrays.copyOf(bytes, Math.max(1, bytes.length - random.nextInt(3)));
            }
        }
        return bytes;
    }
}
