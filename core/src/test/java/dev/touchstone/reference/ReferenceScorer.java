package dev.touchstone.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The scoring page read literally: it keeps every assessment in lists and computes every sum anew at each reading.
 * Slow, plain, not thread-safe; an oracle for the real engine and nothing else.
 */
public final class ReferenceScorer {

    static final String UNKNOWN = "unknown";
    private static final Pattern CHANNEL = Pattern.compile("[a-z0-9_-]{1,32}");

    private record CellKey(String touchpoint, String channel) {}

    private static final class Cell {
        final List<RefItem> items = new ArrayList<>();
        final List<RefVerdict> verdicts = new ArrayList<>();
        long satisfied;
        long tolerating;
        long frustrated;
    }

    private static final class JourneyState {
        final List<RefItem> items = new ArrayList<>();
        final List<Closing> closed = new ArrayList<>();
        long started;
        long unknown;
    }

    /** A journey that came to its end. */
    private record Closing(long openedAt, boolean completed) {}

    /** An accepted event with its clock, channel, outcome and numbers put right. */
    private record Admitted(
            RefEvent event,
            long time,
            RefTouchpoint touchpoint,
            String channel,
            RefOutcome outcome,
            Double duration,
            Double promise,
            double importance) {}

    private final ReferenceCatalog catalog;
    private final RefModel model;
    private long now;
    private boolean clockSet;
    private final Set<String> ids = new LinkedHashSet<>();
    private final Map<String, RefCustomer> customers = new LinkedHashMap<>();
    private final Map<CellKey, Cell> cells = new LinkedHashMap<>();
    private final Map<String, List<RefPace.Entry>> paces = new HashMap<>();
    private final Map<String, JourneyState> journeys = new LinkedHashMap<>();
    private final Map<String, Long> dropped = new TreeMap<>();
    private final Map<String, Long> notes = new TreeMap<>();
    private List<RefAssessment> latest = List.of();

    public ReferenceScorer(ReferenceCatalog catalog, RefModel model) {
        this.catalog = catalog;
        this.model = model;
        catalog.journeys().forEach(journey -> journeys.put(journey.name(), new JourneyState()));
    }

    // ---- operations

    /** Sets the engine's clock; it never goes back. */
    public void clockTo(long nowMs) {
        now = clockSet ? Math.max(now, nowMs) : nowMs;
        clockSet = true;
    }

    /** Offers an event; the answer is the reason for which it was dropped, or {@code null}. */
    public String offer(RefEvent event) {
        if (!clockSet) {
            throw new IllegalStateException("the clock was never set");
        }
        latest = new ArrayList<>();
        String reason = reasonToDrop(event);
        if (reason != null) {
            dropped.merge(reason, 1L, Long::sum);
        } else {
            accept(event);
        }
        return reason;
    }

    /** Closes every journey for which the clock has gone past its time-out. */
    public void sweep() {
        customers.values().forEach(customer -> {
            abandon(customer, run -> run.timedOutByClock(now));
            if (customer.ended != null && customer.ended.timedOutByClock(now)) {
                customer.ended = null;
            }
        });
    }

    // ---- admission

    private String reasonToDrop(RefEvent event) {
        RefFeedback feedback = event.feedback();
        if (event.touchpoint() == null || event.touchpoint().isBlank()) {
            return "blank_touchpoint";
        }
        if (event.outcome() != null && RefOutcome.named(event.outcome()) == null) {
            return "bad_event";
        }
        if (feedback != null && (feedback.scale() == null || !RefFeedback.SCALES.contains(feedback.scale()))) {
            return "bad_event";
        }
        if (feedback != null && !feedback.valid()) {
            return "bad_feedback";
        }
        if (event.timeMs() < now - model.admission().tooOldAfter()) {
            return "too_old";
        }
        return event.id() != null && ids.contains(event.id()) ? "duplicate" : null;
    }

