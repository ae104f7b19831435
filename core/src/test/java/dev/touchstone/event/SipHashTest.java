package dev.touchstone.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {

    /** The vectors of the reference implementation: key 00..0f, message 00, 01, 02 and so on. */
    @ParameterizedTest
    @CsvSource({
        "0, a3817f04ba25a8e66df67214c7550293",
        "2, 8177228da4a45dc7fca38bdef60affe4",
        "4, f88164c12d9c8faf7d0f6e7c7bcd5579"
    })
    void hashIsThatOfTheReferenceImplementation(int length, String expected) {
        byte[] message = new byte[length];
        for (int i = 0; i < length; i++) {
            message[i] = (byte) i;
        }
        SipHash hash =
                new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, new String(message, StandardCharsets.UTF_16LE));
        byte[] bytes = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(hash.low)
                .putLong(hash.high)
                .array();
        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(expected);
    }
}
