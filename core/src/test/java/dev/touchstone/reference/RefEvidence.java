package dev.touchstone.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The sums of section 3, computed from the whole list whenever they are read, and the scores of sections 4 and 5. */
record RefEvidence(List<RefItem> items, RefModel model, double halfLife, long now) {

    private double g(long time) {
        return decay(time, now, model.decay() ? halfLife : Double.POSITIVE_INFINITY);
    }

    static double decay(long time, long now, double halfLife) {
        return Math.pow(2, (time - now) / halfLife);
    }

    private double sum(ToDoubleFunction<RefItem> value) {
        return items.stream().mapToDouble(value).sum();
    }

    double n() {
        return sum(item -> g(item.time()));
    }

    double w() {
        return sum(item -> g(item.time()) * item.weight());
    }

    double w2() {
        return sum(item -> Math.pow(g(item.time()) * item.weight(), 2));
    }

    double loss(RefDriver driver) {
        return sum(item -> g(item.time()) * item.weight() * item.losses().getOrDefault(driver, 0.0));
    }

    double units(RefUnit unit) {
        return sum(item -> g(item.taskTime()) * item.units().getOrDefault(unit, 0.0));
    }

    double u() {
        return sum(item -> g(item.taskTime()) * item.effort());
    }

    double u2() {
        return sum(item -> Math.pow(g(item.taskTime()) * item.effort(), 2));
    }

    double tasks() {
        return sum(item -> g(item.taskTime()) * item.tasks());
    }

    long count() {
        return items.stream().filter(RefItem::counted).count();
    }

    RefScore experience(double mu) {
        double n = n();
        if (n < model.absentBelow()) {
            return null;
        }
        double k = model.k();
        double w = w();
        double lost = 0;
        Map<String, Double> explanation = new LinkedHashMap<>();
        for (RefDriver driver : RefDriver.values()) {
            double loss = loss(driver);
            lost += loss;
            explanation.put(driver.title, 100 * loss * (n / w) / (k + n));
        }
        explanation.put("prior", 100 * k * (1 - mu) / (k + n));
        double p = Math.max(0, Math.min(1, (k * mu + (w - lost) * (n / w)) / (k + n)));
        RefInterval interval = RefInterval.wilson(p, Math.min(n, w * (w / w2())) + k, model.z95());
        return new RefScore(100 * p, 100 * interval.low(), 100 * interval.high(), n, explanation);
    }

    RefScore effort() {
        double tasks = tasks();
        if (tasks < model.absentBelow()) {
            return null;
        }
        double units = u();
        Map<String, Double> shares = new LinkedHashMap<>();
        for (RefUnit unit : RefUnit.values()) {
            shares.put(unit.title, units < model.absentBelow() ? 0 : units(unit) / units);
        }
        double mean = units / tasks;
        double half = model.z95() * Math.sqrt(u2() + 1) / tasks;
        return new RefScore(curve(mean), curve(Math.max(0, mean - half)), curve(mean + half), tasks, shares);
    }

    private double curve(double unitsPerTask) {
        return 100 * (1 - Math.pow(2, -unitsPerTask / model.ease().score()));
    }

    /** Both half-lives of a cell, a merge of cells or a journey. */
    static RefScope scope(List<RefItem> items, RefModel model, long now) {
        RefEvidence baseline = new RefEvidence(items, model, model.halfLives().baseline(), now);
        RefEvidence recent = new RefEvidence(items, model, model.halfLives().now(), now);
        RefScore usual = baseline.experience(model.mu());
        RefScore present = recent.experience(usual == null ? model.mu() : usual.score() / 100);
        String change = null;
        if (usual != null && present != null) {
            if (present.low() > usual.high()) {
                change = "BETTER";
            } else if (present.high() < usual.low()) {
                change = "WORSE";
            }
        }
        return new RefScope(present, recent.effort(), usual, baseline.effort(), baseline.count(), change);
    }
}
