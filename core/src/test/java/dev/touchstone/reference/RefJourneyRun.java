package dev.touchstone.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One customer's way through one journey while it is open: its events in order of arrival. A late one changes nothing that is last. */
final class RefJourneyRun {

    /** What the journey keeps of an event; {@code clock} is the engine's at its arrival. */
    record Step(
            RefAssessment assessment,
            RefOutcome outcome,
            String channel,
            double importance,
            long clock,
            boolean late) {}

    /** What a journey leaves behind: its own entry and, unless its customer had given up already, one for them. */
    record Closed(RefItem journey, RefAssessment abandonment) {}

    final RefJourney journey;
    long openedAt;
    final List<Step> steps = new ArrayList<>();

    RefJourneyRun(RefJourney journey, long openedAt) {
        this.journey = journey;
        this.openedAt = openedAt;
    }

    private Step last() {
        return steps.stream()
                .filter(step -> !step.late())
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }

    boolean isLate(long time) {
        return !steps.isEmpty() && time < lastTime();
    }

    long lastTime() {
        return steps.stream().mapToLong(step -> step.assessment().time()).max().orElseThrow();
    }

    boolean timedOutByEvent(long time) {
        return time - lastTime() > journey.timeoutMs();
    }

    boolean timedOutByClock(long now) {
        return now - steps.get(steps.size() - 1).clock() > journey.timeoutMs();
    }

    Closed completed(RefModel model) {
        return new Closed(entry(assessments(), last().assessment(), lastTime(), 1, model), null);
    }

    Closed abandoned(RefModel model) {
        long time = lastTime() + journey.timeoutMs();
        List<RefAssessment> all = assessments();
        RefAssessment abandonment = null;
        if (last().outcome() != RefOutcome.ABANDONED) {
            Map<RefUnit, Double> units = model.units().of(Map.of(RefUnit.ABANDONMENT, 1.0));
            RefQuality quality = RefQuality.of(
                    model.outcomes().abandoned(),
                    1,
                    1 - model.pace().share() / 2,
                    RefQuality.ease(model, model.units().abandonment()));
            abandonment = new RefAssessment(
                    time, quality.value(), last().importance(), quality.losses(), units, 0, openedAt, null, null, 0);
            all.add(abandonment);
        }
        RefAssessment ending = abandonment == null ? last().assessment() : abandonment;
        return new Closed(entry(all, ending, time, model.journeys().abandonedAtMost(), model), abandonment);
    }

    private List<RefAssessment> assessments() {
        List<RefAssessment> all = new ArrayList<>();
        steps.forEach(step -> all.add(step.assessment()));
        return all;
    }

    private static RefItem entry(
            List<RefAssessment> all, RefAssessment last, long time, double atMost, RefModel model) {
        RefAssessment worst = all.stream()
                .min(Comparator.comparingDouble(RefAssessment::quality))
                .orElseThrow();
        double mean = all.stream().mapToDouble(RefAssessment::quality).average().orElseThrow();
        RefModel.JourneyRule rule = model.journeys();
        double mixed = rule.mean() * mean + rule.worst() * worst.quality() + rule.last() * last.quality();
        double scale = mixed > atMost ? (1 - atMost) / (1 - mixed) : 1;
        Map<RefDriver, Double> losses = new EnumMap<>(RefDriver.class);
        for (RefDriver driver : RefDriver.values()) {
            double meanLoss = all.stream()
                    .mapToDouble(a -> a.losses().getOrDefault(driver, 0.0))
                    .average()
                    .orElseThrow();
            double loss = rule.mean() * meanLoss
                    + rule.worst() * worst.losses().getOrDefault(driver, 0.0)
                    + rule.last() * last.losses().getOrDefault(driver, 0.0);
            losses.put(driver, loss * scale);
        }
        Map<RefUnit, Double> units = new EnumMap<>(RefUnit.class);
        all.forEach(a -> a.units().forEach((unit, size) -> units.merge(unit, size, Double::sum)));
        return new RefItem(time, 1, losses, units, 1, time, true);
    }
}
