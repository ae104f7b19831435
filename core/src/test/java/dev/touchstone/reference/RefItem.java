package dev.touchstone.reference;

import java.util.Map;

/** One entry of a scope's list: what an assessment, or a closed journey, is to that scope. */
record RefItem(
        long time,
        double weight,
        Map<RefDriver, Double> losses,
        Map<RefUnit, Double> units,
        double tasks,
        long taskTime,
        boolean counted) {

    /** The assessment as the customer sees it: its effort belongs to the time of its task. */
    static RefItem ofCustomer(RefAssessment a, boolean counted) {
        return new RefItem(a.time(), a.weight(), a.losses(), a.units(), a.tasks(), a.taskTime(), counted);
    }

    /** The assessment as the cell sees it: every event is a task, feedback is none. */
    static RefItem ofCell(RefAssessment a) {
        double tasks = a.verdict() == null ? 0 : 1;
        return new RefItem(a.time(), a.weight(), a.losses(), a.units(), tasks, a.time(), true);
    }

    double effort() {
        return units.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