    private void accept(RefEvent event) {
        if (event.id() != null) {
            ids.add(event.id());
            if (ids.size() > model.admission().ids()) {
                ids.remove(ids.iterator().next());
            }
        }
        Admitted admitted = admit(event);
        RefCustomer customer = null;
        if (event.customer() != null && !event.customer().isBlank()) {
            customer = customers.computeIfAbsent(event.customer(), name -> new RefCustomer());
            abandon(customer, run -> run.timedOutByEvent(admitted.time()));
            if (customer.ended != null && customer.ended.timedOutByEvent(admitted.time())) {
                customer.ended = null;
            }
        }
        RefFeedback feedback = event.feedback();
        if (feedback == null || saysWhatHappened(admitted)) {
            assess(admitted, customer);
        }
        if (feedback != null && !feedback.aboutEffort()) {
            assessFeedback(admitted, customer);
        }
    }

    private Admitted admit(RefEvent event) {
        long time = event.timeMs();
        if (time > now + model.admission().skewAfter()) {
            time = now;
            note("clock_skew");
        }
        if (event.customer() != null && event.customer().isBlank()) {
            note("blank_customer");
        }
        for (double fact :
                new double[] {event.retries(), event.excessSteps(), event.transfers(), event.repeatedInformation()}) {
            if (fact != stated(fact)) {
                note("bad_effort");
                break;
            }
        }
        RefTouchpoint touchpoint = catalog.touchpoint(event.touchpoint());
        return new Admitted(
                event,
                time,
                touchpoint,
                knownChannel(event.channel() == null ? touchpoint.channel() : event.channel()),
                event.outcome() == null ? RefOutcome.SUCCESS : RefOutcome.named(event.outcome()),
                positive(event.durationMs(), "bad_duration"),
                positive(event.promiseMs(), "bad_promise"),
                touchpoint.importance() == null ? model.weights().importanceDefault() : touchpoint.importance());
    }

    private static String knownChannel(String channel) {
        if (channel == null) {
            return UNKNOWN;
        }
        String lower = channel.toLowerCase(Locale.ROOT);
        return CHANNEL.matcher(lower).matches() ? lower : UNKNOWN;
    }

    private Double positive(Double value, String note) {
        if (value == null || (Double.isFinite(value) && value > 0)) {
            return value;
        }
        note(note);
        return null;
    }

    private double stated(double fact) {
        return !Double.isFinite(fact) || fact < 0
                ? 0
                : Math.min(fact, model.units().mostStated());
    }

    private void note(String what) {
        notes.merge(what, 1L, Long::sum);
    }

    private boolean saysWhatHappened(Admitted admitted) {
        RefEvent event = admitted.event();
        return event.outcome() != null
                || admitted.duration() != null
                || admitted.promise() != null
                || stated(event.retries()) > 0
                || stated(event.excessSteps()) > 0
                || stated(event.transfers()) > 0
                || stated(event.repeatedInformation()) > 0;
    }

    // ---- one event -> an assessment

