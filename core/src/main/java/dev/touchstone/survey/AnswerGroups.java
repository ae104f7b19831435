package dev.touchstone.survey;

import dev.touchstone.scoring.Interval;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Answers to one question, counted in three groups: all that its index needs, and what adds up over scopes, instances
 * and time. Immutable.
 *
 * @param favorable how many speak for the business: promoters, satisfied, little effort, positive
 * @param neutral how many do neither
 * @param unfavorable how many speak against it
 * @param sum the sum of the answers
 * @param squares the sum of their squares
 */
public record AnswerGroups(long favorable, long neutral, long unfavorable, double sum, double squares) {

    /** Nobody answered. */
    public static final AnswerGroups NONE = new AnswerGroups(0, 0, 0, 0, 0);

    /** @throws IllegalArgumentException if a count is negative or a sum not finite */
    public AnswerGroups {
        if (favorable < 0 || neutral < 0 || unfavorable < 0) {
            throw new IllegalArgumentException("counts are not negative");
        }
        if (!Double.isFinite(sum) || !(squares >= 0 && squares < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("sums are finite, and those of squares not negative");
        }
    }

    /** Returns the number of answers. */
    public long n() {
        return favorable + neutral + unfavorable;
    }

    /** Returns the answers of both together. */
    public AnswerGroups plus(AnswerGroups other) {
        return new AnswerGroups(
                favorable + other.favorable,
                neutral + other.neutral,
                unfavorable + other.unfavorable,
                sum + other.sum,
                squares + other.squares);
    }

    /** Returns the percentage that is favorable. */
    Optional<SurveyResult> share() {
        return n() == 0 ? Optional.empty() : Optional.of(SurveyResult.percentage(favorable, n()));
    }

    /** Returns how much {@link #share()} is above that of others; empty if one of them has no answers. */
    Optional<Difference> shareAbove(AnswerGroups other) {
        return share().flatMap(own -> other.share()
                .map(theirs -> Difference.of(own.value() - theirs.value(), shareVariance() + other.shareVariance())));
    }

    /**
     * Returns how much {@link #share()} is above somebody else's percentage; empty without answers.
     *
     * @param n of how many answers theirs is, if that is known; else it is taken as exact
     */
    Optional<Difference> shareAbove(double value, OptionalLong n) {
        double share = Math.max(0, Math.min(1, value / 100));
        double theirs = n.isPresent() ? shareVariance(share, (double) n.getAsLong()) : 0;
        return share().map(own -> Difference.of(own.value() - value, shareVariance() + theirs));
    }

    private double shareVariance() {
        return shareVariance((double) favorable / n(), (double) n());
    }

    private static double shareVariance(double share, double n) {
        return 100 * 100 * share * (1 - share) / n;
    }

    /** Returns the favorable percentage minus the unfavorable one, with the interval of a difference in a multinomial. */
    Optional<SurveyResult> net() {
        if (n() == 0) {
            return Optional.empty();
        }
        double value = 100.0 * (favorable - unfavorable) / n();
        double margin = Interval.Z * Math.sqrt(netVariance());
        return Optional.of(SurveyResult.of(
                value, new Interval(Math.max(-100, value - margin), Math.min(100, value + margin)), n()));
    }

    /** Returns the variance of {@link #net()}. */
    double netVariance() {
        double n = n();
        double net = (favorable - unfavorable) / n;
        return netVariance((favorable + unfavorable) / n, net, n);
    }

    /** @param spoken the share that is not neutral */
    static double netVariance(double spoken, double net, double n) {
        return 100 * 100 * Math.max(0, spoken - net * net) / n;
    }

    /** Returns the mean of the answers on their scale. */
    Optional<SurveyResult> mean(double min, double max) {
        return new Sample(n(), sum, squares).mean(min, max);
    }

    /** Returns the variance of one answer, as far as it can be told. */
    double spread() {
        return new Sample(n(), sum, squares).variance();
    }
}
