package dev.touchstone.event;

import dev.touchstone.event.internal.NameCharacter;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The medium through which customer and business meet: a lower-case word of at most 32 letters, marks, digits,
 * {@code _} or {@code -}. Any name that follows this syntax is allowed besides the constants. Immutable.
 */
public final class Channel {

    /** The channel of an event that names none. It never counts as a channel switch. */
    public static final Channel UNKNOWN = new Channel("unknown");

    public static final Channel WEB = new Channel("web");
    public static final Channel APP = new Channel("app");
    public static final Channel STORE = new Channel("store");
    public static final Channel PHONE = new Channel("phone");
    public static final Channel EMAIL = new Channel("email");
    public static final Channel CHAT = new Channel("chat");
    public static final Channel SOCIAL = new Channel("social");
    public static final Channel AGENT = new Channel("agent");
    public static final Channel PRODUCT = new Channel("product");
    public static final Channel COMMUNITY = new Channel("community");
    public static final Channel REFERRAL = new Channel("referral");

    private static final int MAX_LENGTH = 32;

    private static final Map<String, Channel> WELL_KNOWN = Stream.of(
                    UNKNOWN, WEB, APP, STORE, PHONE, EMAIL, CHAT, SOCIAL, AGENT, PRODUCT, COMMUNITY, REFERRAL)
            .collect(Collectors.toUnmodifiableMap(Channel::name, Function.identity()));

    private final String name;

    private Channel(String name) {
        this.name = name;
    }

    /**
     * Returns the channel with this name, converted to lower case and NFC. Returns {@link #UNKNOWN} if the name is null
     * or still not valid. Never throws.
     */
    public static Channel of(@Nullable String name) {
        if (name == null) {
            return UNKNOWN;
        }
        Channel known = WELL_KNOWN.get(name);
        if (known != null) {
            return known;
        }
        if (name.length() > MAX_LENGTH) {
            return UNKNOWN;
        }
        String lower = Normalizer.normalize(name.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        known = WELL_KNOWN.get(lower);
        if (known != null) {
            return known;
        }
        return isValid(lower) ? new Channel(lower) : UNKNOWN;
    }

    /** Returns whether the name is a valid channel name as it is. */
    public static boolean isValid(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_LENGTH
                && name.codePoints().allMatch(NameCharacter::isAllowed)
                && name.equals(name.toLowerCase(Locale.ROOT));
    }

    /** Returns the name, such as {@code web}. */
    public String name() {
        return name;
    }

    /** Returns whether this is not {@link #UNKNOWN}. */
    public boolean isKnown() {
        return !equals(UNKNOWN);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Channel channel && name.equals(channel.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