    /** An event without a customer is judged like the only event of a customer who never had a first one. */
    private void assess(Admitted event, RefCustomer known) {
        RefCustomer customer = known == null ? new RefCustomer() : known;
        String name = event.touchpoint().name();
        long time = event.time();
        RefJourney journey = known == null ? null : catalog.journeyOf(name);
        RefJourneyRun run = journey == null ? null : customer.openRun(journey);
        boolean opens = journey != null && run == null && catalog.opens(name);
        if (opens) {
            run = open(journey, customer, time);
        }

        RefCustomer.Past previous = customer.previous();
        boolean retry = previous != null
                && previous.touchpoint().equals(name)
                && (!previous.outcome().succeeded()
                        || (previous.outcome() == RefOutcome.DEGRADED && previous.inputRefused()))
                && within(time - previous.time(), 0, model.units().retryWithin());
        RefCustomer.Past contact = event.touchpoint().contact() ? customer.previousContact() : null;
        boolean sameContact = contact != null
                && within(time - contact.time(), 0, model.units().sameContactWithin());
        boolean repeatContact = contact != null
                && within(
                        time - contact.time(),
                        model.units().sameContactWithin(),
                        model.units().repeatContactWithin());
        Map<RefUnit, Double> units = model.units().of(counts(event, customer, run, retry, sameContact, repeatContact));
        double effort = units.values().stream().mapToDouble(Double::doubleValue).sum();

        double tasks = 1;
        long taskTime = time;
        if (run != null) {
            tasks = opens ? 1 : 0;
            taskTime = run.openedAt;
        } else if (repeatContact) {
            boolean fresh = time - contact.taskTime() > model.units().repeatedTaskAtMost();
            tasks = fresh ? 1 : 0;
            taskTime = fresh ? time : contact.taskTime();
        } else if (sameContact) {
            tasks = 0;
            taskTime = contact.taskTime();
        } else if (retry) {
            tasks = 0;
            taskTime = previous.taskTime();
        }

        RefPace pace = RefPace.of(
                paces.getOrDefault(name, List.of()), halfLife(model.halfLives().pace()), now);
        Double plainZ = event.duration() == null || pace.n() == 0
                ? null
                : Double.valueOf(pace.z(event.duration(), model.pace().leastDeviation()));
        boolean personal = model.verdicts().expectation() == RefModel.Expectation.PERSONAL;
        Double z = plainZ != null && personal ? Double.valueOf(plainZ - habit(customer)) : plainZ;

        Double expected =
                event.promise() != null ? event.promise() : event.touchpoint().targetMs();
        double ratio = expected == null || event.duration() == null ? 0 : event.duration() / expected;
        RefQuality quality = RefQuality.of(
                model.outcomes().of(event.outcome()),
                RefQuality.promise(model.promise(), ratio, event.promise() != null),
                RefPace.quality(model.pace(), z, pace.n()),
                RefQuality.ease(model, effort));
        RefAssessment assessment = new RefAssessment(
                time,
                quality.value(),
                event.importance() * first(known) * repeatFailure(event, customer),
                quality.losses(),
                units,
                tasks,
                taskTime,
                verdict(event.outcome(), ratio, effort, z, pace.n(), personal),
                plainZ,
                pace.n());

        customer.seen = true;
        customer.items.add(RefItem.ofCustomer(assessment, true));
        customer.history.add(new RefCustomer.Past(
                time,
                name,
                event.channel(),
                event.outcome(),
                event.event().invalidInput(),
                event.touchpoint().contact(),
                sameContact,
                taskTime,
                plainZ));
        if (event.duration() != null && event.outcome().succeeded()) {
            paces.computeIfAbsent(name, key -> new ArrayList<>())
                    .add(new RefPace.Entry(time, Math.log(event.duration())));
        }
        Cell cell = cellOf(event);
        cell.items.add(RefItem.ofCell(assessment));
        cell.verdicts.add(assessment.verdict());
        countApdex(event, cell);
        boolean ends = journey != null
                && journey.ends().contains(name)
                && event.outcome().succeeded();
        if (run == null && ends) {
            customer.ended = new RefJourneyRun(journey, time);
            customer.ended.steps.add(step(event, assessment, false));
        }
        if (run != null) {
            boolean endedBefore = opens && !run.steps.isEmpty();
            run.steps.add(step(event, assessment, run.isLate(time)));
            if (ends || endedBefore) {
                customer.open.remove(run);
                JourneyState state = journeys.get(journey.name());
                state.closed.add(new Closing(run.openedAt, true));
                state.items.add(run.completed(model).journey());
            }
        }
        latest.add(assessment);
    }

    private RefJourneyRun.Step step(Admitted event, RefAssessment assessment, boolean late) {
        return new RefJourneyRun.Step(assessment, event.outcome(), event.channel(), event.importance(), now, late);
    }

    private static boolean within(long age, long from, long limit) {
        return age >= from && age < limit;
    }

