package dev.touchstone.survey;

import dev.touchstone.event.Feedback;
import dev.touchstone.internal.Saturating;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The answers to the standard questions in one scope. Answers of several scopes, instances and periods can be added.
 * Immutable.
 *
 * @param nps the answers about recommending
 * @param csat the answers about satisfaction
 * @param ces1 the answers about effort, version 1
 * @param ces2 the answers about effort, version 2
 */
public record Answers(Nps nps, Csat csat, Ces1 ces1, Ces2 ces2) {

    /** No answers. */
    public static final Answers NONE = new Answers(Nps.NONE, Csat.NONE, Ces1.NONE, Ces2.NONE);

    /**
     * Returns these answers and one more. Sentiments and ratings on custom scales do not answer a standard question and
     * are ignored.
     *
     * @throws IllegalArgumentException if the answer is missing, not finite or off its scale
     */
    public Answers plus(Feedback feedback) {
        if (!feedback.isValid()) {
            throw new IllegalArgumentException("answer " + feedback + ": expected a finite value on its scale");
        }
        double answer = feedback.value().orElseThrow();
        return switch (feedback.scale()) {
            case NPS -> new Answers(nps.plus(Nps.answer(answer)), csat, ces1, ces2);
            case CSAT -> new Answers(nps, csat.plus(Csat.answer(answer)), ces1, ces2);
            case CES1 -> new Answers(nps, csat, ces1.plus(Ces1.answer(answer)), ces2);
            case CES2 -> new Answers(nps, csat, ces1, ces2.plus(Ces2.answer(answer)));
            case SENTIMENT, RATING -> this;
        };
    }

    /** Returns the sum of these answers and others. */
    public Answers plus(Answers other) {
        if (other.isEmpty()) { // the case at most touchpoints
            return this;
        }
        return new Answers(nps.plus(other.nps), csat.plus(other.csat), ces1.plus(other.ces1), ces2.plus(other.ces2));
    }

    /** Returns whether there are no answers. */
    public boolean isEmpty() {
        return n(nps) + n(csat) + n(ces1) + n(ces2) == 0;
    }

    /**
     * Returns the index with that name in catalogs and formats: {@code nps}, {@code csat}, {@code ces1}, {@code ces2}.
     */
    public Optional<SurveyIndex> index(String name) {
        return switch (name) {
            case "nps" -> Optional.of(nps);
            case "csat" -> Optional.of(csat);
            case "ces1" -> Optional.of(ces1);
            case "ces2" -> Optional.of(ces2);
            default -> Optional.empty();
        };
    }

    private static long n(SurveyIndex index) {
        return index.groups().n();
    }

    /**
     * The answers to one question in three groups, from which its index is computed. Groups of several scopes,
     * instances and periods can be added. Immutable.
     *
     * @param favorable the number of favorable answers: promoters, satisfied, little effort, positive
     * @param neutral the number of neutral answers
     * @param unfavorable the number of unfavorable answers
     * @param sum the sum of the answers
     * @param squares the sum of their squares
     */
    public record Groups(long favorable, long neutral, long unfavorable, double sum, double squares) {

        /** 100 percent. */
        static final double ALL = 100;

        private static final double PLUS = 4;

        /** No answers. */
        public static final Groups NONE = new Groups(0, 0, 0, 0, 0);

        /** @throws IllegalArgumentException if a count is negative or a sum not finite */
        public Groups {
            if (favorable < 0 || neutral < 0 || unfavorable < 0) {
                throw new IllegalArgumentException("a count is negative: expected at least 0");
            }
            if (!Double.isFinite(sum) || !(squares >= 0 && squares < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("a sum is not finite or the sum of squares is negative");
            }
        }

        /** Returns the number of answers. */
        public long n() {
            return Saturating.add(favorable, Saturating.add(neutral, unfavorable));
        }

        /** Returns the sum of these answers and others. */
        public Groups plus(Groups other) {
            return new Groups(
                    Saturating.add(favorable, other.favorable),
                    Saturating.add(neutral, other.neutral),
                    Saturating.add(unfavorable, other.unfavorable),
                    Saturating.add(sum, other.sum),
                    Saturating.add(squares, other.squares));
        }

        /** Returns the favorable percentage. */
        Optional<SurveyResult> share() {
            return n() == 0 ? Optional.empty() : Optional.of(SurveyResult.percentage(favorable, n()));
        }

        /** Returns {@link #share()} minus that of other answers; empty if either has no answers. */
        Optional<SurveyResult.Difference> shareAbove(Groups other) {
            return n() == 0 || other.n() == 0
                    ? Optional.empty()
                    : Optional.of(SurveyResult.Difference.of(share(PLUS / 2), other.share(PLUS / 2), ALL));
        }

        /**
         * Returns {@link #share()} minus another percentage; empty without answers.
         *
         * @param n the number of answers behind that percentage; empty if it is exact
         */
        Optional<SurveyResult.Difference> shareAbove(double value, OptionalLong n) {
            if (n() == 0) {
                return Optional.empty();
            }
            double theirs = Math.max(0, Math.min(1, value / ALL));
            return Optional.of(
                    n.isPresent()
                            ? SurveyResult.Difference.of(
                                    share(PLUS / 2), share(value, theirs, (double) n.getAsLong(), PLUS / 2), ALL)
                            : SurveyResult.Difference.of(share(PLUS), Estimate.exact(value), ALL));
        }

        private Estimate share(double plus) {
            return share(ALL * favorable / n(), (double) favorable / n(), (double) n(), plus);
        }

        /** Adds answers of which half are favorable (Agresti and Coull 1998, Agresti and Caffo 2000: four in total). */
        private static Estimate share(double value, double share, double n, double plus) {
            double adjusted = (share * n + plus / 2) / (n + plus);
            return Estimate.normal(value, ALL * adjusted, ALL * ALL * adjusted * (1 - adjusted) / (n + plus));
        }

        /** Returns the favorable percentage minus the unfavorable one, with its adjusted Wald interval. */
        Optional<SurveyResult> net() {
            return netEstimate().map(net -> SurveyResult.of(net.value(), net.interval(-ALL, ALL), n()));
        }

        /** Returns the net percentage and its uncertainty; empty without answers. */
        Optional<Estimate> netEstimate() {
            return n() == 0
                    ? Optional.empty()
                    : Optional.of(netEstimate(
                            ALL * (favorable - unfavorable) / n(), (double) favorable, (double) unfavorable, (double)
                                    n()));
        }

        /**
         * Adds three answers: a quarter favorable, half neutral, a quarter unfavorable (Rocks 2016).
         *
         * @param value the net percentage
         */
        static Estimate netEstimate(double value, double favorable, double unfavorable, double n) {
            double all = n + 3;
            double up = (favorable + 0.75) / all;
            double down = (unfavorable + 0.75) / all;
            double net = up - down;
            return Estimate.normal(value, ALL * net, ALL * ALL * (up + down - net * net) / all);
        }

        /** Returns the mean of the answers on their scale; empty without answers. */
        Optional<SurveyResult> mean(double min, double max) {
            return new Sample(n(), sum, squares, min, max).mean();
        }

        /** Returns the mean and its uncertainty; empty without answers. */
        Optional<Estimate> meanEstimate(double min, double max) {
            return new Sample(n(), sum, squares, min, max).estimate();
        }
    }
}
