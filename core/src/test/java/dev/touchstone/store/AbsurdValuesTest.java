package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Mention;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.ExportJson;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.state.StoreException;
import dev.touchstone.state.internal.Codes;
import dev.touchstone.survey.Answers;
import dev.touchstone.survey.Mentions;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values at the end of their range: sums saturate, and what was restored can be read. */
class AbsurdValuesTest {

    private static final CustomerId ADA = CustomerId.of("ada");

    @TempDir
    Path temporary;

    private final ManualClock clock = ManualClock.at(Trials.START);
    private Path file;

    @BeforeEach
    void chooseTheFile() {
        file = temporary.resolve("snapshot");
    }

    private Touchstone open() {
        return Trials.builder(clock).store(SnapshotFile.of(file, null)).build();
    }

    private void save() {
        Trials.builder(clock).store(SnapshotFile.of(null, file)).build().close();
    }

    @Test
    void amountsAndCostsSaturate() {
        try (Touchstone touchstone = Trials.builder(clock).build()) {
            for (double amount : new double[] {1.7e308, 1.7e308, -1.7e308, -1.7e308}) {
                touchstone.record(TouchpointEvent.builder("pay")
                        .amount(amount)
                        .cost(amount)
                        .build());
            }
            Scoreboard.Totals totals = touchstone.scoreboard().touchpoints().stream()
                    .filter(scope -> scope.definition().name().equals("pay")
                            && scope.totals().events() > 0)
                    .findFirst()
                    .orElseThrow()
                    .totals();
            assertThat(List.of(totals.amountIn(), totals.amountOut(), totals.costIn(), totals.costOut()))
                    .containsOnly(Double.MAX_VALUE);
        }
    }

    @Test
    void countsOfAnswersAndMentionsSaturate() {
        Answers.Groups most = new Answers.Groups(Long.MAX_VALUE, 1, Long.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE);
        Answers.Groups all = most.plus(most);
        assertThat(all.n()).isPositive();
        assertThat(all.favorable()).isPositive();
        assertThat(all.sum()).isFinite();
        Mentions.Side side = new Mentions.Side(Long.MAX_VALUE, 0, Long.MAX_VALUE, Double.MAX_VALUE);
        assertThat(side.plus(side).n()).isPositive();
        assertThat(side.plus(side).reach()).isFinite();
    }

    /** Inserts customers whose evidence has the given sums: what a newer part of the file says holds. */
    private void insertCustomer(long events, double... sums) throws IOException {
        Snapshots.insert(file, Section.CUSTOMERS, output -> {
            output.putCount(0).putCount(1);
            Codes.write(ADA.key(Trials.KEY), output);
            int length = output.reserveInt();
            int from = output.size();
            output.putByte(0).putCount(events).putSigned(clock.millis()).putCount(0);
            long mask = 0;
            for (int i = 0; i < sums.length; i++) {
                mask |= sums[i] == 0 ? 0 : 1L << i;
            }
            output.putCount(1).putCount(mask);
            if (mask != 0) {
                output.putSigned(clock.millis() / Duration.ofDays(30).toMillis());
            }
            for (double sum : sums) {
                if (sum != 0) {
                    output.putDouble(sum);
                }
            }
            output.setInt(length, output.size() - from);
            output.putCount(0).putCount(0);
        });
    }

    @Test
    void customerWithAnySumsIsRejectedOrCanBeRead() throws IOException {
        double[] absurd = {
            0, 1, -1, 1e-300, Double.MIN_VALUE, 1e150, 1e300, -1e300, Double.MAX_VALUE, -Double.MAX_VALUE, 0x1p-20
        };
        Random random = new Random(5);
        int read = 0;
        for (int trial = 0; trial < 200; trial++) {
            save();
            double[] sums = new double[17];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = random.nextInt(8) == 0 ? absurd[random.nextInt(absurd.length)] : trial % 2 == 0 ? 1 : 0;
            }
            insertCustomer(1, sums);
            try (Touchstone touchstone = open()) {
                read++;
                touchstone.customer(ADA);
                touchstone.record(
                        TouchpointEvent.builder("search").customer(ADA).build());
                assertThat(touchstone.health().totalDropped()).isZero();
                ScoreboardJson.compact().write(touchstone.customer(ADA));
                new ExportJson().write(touchstone.export(ADA));
            } catch (StoreException e) {
                assertThat(e).hasMessageContaining("corrupt");
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void sumsThatAreImpossibleAreRejectedAtTheStart() throws IOException {
        double[][] impossible = {
            {1, 1e290, 1, 1}, // events
            {1, 1, -1, 1}, // weight
            {1, 1, 1, 1, 1e300}, // losses of more than the weight
            {-1, 1, 1, 1},
            {1, 1, 1, -1}
        };
        for (double[] sums : impossible) {
            save();
            insertCustomer(1, sums);
            assertThat(isRejected()).isTrue();
        }
        save();
        insertCustomer(1, 1, 1, 1, 1, 1);
        assertThat(isRejected()).isFalse();
    }

    private boolean isRejected() {
        try {
            open().close();
            return false;
        } catch (StoreException e) {
            return true;
        }
    }

    @Test
    void countThatIsLargerThanAnyThatIsWrittenIsRejected() throws IOException {
        for (long events : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1, (1L << 53) + 1}) {
            save();
            insertCustomer(events, 1, 1, 1, 1);
            assertThat(isRejected()).isTrue();
        }
        save();
        insertCustomer(1L << 53, 1, 1, 1, 1);
        try (Touchstone touchstone = open()) {
            touchstone.record(TouchpointEvent.builder("search").customer(ADA).build());
            assertThat(touchstone.health().live()).isEqualTo((1L << 53) + 1);
            assertThat(touchstone.health().accepted()).isEqualTo((1L << 53) + 1);
        }
    }

    @Test
    void mentionsOfUnlimitedReachAreCountedOnce() {
        try (Touchstone touchstone = Trials.builder(clock).build()) {
            for (int i = 0; i < 3; i++) {
                touchstone.mention(Mention.own().reach(1e12).build());
            }
            assertThat(touchstone.health().accepted()).isEqualTo(3);
            assertThat(touchstone.health().totalDropped()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0001-06-01T00:00:00Z", "1600-06-01T00:00:00Z", "2300-06-01T00:00:00Z", "9999-01-01T00:00:00Z"})
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void customersExpireAndAreEvictedUnderAClockOfAnyCentury(String start) {
        ManualClock strange = ManualClock.at(start);
        try (Touchstone touchstone =
                Trials.builder(strange).maximumCustomers(10).build()) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 30; i++) {
                    touchstone.record(TouchpointEvent.builder("search")
                            .customer(Trials.customer(i % 12))
                            .build());
                    strange.advance(Duration.ofHours(1));
                }
            }
            assertThat(touchstone.health().customers()).isEqualTo(10);
            assertThat(touchstone.customer(Trials.customer(5)).count())
                    .as("seen last")
                    .isPositive();
            strange.advance(Duration.ofDays(181));
            touchstone.scoreboard();
            assertThat(touchstone.health().customers()).isZero();
        }
    }
}