    private Map<RefUnit, Double> counts(
            Admitted event,
            RefCustomer customer,
            RefJourneyRun run,
            boolean retry,
            boolean sameContact,
            boolean repeatContact) {
        RefEvent stated = event.event();
        boolean late = run != null && run.isLate(event.time());
        boolean excess =
                run != null && !late && run.journey.steps() != null && run.steps.size() + 1 > run.journey.steps();
        boolean channelSwitch = differs(event.channel(), run == null || late ? null : journeyChannel(run))
                || differs(event.channel(), sameContact ? customer.contactChannel() : null);
        Map<RefUnit, Double> counts = new EnumMap<>(RefUnit.class);
        counts.put(RefUnit.RETRY, Math.max(stated(stated.retries()), retry ? 1 : 0));
        counts.put(RefUnit.EXCESS_STEP, Math.max(stated(stated.excessSteps()), excess ? 1 : 0));
        counts.put(RefUnit.TRANSFER, stated(stated.transfers()));
        counts.put(RefUnit.CHANNEL_SWITCH, channelSwitch ? 1.0 : 0.0);
        counts.put(RefUnit.REPEATED_INFORMATION, stated(stated.repeatedInformation()));
        counts.put(RefUnit.REPEAT_CONTACT, repeatContact ? 1.0 : 0.0);
        counts.put(RefUnit.ABANDONMENT, event.outcome() == RefOutcome.ABANDONED ? 1.0 : 0.0);
        return counts;
    }

    private static boolean differs(String channel, String lastKnown) {
        return lastKnown != null && !channel.equals(UNKNOWN) && !channel.equals(lastKnown);
    }

