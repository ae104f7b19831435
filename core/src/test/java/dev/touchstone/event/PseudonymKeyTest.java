package dev.touchstone.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.touchstone.event.PseudonymKey.EventKey;
import dev.touchstone.test.Jvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymKeyTest {

    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private Path file(byte[] secret, String mode) throws IOException {
        Path file = Files.write(folder.resolve("touchstone.key"), secret);
        assumeThat(Files.getFileStore(file).supportsFileAttributeView("posix")).isTrue();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    @Test
    void aPseudonymIsTheBeginningOfAnHmacUnderTheSecret() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        mac.update((byte) 0);
        byte[] digest = mac.doFinal("ada".getBytes(StandardCharsets.UTF_8));
        assertThat(CustomerId.of("ada").key(PseudonymKey.of(SECRET)))
                .hasToString(java.util.HexFormat.of().formatHex(digest, 0, 16));
    }

    @Test
    void customersGuestsAndEventsNeverMeet() {
        PseudonymKey key = PseudonymKey.of(SECRET);
        CustomerKey customer = CustomerId.of("ada").key(key);
        CustomerKey guest = CustomerId.anonymous("ada").key(key);
        EventKey event =
                TouchpointEvent.builder("a").id("ada").build().idKey(key).orElseThrow();
        assertThat(guest).isNotEqualTo(customer);
        assertThat(event.high()).isNotIn(customer.high(), guest.high());
        assertThat(event.low()).isNotIn(customer.low(), guest.low());
        assertThat(event.hashCode()).isEqualTo((int) event.low());
    }

    @Test
    void theSameSecretIsTheSameKeyHoweverItComes() throws IOException {
        String id = PseudonymKey.of(SECRET).id();
        assertThat(PseudonymKey.from(() -> SECRET).id()).isEqualTo(id);
        assertThat(PseudonymKey.fromFile(file(SECRET, "r--------")).id()).isEqualTo(id);
        assertThat(PseudonymKey.fromBase64(Base64.getEncoder().encodeToString(SECRET) + "\n")
                        .id())
                .isEqualTo(id);
        assertThat(id).matches("[0-9a-f]{8}");
        assertThat(PseudonymKey.random().id())
                .isNotEqualTo(id)
                .isNotEqualTo(PseudonymKey.random().id());
    }

    @Test
    void itNeverPrints() {
        assertThat(PseudonymKey.of(SECRET))
                .hasToString("PseudonymKey " + PseudonymKey.of(SECRET).id());
    }

    @Test
    void aShortSecretIsRefusedWithHowToMakeAKey() throws IOException {
        byte[] shortOne = new byte[31];
        assertThatThrownBy(() -> PseudonymKey.of(shortOne))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("31 bytes")
                .hasMessageContaining("openssl rand");
        Path file = file(shortOne, "r--------");
        assertThatThrownBy(() -> PseudonymKey.fromFile(file))
                .hasMessageContaining(file.toString())
                .hasMessageContaining("31 bytes");
        assertThatThrownBy(() -> PseudonymKey.fromBase64(Base64.getEncoder().encodeToString(shortOne)))
                .hasMessageContaining("TOUCHSTONE_PSEUDONYM_KEY")
                .hasMessageContaining("31 bytes");
        assertThat(PseudonymKey.of(new byte[32]).id()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--r-----", "r-----r--", "rwxrwxrwx", "---------"})
    void aFileWithAnotherModeIsRefused(String mode) throws IOException {
        Path file = file(SECRET, mode);
        assertThatThrownBy(() -> PseudonymKey.fromFile(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 400 " + file);
    }

    @Test
    void aFileThatIsNotThereOrNoKeyIsRefused() throws IOException {
        assertThatThrownBy(() -> PseudonymKey.fromFile(folder.resolve("none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none")
                .hasMessageContaining("openssl rand");
        Path large = file(new byte[4097], "r--------");
        assertThatThrownBy(() -> PseudonymKey.fromFile(large)).hasMessageContaining("4097 bytes");
        Files.delete(large);
        assertThat(PseudonymKey.fromFile(file(new byte[4096], "r--------")).id())
                .isNotEmpty();
    }

    @Test
    void whatIsNotBase64IsRefusedWithoutQuotingIt() {
        assertThatThrownBy(() -> PseudonymKey.fromBase64("my secret is * not base64 at all, sorry"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not Base64")
                .hasMessageNotContaining("sorry")
                .hasNoCause();
    }

    @Test
    void theVariableOfTheEnvironmentIsRead() throws IOException, InterruptedException {
        ProcessBuilder child = Jvm.of(List.of(), Printer.class);
        child.environment()
                .put(PseudonymKey.ENVIRONMENT_VARIABLE, Base64.getEncoder().encodeToString(SECRET));
        Process process = child.start();
        assertThat(process.inputReader().readLine())
                .isEqualTo(PseudonymKey.of(SECRET).id());
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    static final class Printer {

        private Printer() {}

        public static void main(String... arguments) {
            System.out.println(PseudonymKey.fromEnvironment().orElseThrow().id());
        }
    }

    @Test
    void someOfTheBitsPutACustomerIntoASample() {
        assertThat(new CustomerKey(0, 7).isWithin(0)).isFalse();
        assertThat(new CustomerKey(0, 7).isWithin(0.001)).isTrue();
        assertThat(new CustomerKey(-1, 7).isWithin(0.999)).isFalse();
        assertThat(new CustomerKey(-1, 7).isWithin(1)).isTrue();
        assertThat(new CustomerKey(1L << 63, 7).isWithin(0.5)).isFalse();
        assertThat(new CustomerKey(1L << 63, 7).isWithin(0.51)).isTrue();
    }

    @Test
    void aKeyIsItsBits() {
        assertThat(new CustomerKey(1, 2)).isEqualTo(new CustomerKey(1, 2)).hasSameHashCodeAs(new CustomerKey(1, 2));
        assertThat(new CustomerKey(1, 2)).isNotEqualTo(new CustomerKey(1, 3)).isNotEqualTo(new CustomerKey(2, 2));
        assertThat(new CustomerKey(1, 2).hashCode()).isEqualTo(2);
        assertThat(new CustomerKey(1, 2).hash()).isEqualTo(3);
        assertThat(new CustomerKey(1, 2).high()).isEqualTo(1);
        assertThat(new CustomerKey(1, 2).low()).isEqualTo(2);
    }

    @Test
    void withoutTheVariableThereIsNoKey() {
        assumeThat(System.getenv(PseudonymKey.ENVIRONMENT_VARIABLE)).isNull();
        assertThat(PseudonymKey.fromEnvironment()).isEmpty();
    }

    @Test
    void sealIsNoPseudonymOfTheSameText() {
        // otherwise a customer who may choose an id, and sees its pseudonym, can make a valid seal
        PseudonymKey key = PseudonymKey.of(SECRET);
        String text = "0a1b2c3d;storefront;0123456789abcdef0123456789abcdef;web";
        EventKey eventKey = key.eventKey(text.getBytes(StandardCharsets.UTF_8));
        assertThat(key.seal(text))
                .isNotEqualTo(CustomerId.of(text).key(key).toString())
                .isNotEqualTo(CustomerId.anonymous(text).key(key).toString())
                .isNotEqualTo(new CustomerKey(eventKey.high(), eventKey.low()).toString());
    }
}
