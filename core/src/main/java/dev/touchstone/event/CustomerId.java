package dev.touchstone.event;

import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * A raw customer id. It is hashed into a {@link CustomerKey}, has no getter, and prints as {@code ***}.
 *
 * <p>Two ids are equal if they are equal after Unicode normalization (NFC) and removal of leading and trailing white
 * space. Case is significant. Invalid ids can be represented, so that recording them never throws. A blank id makes an
 * event anonymous. An id that is longer than 256 bytes of UTF-8, or contains lone surrogates, control characters or
 * bidirectional controls, makes it {@link DropReason#BAD_EVENT}. Immutable.
 */
public final class CustomerId {

    private static final int MAX_BYTES = 256;
    private static final byte KNOWN = 0;
    static final byte ANONYMOUS = 1;

    private final byte namespace;
    private final Form form;
    private final String canonical;

    private CustomerId(byte namespace, @Nullable String raw) {
        this.namespace = namespace;
        if (raw == null) {
            this.form = Form.BLANK;
            this.canonical = "";
        } else if (raw.length() > MAX_BYTES) {
            this.form = Form.INVALID;
            this.canonical = "";
        } else if (isPlain(raw)) {
            this.canonical = raw;
            this.form = Form.VALID;
        } else {
            this.canonical = canonical(raw);
            this.form = form(canonical);
        }
    }

    /** Returns the id of a known customer. Never throws. */
    public static CustomerId of(@Nullable String id) {
        return new CustomerId(KNOWN, id);
    }

    /**
     * Returns the id of a guest, such as the id of a session. It never equals the id of a known customer, whatever the
     * text. Never throws.
     */
    public static CustomerId anonymous(@Nullable String id) {
        return new CustomerId(ANONYMOUS, id);
    }

    /** Returns whether the id is blank. */
    public boolean isBlank() {
        return form == Form.BLANK;
    }

    /** Returns whether this can be hashed into a key: neither blank nor malformed. */
    public boolean isValid() {
        return form == Form.VALID;
    }

    /** Returns whether this was created by {@link #anonymous(String)}. */
    public boolean isAnonymous() {
        return namespace == ANONYMOUS;
    }

    /**
     * Returns the pseudonym of this customer under the key.
     *
     * @throws IllegalStateException if this is not {@linkplain #isValid() valid}
     */
    public CustomerKey key(PseudonymKey key) {
        if (!isValid()) {
            throw new IllegalStateException("customer id is blank or malformed; only a valid id has a key");
        }
        return key.pseudonym(namespace, canonical);
    }

    /** Returns whether an id has only visible ASCII characters, as most have. Such an id is canonical and valid. */
    private static boolean isPlain(String raw) {
        for (int i = 0; i < raw.length(); i++) {
            char character = raw.charAt(i);
            if (character <= ' ' || character > '~') {
                return false;
            }
        }
        return !raw.isEmpty();
    }

    private static String canonical(String raw) {
        String normalized = isAscii(raw) ? raw : Normalizer.normalize(raw, Normalizer.Form.NFC);
        return normalized.strip();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return false;
            }
        }
        return true;
    }

    private static Form form(String canonical) {
        int bytes = 0;
        for (int i = 0; i < canonical.length(); ) {
            int character = canonical.codePointAt(i);
            if (!isAllowed(character)) {
                return Form.INVALID;
            }
            bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            i += Character.charCount(character);
        }
        return bytes == 0 ? Form.BLANK : bytes <= MAX_BYTES ? Form.VALID : Form.INVALID;
    }

    private static boolean isAllowed(int character) {
        return !Character.isISOControl(character)
                && Character.getType(character) != Character.SURROGATE
                && !isBidirectionalControl(character);
    }

    private static boolean isBidirectionalControl(int character) {
        return character == 0x061C
                || character == 0x200E
                || character == 0x200F
                || (character >= 0x202A && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomerId id
                && namespace == id.namespace
                && form == id.form
                && canonical.equals(id.canonical);
    }

    @Override
    public int hashCode() {
        return 31 * canonical.hashCode() + namespace;
    }

    @Override
    public String toString() {
        return "***";
    }

    private enum Form {
        VALID,
        BLANK,
        INVALID
    }
}
