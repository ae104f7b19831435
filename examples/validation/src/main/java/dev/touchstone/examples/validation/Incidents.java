package dev.touchstone.examples.validation;

import static dev.touchstone.examples.validation.Cases.flag;
import static dev.touchstone.examples.validation.Cases.marks;
import static dev.touchstone.examples.validation.Cases.numbers;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.examples.validation.Rows.Row;
import dev.touchstone.prediction.internal.Case;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The log of an IT service desk: does the effort up to the first resolution say who will have it reopened? */
final class Incidents {

    private static final Catalog CATALOG = Catalog.builder()
            .touchpoint("incident.update", t -> t.journey("incident"))
            .journey("incident", j -> j.timeout(Duration.ofDays(400)))
            .build();
    /** An update is a fifth of trying again: 0.1 units. */
    private static final double RETRIES_PER_UPDATE = 0.2;

    private static final String RESOLVED = "Resolved";
    private static final String AWAITING_USER = "Awaiting User Info";

    private final List<Step> steps = new ArrayList<>();
    private final List<Incident> incidents;
    private Prequential learner = new Prequential(List.of(), List.of());

    private Incidents(List<Row> rows) {
        Map<String, Incident> byNumber = new LinkedHashMap<>();
        rows.stream()
                .sorted(Comparator.comparingLong(row -> row.time("sys_updated_at")))
                .forEach(row -> steps.add(byNumber.computeIfAbsent(row.text("number"), Incident::new)
                        .step(row)));
        this.incidents = byNumber.values().stream().filter(Incident::isResolved).toList();
    }

    static Incidents of(List<Row> rows) {
        return new Incidents(rows);
    }

    List<Contest> contests() {
        judge();
        List<Incident> inOrder = incidents.stream()
                .sorted(Comparator.comparingLong(incident -> incident.resolved))
                .toList();
        if (inOrder.isEmpty()) {
            throw new DataException("too few rows: no incident was resolved");
        }
        List<Incident> later = inOrder.subList(inOrder.size() / 2, inOrder.size());
        long split = later.get(0).resolved;
        // whether it was reopened has to be known by then
        List<Incident> earlier =
                inOrder.stream().filter(incident -> incident.lastSeen < split).toList();
        LogisticRegression trained = LogisticRegression.train(
                earlier.stream().map(Incident::features).toArray(double[][]::new), marks(earlier, Incident::isBad));
        List<Contest> contests = List.of(
                contest("incidents", "All incidents that were resolved", incidents, true),
                contest("incidents.later", "The later half of them", later, false)
                        .rank(
                                "logistic",
                                "logistic regression trained on " + earlier.size() + " earlier incidents",
                                numbers(later, incident -> trained.risk(incident.features()))));
        contests.get(0).predicted("incidents.predicted", run -> risks(run, incidents), OptionalDouble.empty());
        contests.get(1).predicted("incidents.later.predicted", run -> risks(run, later), OptionalDouble.empty());
        return contests;
    }

    private double[] risks(Run run, List<Incident> tested) {
        double[] risks = learner.risks(run);
        return numbers(tested, incident -> risks[incident.index]);
    }

    void judge() {
        Replay replay = new Replay(CATALOG);
        for (int i = 0; i < steps.size(); i++) {
            replay.add(steps.get(i).event(i));
        }
        replay.run((id, assessment) -> {
            Step step = steps.get(Integer.parseInt(id));
            if (step.beforeResolution) {
                step.incident.units += assessment.effort().total();
                step.incident.quality = assessment.quality();
            }
        });
        // the incident up to its resolution as one event, which is what is asked about
        Replay resolutions = new Replay(Catalog.empty());
        for (int i = 0; i < incidents.size(); i++) {
            incidents.get(i).index = i;
            resolutions.add(incidents.get(i).resolution());
        }
        resolutions.run(
                (id, assessment) -> incidents.get(Integer.parseInt(id)).assessed = Case.of(assessment, List.of()));
        learner = new Prequential(
                List.of(), incidents.stream().map(Incident::asked).toList());
    }

