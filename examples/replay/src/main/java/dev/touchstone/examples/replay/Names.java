package dev.touchstone.examples.replay;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.internal.TouchpointName;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * The names of touchpoints. A name that is declared stays as it is; any other becomes NFC, and one that no touchpoint can have
 * is folded: each run of characters that are not allowed becomes {@code _}, and the original is remembered as the title. Not
 * thread-safe.
 */
final class Names {

    /** More than any scoreboard has cells. */
    private static final int MAX_TITLES = 100_000;

    private final Catalog catalog;
    private final Map<String, String> titles = new HashMap<>();

    Names(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Returns the name under which events are recorded; it may still be one that no touchpoint can have, if it is too long. */
    String folded(String name) {
        if (catalog.touchpoint(name).isPresent()) {
            return name;
        }
        String normal = isAscii(name) ? name : Normalizer.normalize(name, Normalizer.Form.NFC);
        if (TouchpointName.isRecordable(normal)) {
            return normal;
        }
        String original = normal.strip();
        StringBuilder folded = new StringBuilder(original.length());
        boolean inRun = false;
        for (int i = 0; i < original.length(); ) {
            int character = original.codePointAt(i);
            boolean allowed = TouchpointName.isAllowed(character);
            if (allowed) {
                folded.appendCodePoint(character);
            } else if (!inRun) {
                folded.append('_');
            }
            inRun = !allowed;
            i += Character.charCount(character);
        }
        String result = folded.toString();
        if (titles.size() < MAX_TITLES && TouchpointName.isDeclarable(result)) {
            titles.putIfAbsent(result, original);
        }
        return result;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    /** Returns the original of each folded name; of several originals, the one that came first. */
    Map<String, String> titles() {
        return Map.copyOf(titles);
    }
}
