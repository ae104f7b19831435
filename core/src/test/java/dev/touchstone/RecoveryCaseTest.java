package dev.touchstone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.care.Care;
import dev.touchstone.care.CareSettings;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Deadlines;
import dev.touchstone.care.RecoveryCase.Overdue;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.care.RecoveryCase.Status;
import dev.touchstone.care.internal.CaseBook;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.json.ExportJson;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.store.SnapshotDirectory;
import dev.touchstone.store.SnapshotFile;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recovery cases: from the signal that opens one to the assessment that closes it. */
class RecoveryCaseTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final CustomerId ADA = CustomerId.of("ada");

    private final ManualClock clock = ManualClock.at(START);
    private final List<CustomerChange.Recovered> closed = new ArrayList<>();

    private TouchstoneBuilder builder() {
        return builder(CareSettings.usual());
    }

    private TouchstoneBuilder builder(CareSettings settings) {
        return Touchstone.builder()
                .clock(clock)
                .care(settings)
                .customerListener(change -> {
                    if (change instanceof CustomerChange.Recovered recovered) {
                        closed.add(recovered);
                    }
                })
                .pseudonymKey(PseudonymKey.of("a key that is long enough for these tests".getBytes(UTF_8)))
                .strict()
                .catalog(catalog -> catalog.touchpoint(
                                "pay", t -> t.importance(3).owner("payments"))
                        .touchpoint("refund", t -> t.importance(3)));
    }

    private static void fail(Touchstone touchstone, String touchpoint, CustomerId customer) {
        touchstone.record(TouchpointEvent.builder(touchpoint)
                .customer(customer)
                .outcome(Outcome.FAILURE)
                .build());
    }

    private static Care.Cases cases(Touchstone touchstone) {
        return touchstone.care().cases();
    }

    private RecoveryCase opened(Touchstone touchstone) {
        fail(touchstone, "pay", ADA);
        return cases(touchstone).all().get(0);
    }

    @Test
    void riskOpensACaseForTheOwner() {
        CareSettings settings = CareSettings.usual()
                .deadlines("payments", new Deadlines(Duration.ofMinutes(10), Duration.ofHours(4), Duration.ofDays(2)));
        try (Touchstone touchstone = builder(settings).build()) {
            RecoveryCase opened = opened(touchstone);
            assertThat(opened.status()).isEqualTo(Status.OPEN);
            assertThat(opened.customer()).isEqualTo(touchstone.key(ADA));
            assertThat(opened.touchpoint()).isEqualTo("pay");
            assertThat(opened.owner()).contains("payments");
            assertThat(opened.reason()).isEqualTo("failure at a moment of truth");
            assertThat(opened.openedAt()).isEqualTo(START);
            assertThat(opened.experience().explanation().parts()).containsKey("outcome");
            assertThat(opened.acknowledgeBy()).isEqualTo(START.plus(Duration.ofMinutes(10)));
            assertThat(opened.updateBy()).isEqualTo(START.plus(Duration.ofHours(4)));
            assertThat(opened.resolveBy()).isEqualTo(START.plus(Duration.ofDays(2)));
            assertThat(opened.resolution()).isEmpty();
            fail(touchstone, "pay", ADA);
            assertThat(cases(touchstone).all()).hasSize(1);
        }
    }

    @Test
    void caseRunsFromOpeningToConfirmation() {
        try (Touchstone touchstone = builder().build()) {
            String id = opened(touchstone).id();
            clock.advance(Duration.ofMinutes(5));
            assertThat(cases(touchstone).acknowledge(id).status()).isEqualTo(Status.ACKNOWLEDGED);
            clock.advance(Duration.ofHours(2));
            assertThat(cases(touchstone).update(id).updates()).isEqualTo(1);
            clock.advance(Duration.ofHours(3));
            RecoveryCase resolved = cases(touchstone).resolve(id, Resolution.FULL);
            assertThat(resolved.status()).isEqualTo(Status.RESOLVED);
            assertThat(resolved.resolution()).contains(Resolution.FULL);
            assertThat(resolved.longestSilence()).isEqualTo(Duration.ofHours(3));
            assertThat(cases(touchstone).confirm(id).status()).isEqualTo(Status.CONFIRMED);
            assertThat(closed).hasSize(1);
        }
    }

    @Test
    void whatIsNotAllowedIsRefusedWithWhatIs() {
        try (Touchstone touchstone = builder().build()) {
            String id = opened(touchstone).id();
            Care.Cases cases = cases(touchstone);
            assertThatThrownBy(() -> cases.confirm(id))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("recovery case " + id
                            + " is OPEN since 2026-03-01T10:00:00Z and cannot be confirmed; allowed: acknowledge, update,"
                            + " resolve");
            assertThatThrownBy(() -> cases.reopen(id)).hasMessageContaining("allowed: acknowledge, update, resolve");
            cases.acknowledge(id);
            assertThatThrownBy(() -> cases.acknowledge(id)).hasMessageContaining("allowed: update, resolve");
            cases.resolve(id, Resolution.PARTIAL);
            for (Runnable late : List.<Runnable>of(
                    () -> cases.acknowledge(id), () -> cases.update(id), () -> cases.resolve(id, Resolution.FULL))) {
                assertThatThrownBy(late::run).hasMessageContaining("allowed: confirm, reopen");
            }
            cases.confirm(id);
            assertThatThrownBy(() -> cases.confirm(id)).hasMessageContaining("allowed: reopen");
            assertThatThrownBy(() -> cases.acknowledge("nothing"))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessageContaining("recovery case nothing does not exist");
            assertThat(closed).hasSize(1);
        }
    }

    @Test
    void transitionAfterTheDeadlineIsRefusedAlsoBeforeTheSweep() {
        try (Touchstone touchstone = builder().build()) {
            String id = opened(touchstone).id();
            clock.advance(Duration.ofDays(5).plusMillis(1));
            assertThatThrownBy(() -> cases(touchstone).resolve(id, Resolution.FULL))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was due by 2026-03-06T10:00:00Z")
                    .hasMessageContaining("allowed: reopen");
            touchstone.scoreboard(); // sweeps
            RecoveryCase late = cases(touchstone).find(id).orElseThrow();
            assertThat(late.resolution()).contains(Resolution.NONE);
            assertThat(closed).hasSize(1);
            assertThat(cases(touchstone).reopen(id).status()).isEqualTo(Status.REOPENED);
        }
    }

    @Test
    void whatIsLateIsSaid() {
        try (Touchstone touchstone = builder().build()) {
            RecoveryCase file = opened(touchstone);
            assertThat(file.overdue(START.plus(Duration.ofHours(1)))).isEmpty();
            assertThat(file.overdue(START.plus(Duration.ofHours(1)).plusMillis(1)))
                    .containsExactly(Overdue.ACKNOWLEDGMENT);
            assertThat(file.overdue(START.plus(Duration.ofHours(25))))
                    .containsExactly(Overdue.ACKNOWLEDGMENT, Overdue.UPDATE);
            clock.advance(Duration.ofHours(23));
            cases(touchstone).acknowledge(file.id());
            RecoveryCase updated = cases(touchstone).update(file.id());
            assertThat(updated.overdue(START.plus(Duration.ofHours(47)))).isEmpty();
            assertThat(updated.overdue(START.plus(Duration.ofDays(6))))
                    .containsExactly(Overdue.UPDATE, Overdue.RESOLUTION);
            RecoveryCase resolved = cases(touchstone).resolve(file.id(), Resolution.FULL);
            assertThat(resolved.overdue(START.plus(Duration.ofDays(6)))).isEmpty();
        }
    }

    /** The assessment of SCORING.md: the weight of an answer, the outcome of the resolution, the promise of the silence. */
    @Test
    void resolutionIsOneAssessment() {
        try (Touchstone touchstone = builder().build()) {
            String id = opened(touchstone).id();
            double before = touchstone.customer(ADA).experience().value();
            long count = touchstone.customer(ADA).count();
            clock.advance(Duration.ofHours(12));
            cases(touchstone).resolve(id, Resolution.FULL);
            Assessment good = closed.get(0).assessment();
            assertThat(good.kind()).isEqualTo(Assessment.Kind.RECOVERY);
            assertThat(good.weight()).isEqualTo(9);
            assertThat(good.loss(LossDriver.OUTCOME)).isZero();
            assertThat(good.loss(LossDriver.PROMISE)).isZero();
            assertThat(good.effort().total()).isZero();
            assertThat(touchstone.customer(ADA).experience().value()).isGreaterThan(before);
            assertThat(touchstone.customer(ADA).count()).isEqualTo(count + 1);
            assertThat(touchstone.scoreboard().overall().count()).isEqualTo(2);
            cases(touchstone).reopen(id);
            clock.advance(Duration.ofDays(2)); // twice the silence that is allowed: half of the promise is lost
            cases(touchstone).resolve(id, Resolution.FULL);
            Assessment late = closed.get(1).assessment();
            assertThat(late.loss(LossDriver.PROMISE)).isCloseTo(0.5, org.assertj.core.api.Assertions.within(1e-12));
            assertThat(late.effort().units(EffortDriver.REPEAT_CONTACT)).isPositive();
            assertThat(late.effort().total()).isEqualTo(late.effort().units(EffortDriver.REPEAT_CONTACT));
        }
    }

    @Test
    void outcomeFollowsTheResolution() {
        List<Double> losses = new ArrayList<>();
        for (Resolution resolution : Resolution.values()) {
            closed.clear();
            try (Touchstone touchstone = builder().build()) {
                String id = opened(touchstone).id();
                cases(touchstone).resolve(id, resolution);
                losses.add(closed.get(0).assessment().loss(LossDriver.OUTCOME));
            }
        }
        assertThat(losses).containsExactly(0.0, 0.5, 0.75, 1.0);
    }

    @Test
    void dailyUpdatesBeatSixDaysOfSilence() {
        CareSettings long6 = CareSettings.usual()
                .deadlines(new Deadlines(Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(7)));
        double[] experience = new double[2];
        for (int updates = 0; updates < 2; updates++) {
            try (Touchstone touchstone = builder(long6).build()) {
                String id = opened(touchstone).id();
                for (int day = 0; day < 6; day++) {
                    clock.advance(Duration.ofDays(1));
                    if (updates == 1) {
                        cases(touchstone).update(id);
                    }
                }
                cases(touchstone).resolve(id, Resolution.FULL);
                experience[updates] = touchstone.customer(ADA).experience().value();
            }
        }
        assertThat(experience[1]).isGreaterThan(experience[0] + 10);
    }

    @Test
    void recoveryEndsTheRisk() {
        try (Touchstone touchstone = builder().build()) {
            String id = opened(touchstone).id();
            for (int i = 0; i < 3; i++) {
                touchstone.record(
                        TouchpointEvent.builder("search").customer(ADA).build());
            }
            assertThat(touchstone.customer(ADA).experience().value()).isLessThan(70);
            assertThat(touchstone.customer(ADA).isAtRisk()).isTrue();
            cases(touchstone).resolve(id, Resolution.FULL);
            assertThat(touchstone.customer(ADA).experience().value()).isGreaterThan(70);
            assertThat(touchstone.customer(ADA).isAtRisk()).isFalse();
        }
    }

    @Test
    void caseIsOpenedByHandForAKnownTouchpointAndACustomer() {
        try (Touchstone touchstone = builder().build()) {
            RecoveryCase opened = cases(touchstone).open(ADA, "refund", "called twice");
            assertThat(opened.reason()).isEqualTo("called twice");
            assertThat(opened.owner()).isEmpty();
            assertThat(opened.experience().isPresent()).isFalse();
            assertThat(cases(touchstone).open(ADA, "refund", "again").id()).isEqualTo(opened.id());
            assertThatThrownBy(() -> cases(touchstone).open(ADA, "nowhere", "")).hasMessageContaining("nowhere");
            assertThatThrownBy(() -> cases(touchstone).open(CustomerId.of(" "), "refund", ""))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cases(touchstone).open(ADA, "refund", "x".repeat(201)))
                    .hasMessageContaining("201");
            // the customer is not in memory: the touchpoint is assessed all the same
            cases(touchstone).resolve(opened.id(), Resolution.REFUSED);
            assertThat(touchstone.scoreboard().overall().count()).isEqualTo(1);
        }
    }

    @Test
    void caseCannotBeReopenedBesideAnotherOne() {
        try (Touchstone touchstone = builder().build()) {
            String first = cases(touchstone).open(ADA, "refund", "").id();
            cases(touchstone).resolve(first, Resolution.FULL);
            String second = cases(touchstone).open(ADA, "refund", "").id();
            assertThat(second).isNotEqualTo(first);
            assertThatThrownBy(() -> cases(touchstone).reopen(first)).hasMessageContaining(second);
        }
    }

    @Test
    void mostUrgentCaseIsFirstAndOldOnesAreForgotten() {
        try (Touchstone touchstone = builder().build()) {
            String first = cases(touchstone).open(ADA, "refund", "").id();
            clock.advance(Duration.ofHours(1));
            String second =
                    cases(touchstone).open(CustomerId.of("bob"), "refund", "").id();
            assertThat(cases(touchstone).all()).extracting(RecoveryCase::id).containsExactly(first, second);
            cases(touchstone).resolve(first, Resolution.FULL);
            assertThat(cases(touchstone).all()).extracting(RecoveryCase::id).containsExactly(second, first);
            clock.advance(CaseBook.KEPT.plusMillis(1));
            touchstone.scoreboard();
            assertThat(cases(touchstone).all()).extracting(RecoveryCase::id).containsExactly(second);
        }
    }

    @Test
    void casesAreLimited() {
        try (Touchstone touchstone = builder().build()) {
            for (int i = 0; i < CaseBook.MAX_CASES; i++) {
                cases(touchstone).open(CustomerId.of("c" + i), "refund", "");
            }
            assertThatThrownBy(() -> cases(touchstone).open(ADA, "refund", ""))
                    .hasMessageContaining("resolve some before opening another");
            fail(touchstone, "pay", ADA);
            assertThat(touchstone.health().warnings()).containsEntry(Warning.TOO_MANY_CASES, 1L);
            assertThat(touchstone.customer(ADA).isAtRisk()).isTrue();
            String one = cases(touchstone).all().get(0).id();
            cases(touchstone).resolve(one, Resolution.FULL);
            cases(touchstone).open(ADA, "refund", "");
            assertThat(cases(touchstone).find(one)).isEmpty();
        }
    }

    @Test
    void caseSurvivesARestartAndIsErasedWithTheCustomer(@TempDir Path folder) {
        Path file = folder.resolve("state");
        RecoveryCase before;
        try (Touchstone touchstone =
                builder().store(SnapshotFile.of(null, file)).build()) {
            String id = opened(touchstone).id();
            clock.advance(Duration.ofHours(2));
            cases(touchstone).acknowledge(id);
            before = cases(touchstone).update(id);
        }
        try (Touchstone touchstone =
                builder().store(SnapshotFile.of(file, file)).build()) {
            RecoveryCase after = cases(touchstone).all().get(0);
            assertThat(after).usingRecursiveComparison().isEqualTo(before);
            assertThat(new ExportJson().write(touchstone.export(ADA)))
                    .contains("\"cases\":[{\"id\":\"" + before.id())
                    .contains("\"signals\":{\"atRisk\":true");
            touchstone.erase(ADA);
            assertThat(cases(touchstone).all()).isEmpty();
            assertThat(new ExportJson().write(touchstone.export(ADA))).contains("\"cases\":[]");
        }
        try (Touchstone touchstone =
                builder().store(SnapshotFile.of(file, null)).build()) {
            assertThat(cases(touchstone).all()).isEmpty();
        }
    }

    @Test
    void caseOfAGuestSurvivesTheErasureThatTheCustomerHadBefore(@TempDir Path folder) {
        Path file = folder.resolve("state");
        CustomerId guest = CustomerId.anonymous("guest");
        List<RecoveryCase> before;
        try (Touchstone touchstone =
                builder().store(SnapshotFile.of(null, file)).build()) {
            fail(touchstone, "pay", guest);
            clock.advance(Duration.ofMinutes(1));
            fail(touchstone, "refund", ADA);
            touchstone.erase(ADA);
            clock.advance(Duration.ofMinutes(1));
            touchstone.identify(guest, ADA);
            before = cases(touchstone).all();
            assertThat(before)
                    .singleElement()
                    .satisfies(one -> assertThat(one.customer()).isEqualTo(touchstone.key(ADA)));
        }
        try (Touchstone touchstone =
                builder().store(SnapshotFile.of(file, null)).build()) {
            assertThat(cases(touchstone).all()).usingRecursiveComparison().isEqualTo(before);
        }
    }

    @Test
    void erasureAfterTheLastSnapshotHoldsForCases(@TempDir Path folder) throws IOException {
        Path kept = folder.resolve("kept");
        Path copied = folder.resolve("copied");
        try (Touchstone touchstone = builder().store(SnapshotDirectory.at(kept)).build()) {
            opened(touchstone);
            fail(touchstone, "pay", CustomerId.of("bob"));
            touchstone.erase(CustomerId.of("carl"));
            touchstone.snapshot();
            touchstone.erase(ADA);
            Files.createDirectory(
                    copied, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try (Stream<Path> files = Files.list(kept)) {
                for (Path file : files.toList()) { // as if the process ended here
                    Files.copy(file, copied.resolve(file.getFileName()));
                }
            }
        }
        try (Touchstone touchstone =
                builder().store(SnapshotDirectory.at(copied)).build()) {
            assertThat(cases(touchstone).all())
                    .extracting(RecoveryCase::customer)
                    .containsExactly(touchstone.key(CustomerId.of("bob")));
        }
    }

    @Test
    void caseIsCarriedOnWhileCareIsOff(@TempDir Path folder) {
        Path file = folder.resolve("state");
        try (Touchstone touchstone =
                builder().store(SnapshotFile.of(null, file)).build()) {
            opened(touchstone);
        }
        TouchstoneBuilder without = builder().store(SnapshotFile.of(file, file));
        without.care = null;
        try (Touchstone touchstone = without.build()) {
            assertThat(cases(touchstone).all()).isEmpty();
            assertThatThrownBy(() -> cases(touchstone).open(ADA, "pay", "")).hasMessageContaining("care is off");
        }
        try (Touchstone touchstone =
                builder().store(SnapshotFile.of(file, null)).build()) {
            assertThat(cases(touchstone).all()).hasSize(1);
            assertThat(touchstone.customer(ADA).isAtRisk()).isTrue();
        }
    }
}