    private static Contest contest(String key, String title, List<Incident> tested, boolean marked) {
        double[] units = numbers(tested, incident -> incident.units);
        Contest contest = new Contest(key, title + "; bad: reopened later", marks(tested, Incident::isBad))
                .rank("moved", "handed on, yes or no", numbers(tested, i -> flag(i.reassignments > 0)))
                .rank("elapsed", "time to the first resolution", numbers(tested, i -> (double) (i.resolved - i.opened)))
                .rank("event", "this model, the resolving event alone", numbers(tested, i -> 1 - i.quality));
        return marked
                ? contest.rank("", "this model, effort so far", units, 0.62)
                : contest.rank("effort", "this model, effort so far", units);
    }

    List<Incident> incidents() {
        return incidents;
    }

    /** One row of the log. */
    private record Step(
            Incident incident,
            long time,
            boolean beforeResolution,
            double reassignments,
            double questions,
            double updates) {

        TouchpointEvent event(int index) {
            return TouchpointEvent.builder("incident.update")
                    .id(String.valueOf(index))
                    .customer(CustomerId.of(incident.number))
                    .timeMs(time)
                    .transfers(reassignments)
                    .repeatedInformation(questions)
                    .retries(Math.min(100, RETRIES_PER_UPDATE * updates))
                    .build();
        }
    }

    /** One incident up to its first resolution, and what was made of it. */
    static final class Incident {

        private final String number;
        private String state = "";
        private double lastReassignments = Double.NaN;
        private double lastUpdates = Double.NaN;
        private double reopenedBefore = Double.NaN;
        private boolean bad;
        private long opened;
        private long resolved;
        private long lastSeen;
        private double reassignments;
        private double questions;
        private double updates;

        private int index;
        private long known;
        private Case assessed = new Case(new double[0], List.of(), false);

        double units;
        double quality = Double.NaN;

        Incident(String number) {
            this.number = number;
        }

        private Step step(Row row) {
            boolean first = state.isEmpty();
            boolean before = !isResolved();
            String newState = row.text("incident_state");
            double newReassignments = row.number("reassignment_count");
            double newUpdates = row.number("sys_mod_count");
            double moved = first ? 0 : Math.max(0, newReassignments - lastReassignments);
            double asked = flag(newState.equals(AWAITING_USER) && !state.equals(AWAITING_USER));
            double updated = first ? 0 : Math.max(0, newUpdates - lastUpdates);
            state = newState;
            lastReassignments = newReassignments;
            lastUpdates = newUpdates;
            lastSeen = row.time("sys_updated_at");
            if (!bad) {
                known = lastSeen;
            }
            if (before) {
                opened = row.time("opened_at");
                reassignments += moved;
                questions += asked;
                updates += updated;
                if (newState.equals(RESOLVED)) {
                    resolved = lastSeen;
                    reopenedBefore = row.number("reopen_count");
                }
            } else {
                bad |= row.number("reopen_count") > reopenedBefore;
            }
            return new Step(this, lastSeen, before, moved, asked, updated);
        }

        private TouchpointEvent resolution() {
            return TouchpointEvent.builder("incident.resolve")
                    .id(String.valueOf(index))
                    .timeMs(resolved)
                    .transfers(reassignments)
                    .repeatedInformation(questions)
                    .retries(Math.min(100, RETRIES_PER_UPDATE * updates))
                    .build();
        }

        /** Returns the incident as a question whether it was resolved: whether it was not is known when it is reopened. */
        private Asked asked() {
            return new Asked(resolved, known, assessed, bad ? 1 : 5);
        }

        boolean isResolved() {
            return !Double.isNaN(reopenedBefore);
        }

        boolean isBad() {
            return bad;
        }

        double[] features() {
            return new double[] {
                Math.log1p(reassignments),
                Math.log1p(questions),
                Math.log1p(updates),
                flag(reassignments > 0),
                Math.log1p(Math.max(0, (resolved - opened) / 3.6e6))
            };
        }
    }
}