    private static String journeyChannel(RefJourneyRun run) {
        return run.steps.stream()
                .filter(step -> !step.late())
                .map(RefJourneyRun.Step::channel)
                .filter(channel -> !channel.equals(UNKNOWN))
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    private double halfLife(double halfLife) {
        return model.decay() ? halfLife : Double.POSITIVE_INFINITY;
    }

    private double habit(RefCustomer customer) {
        double n = 0;
        double sum = 0;
        for (RefCustomer.Past past : customer.history) {
            if (past.z() != null) {
                double g = RefEvidence.decay(
                        past.time(), now, halfLife(model.halfLives().personal()));
                n += g;
                sum += g * past.z();
            }
        }
        RefModel.VerdictRule rule = model.verdicts();
        double habit = n == 0 ? 0 : sum / n * n / (n + rule.personalTrust());
        return Math.max(-rule.personalMost(), Math.min(rule.personalMost(), habit));
    }

    private double first(RefCustomer known) {
        return known != null && !known.seen ? model.weights().first() : 1;
    }

    private double repeatFailure(Admitted event, RefCustomer customer) {
        RefCustomer.Past failure = event.outcome() == RefOutcome.FAILURE ? customer.previousFailure() : null;
        boolean repeated = failure != null
                && within(event.time() - failure.time(), 0, model.weights().repeatFailureWithin());
        return repeated ? model.weights().repeatFailure() : 1;
    }

    private RefVerdict verdict(RefOutcome outcome, double ratio, double effort, Double z, double n, boolean personal) {
        RefModel.VerdictRule rule = model.verdicts();
        boolean known = z != null && n >= rule.leastEvents();
        if (outcome != RefOutcome.SUCCESS
                || ratio > 1
                || effort >= rule.missedUnits()
                || (personal && known && z > rule.missedZ())) {
            return RefVerdict.MISSED;
        }
        return known && z <= rule.exceededZ() && effort == 0 ? RefVerdict.EXCEEDED : RefVerdict.MET;
    }

    private void assessFeedback(Admitted event, RefCustomer customer) {
        RefFeedback feedback = event.event().feedback();
        RefQuality quality = RefQuality.ofFeedback(feedback.quality(model.mu()));
        double factor = feedback.sentiment()
                ? model.weights().sentiment()
                : model.weights().feedback();
        RefAssessment assessment = new RefAssessment(
                event.time(),
                quality.value(),
                event.importance() * factor,
                quality.losses(),
                Map.of(),
                0,
                event.time(),
                null,
                null,
                0);
        cellOf(event).items.add(RefItem.ofCell(assessment));
        if (customer != null) {
            customer.seen = true;
            customer.items.add(RefItem.ofCustomer(assessment, true));
        }
        latest.add(assessment);
    }

    private Cell cellOf(Admitted event) {
        return cells.computeIfAbsent(new CellKey(event.touchpoint().name(), event.channel()), key -> new Cell());
    }

    private static void countApdex(Admitted event, Cell cell) {
        Double target = event.touchpoint().targetMs();
        if (target == null) {
            return;
        }
        if (!event.outcome().equals(RefOutcome.SUCCESS) && !event.outcome().equals(RefOutcome.DEGRADED)) {
            cell.frustrated++;
        } else if (event.duration() != null) {
            if (event.duration() <= target) {
                cell.satisfied++;
            } else if (event.duration() <= 4 * target) {
                cell.tolerating++;
            } else {
                cell.frustrated++;
            }
        }
    }

    // ---- journeys

    private RefJourneyRun open(RefJourney journey, RefCustomer customer, long time) {
        if (customer.open.size() >= model.journeys().mostOpen()) {
            // of equals the one opened first: runs stand in the order of their opening
            RefJourneyRun oldest = customer.open.stream()
                    .min(Comparator.comparingLong(RefJourneyRun::lastTime))
                    .orElseThrow();
            customer.open.remove(oldest);
            journeys.get(oldest.journey.name()).unknown++;
            note("journey_unknown");
        }
        RefJourneyRun ended = customer.ended;
        RefJourneyRun run = new RefJourneyRun(journey, time);
        if (ended != null
                && ended.journey.equals(journey)
                && time < ended.lastTime()
                && ended.lastTime() - time <= journey.timeoutMs()) {
            run.steps.addAll(ended.steps);
            customer.ended = null;
        }
        customer.open.add(run);
        journeys.get(journey.name()).started++;
        return run;
    }

    private void abandon(RefCustomer customer, Predicate<RefJourneyRun> overdue) {
        for (RefJourneyRun run : List.copyOf(customer.open)) {
            if (overdue.test(run)) {
                RefJourneyRun.Closed closed = run.abandoned(model);
                customer.open.remove(run);
                if (closed.abandonment() != null) {
                    customer.items.add(RefItem.ofCustomer(closed.abandonment(), false));
                }
                JourneyState state = journeys.get(run.journey.name());
                state.closed.add(new Closing(run.openedAt, false));
                state.items.add(closed.journey());
            }
        }
    }

    // ---- readings

    /** What the latest offer made: nothing, what happened, feedback, or both in this order. */
    public List<RefAssessment> latestAssessments() {
        return List.copyOf(latest);
    }

    public RefScore customerExperience(String customer, long at) {
        return evidence(customer, at, model.halfLives().customer()).experience(model.mu());
    }

    public RefScore customerEffort(String customer, long at) {
        return evidence(customer, at, model.halfLives().customer()).effort();
    }

    public RefScore lifetimeExperience(String customer, long at) {
        return evidence(customer, at, Double.POSITIVE_INFINITY).experience(model.mu());
    }

    public RefScore lifetimeEffort(String customer, long at) {
        return evidence(customer, at, Double.POSITIVE_INFINITY).effort();
    }

    public long customerCount(String customer) {
        return evidence(customer, now, model.halfLives().customer()).count();
    }

    /** The customer's evidence as if a sweep had been made at the moment of reading; nothing is changed. */
    RefEvidence evidence(String name, long at, double halfLife) {
        RefCustomer customer = customers.getOrDefault(name, new RefCustomer());
        List<RefItem> items = new ArrayList<>(customer.items);
        for (RefJourneyRun run : customer.open) {
            if (run.timedOutByClock(at)) {
                RefAssessment abandonment = run.abandoned(model).abandonment();
                if (abandonment != null) {
                    items.add(RefItem.ofCustomer(abandonment, false));
                }
            }
        }
        return new RefEvidence(items, model, halfLife, at);
    }

    /** The customer's open journeys at that moment, by name. */
    public List<String> openJourneys(String name, long at) {
        return customers.getOrDefault(name, new RefCustomer()).open.stream()
                .filter(run -> !run.timedOutByClock(at))
                .map(run -> run.journey.name())
                .toList();
    }

    public RefScope cell(String touchpoint, String channel) {
        return merged((name, through) -> name.equals(touchpoint) && through.equals(channel));
    }

    public RefScope touchpoint(String touchpoint) {
        return merged((name, through) -> name.equals(touchpoint));
    }

    public RefScope channel(String channel) {
        return merged((name, through) -> through.equals(channel));
    }

    public RefScope overall() {
        return merged((name, through) -> true);
    }

    /** The scores of all cells of which touchpoint and channel pass the test. */
    public RefScope merged(BiPredicate<String, String> which) {
        List<RefItem> items = new ArrayList<>();
        cells(which).forEach(cell -> items.addAll(cell.items));
        return RefEvidence.scope(items, model, now);
    }

    private List<Cell> cells(BiPredicate<String, String> which) {
        return cells.entrySet().stream()
                .filter(entry ->
                        which.test(entry.getKey().touchpoint(), entry.getKey().channel()))
                .map(Map.Entry::getValue)
                .toList();
    }

    public RefVerdicts verdicts(String touchpoint, String channel) {
        List<RefVerdict> all = cells((name, through) -> name.equals(touchpoint) && through.equals(channel)).stream()
                .flatMap(cell -> cell.verdicts.stream())
                .toList();
        return new RefVerdicts(
                all.stream().filter(RefVerdict.EXCEEDED::equals).count(),
                all.stream().filter(RefVerdict.MET::equals).count(),
                all.stream().filter(RefVerdict.MISSED::equals).count());
    }

    /** The Apdex of a cell, or {@code null} where the touchpoint declares no target. */
    public RefApdex apdex(String touchpoint, String channel) {
        Double target = catalog.touchpoint(touchpoint).targetMs();
        if (target == null) {
            return null;
        }
        Cell cell = cells.getOrDefault(new CellKey(touchpoint, channel), new Cell());
        return new RefApdex(target, cell.satisfied, cell.tolerating, cell.frustrated);
    }

    /** The journey as the last event or sweep left it. */
    public RefJourneyReport journey(String name) {
        return report(name, run -> false);
    }

    /** The journey as if a sweep had been made now; nothing is changed. */
    public RefJourneyReport journeyAsIfSwept(String name) {
        return report(name, run -> run.timedOutByClock(now));
    }

    private RefJourneyReport report(String name, Predicate<RefJourneyRun> overdue) {
        JourneyState state = journeys.get(catalog.journey(name).name());
        List<RefItem> items = new ArrayList<>(state.items);
        List<Closing> closed = new ArrayList<>(state.closed);
        long open = 0;
        for (RefCustomer customer : customers.values()) {
            for (RefJourneyRun run : customer.open) {
                if (run.journey.name().equals(name) && overdue.test(run)) {
                    closed.add(new Closing(run.openedAt, false));
                    items.add(run.abandoned(model).journey());
                } else if (run.journey.name().equals(name)) {
                    open++;
                }
            }
        }
        long completed = closed.stream().filter(Closing::completed).count();
        List<Closing> rated = rated(closed, catalog.journey(name), now);
        long done = rated.stream().filter(Closing::completed).count();
        Double rate = rated.isEmpty() ? null : Double.valueOf((double) done / rated.size());
        return new RefJourneyReport(
                RefEvidence.scope(items, model, now),
                state.started,
                completed,
                closed.size() - completed,
                state.unknown,
                open,
                rate,
                rate == null ? null : RefInterval.wilson(rate, rated.size(), model.z95()));
    }

    /** Those that were opened long enough ago to have timed out. */
    private static List<Closing> rated(List<Closing> closed, RefJourney journey, long at) {
        return closed.stream()
                .filter(each -> each.openedAt() <= at - journey.timeoutMs())
                .toList();
    }

    /** How many journeys a rate at some time is made of: those completed, then all. */
    public List<Long> rated(String name, long at) {
        List<Closing> rated = rated(journeys.get(name).closed, catalog.journey(name), at);
        return List.of(rated.stream().filter(Closing::completed).count(), (long) rated.size());
    }

    public Map<String, Long> dropped() {
        return Map.copyOf(dropped);
    }

    public Map<String, Long> notes() {
        return Map.copyOf(notes);
    }
}
