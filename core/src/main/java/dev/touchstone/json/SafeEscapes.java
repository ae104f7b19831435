package dev.touchstone.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * What is escaped beyond what JSON asks for: surrogates, because half a one does not survive UTF-8, and what JavaScript
 * takes for the end of a line.
 */
final class SafeEscapes extends CharacterEscapes {

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
