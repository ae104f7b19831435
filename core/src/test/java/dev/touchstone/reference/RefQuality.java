package dev.touchstone.reference;

import java.util.EnumMap;
import java.util.Map;

/** A quality with what is missing to 1, by driver. */
record RefQuality(double value, Map<RefDriver, Double> losses) {

    static RefQuality of(double outcome, double promise, double pace, double ease) {
        Map<RefDriver, Double> losses = new EnumMap<>(RefDriver.class);
        losses.put(RefDriver.OUTCOME, 1 - outcome);
        losses.put(RefDriver.PROMISE, outcome * (1 - promise));
        losses.put(RefDriver.PACE, outcome * promise * (1 - pace));
        losses.put(RefDriver.EFFORT, outcome * promise * pace * (1 - ease));
        return new RefQuality(outcome * promise * pace * ease, losses);
    }

    static RefQuality ofFeedback(double quality) {
        return new RefQuality(quality, new EnumMap<>(Map.of(RefDriver.FEEDBACK, 1 - quality)));
    }

    static double ease(RefModel model, double units) {
        return model.ease().on() ? Math.pow(2, -units / model.ease().quality()) : 1;
    }

    static double promise(RefModel.PromiseRule rule, double ratio, boolean promised) {
        if (ratio <= 1) {
            return 1;
        }
        if (rule.curve() == RefModel.Curve.STEP) {
            return ratio <= rule.stepTolerated() ? rule.stepQuality() : 0;
        }
        double phi = promised ? rule.phiPromised() : rule.phiDeclared();
        return ratio < phi ? 1 - Math.log(ratio) / Math.log(phi) : 0;
    }
}
