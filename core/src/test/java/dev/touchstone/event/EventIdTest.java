package dev.touchstone.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.PseudonymKey.EventKey;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventIdTest {

    private final PseudonymKey key =
            PseudonymKey.of("a key that is long enough for these tests".getBytes(StandardCharsets.UTF_8));

    private EventKey idKey(String id) {
        return TouchpointEvent.builder("pay").id(id).build().idKey(key).orElseThrow();
    }

    @Test
    void loneSurrogatesInEventIdsStayDistinct() {
        List<String> ids = List.of(
                "order-?",
                "order-\uD800",
                "order-\uD801",
                "order-\uDC00",
                "order-\uDC00\uD800",
                "order-\uD800\uDC00",
                "\uD800order-",
                "order-\uFFFD");
        Set<EventKey> keys = new HashSet<>();
        ids.forEach(id -> keys.add(idKey(id)));
        assertThat(keys).hasSameSizeAs(ids);
        ids.forEach(id -> assertThat(idKey(id)).isEqualTo(idKey(new String(id.toCharArray()))));
    }

    @Test
    void wellFormedIdIsHashedAsUtf8() {
        assertThat(idKey("bestellung-\u00fc-\uD83D\uDE00"))
                .isEqualTo(key.eventKey("bestellung-\u00fc-\uD83D\uDE00".getBytes(StandardCharsets.UTF_8)));
    }
}
