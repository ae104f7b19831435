package dev.touchstone.json.internal;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * Escapes more than JSON requires: surrogates, because a lone one does not survive UTF-8, and the characters that
 * JavaScript treats as line ends. Immutable.
 */
public final class SafeEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;

    @Override
    public int[] getEscapeCodesForAscii() {
        return standardAsciiEscapesForJSON();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
        return Character.isSurrogate((char) character) || character == '\u2028' || character == '\u2029'
                ? new SerializedString(String.format("\\u%04x", character))
                : null;
    }
}
