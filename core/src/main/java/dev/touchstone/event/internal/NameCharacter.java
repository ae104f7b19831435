package dev.touchstone.event.internal;

/** The characters of names in any script. */
public final class NameCharacter {

    private NameCharacter() {}

    /**
     * Returns whether a character is a letter, a mark that belongs to a letter, a digit, {@code _} or {@code -}.
     * Without marks there are no words in Thai or Devanagari.
     */
    public static boolean isAllowed(int character) {
        return Character.isLetterOrDigit(character) || isMark(character) || character == '_' || character == '-';
    }

    private static boolean isMark(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }
}
