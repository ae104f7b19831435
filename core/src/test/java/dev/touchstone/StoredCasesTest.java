package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.care.RecoveryCase.Status;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.Explanation;
import dev.touchstone.scoring.Interval;
import dev.touchstone.scoring.Score;
import dev.touchstone.state.internal.MalformedException;
import dev.touchstone.state.internal.StoredCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The bytes of one recovery case: those of yesterday are read today, and those of tomorrow too. */
class StoredCasesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/touchstone/partition/case-1.hex");
    private static final Instant OPENED = Instant.parse("2026-03-01T10:00:00Z");
    private static final RecoveryCase FILE = RecoveryCase.of("1f-2", new CustomerKey(1, 2), "checkout.pay", OPENED)
            .channel(Channel.WEB)
            .owner("payments")
            .reason("failure at a moment of truth")
            .experience(Score.of(69, new Interval(33.5, 90.5), 2, Explanation.of(Map.of("outcome", 31.0))))
            .status(Status.RESOLVED, OPENED.plusSeconds(60))
            .resolution(Resolution.PARTIAL)
            .startedAt(OPENED.plusSeconds(5))
            .silence(OPENED.plusSeconds(30), Duration.ofSeconds(25))
            .updates(3)
            .reopenings(1)
            .build();

    @Test
    void bytesAreThoseOfTheGoldenFile() throws IOException {
        String hex = HexFormat.of().formatHex(StoredCases.write(FILE));
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(GOLDEN, hex + "\n");
        }
        assertThat(hex)
                .as("the bytes of a case; a part never changes, what is new gets a part of its own")
                .isEqualTo(Files.readString(GOLDEN).strip());
    }

    @Test
    void goldenFileIsRead() throws IOException {
        byte[] golden = HexFormat.of().parseHex(Files.readString(GOLDEN).strip());
        assertThat(StoredCases.read(golden)).usingRecursiveComparison().isEqualTo(FILE);
    }

    @Test
    void partOfANewerVersionIsSkipped() {
        byte[] own = StoredCases.write(FILE);
        byte[] newer = Arrays.copyOf(own, own.length + 3);
        newer[own.length] = 99;
        newer[own.length + 1] = 1;
        assertThat(StoredCases.read(newer).id()).isEqualTo("1f-2");
    }

    @Test
    void newerFormatIsRefused() {
        byte[] newer = StoredCases.write(FILE);
        newer[0]++;
        assertThatThrownBy(() -> StoredCases.read(newer))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("newer version");
    }
}
