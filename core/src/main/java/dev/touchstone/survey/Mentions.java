package dev.touchstone.survey;

import dev.touchstone.event.Mention;
import dev.touchstone.internal.Saturating;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The public mentions of the business and of its competitors. Mentions of several scopes, instances and periods can be
 * added. Immutable.
 *
 * @param own the mentions of the business
 * @param competitors the mentions of its competitors
 */
public record Mentions(Side own, Side competitors) {

    /** No mentions. */
    public static final Mentions NONE = new Mentions(Side.NONE, Side.NONE);

    /**
     * Returns one mention; without a sentiment it is neutral.
     *
     * @throws IllegalArgumentException if its sentiment or reach is out of range
     */
    public static Mentions of(Mention mention) {
        if (!mention.isValid()) {
            throw new IllegalArgumentException("mention is out of range: " + mention);
        }
        double sentiment = mention.sentiment().orElse(0);
        Side one = new Side(sentiment > 0 ? 1 : 0, sentiment == 0 ? 1 : 0, sentiment < 0 ? 1 : 0, mention.reach());
        return mention.isOwn() ? new Mentions(one, Side.NONE) : new Mentions(Side.NONE, one);
    }

    /** Returns whether there are no mentions. */
    public boolean isEmpty() {
        return own.n() + competitors.n() == 0;
    }

    /** Returns the sum of these mentions and others. */
    public Mentions plus(Mentions other) {
        return new Mentions(own.plus(other.own), competitors.plus(other.competitors));
    }

    /**
     * Returns the percentage of mentions that are about the business, with its Wilson interval; empty without mentions.
     */
    public Optional<SurveyResult> shareOfVoice() {
        long all = own.n() + competitors.n();
        return all == 0 ? Optional.empty() : Optional.of(SurveyResult.percentage(own.n(), all));
    }

    /**
     * Returns the percentage of reach that belongs to mentions of the business; empty without reach. It has no
     * interval, because the people reached by one mention are not independent.
     */
    public OptionalDouble shareOfReach() {
        double all = Saturating.add(own.reach, competitors.reach);
        return all > 0 ? OptionalDouble.of(100 * own.reach / all) : OptionalDouble.empty();
    }

    /**
     * The mentions of one side.
     *
     * @param positive the number of mentions with a sentiment above 0
     * @param neutral the number of mentions with a sentiment of 0, or none
     * @param negative the number of mentions with a sentiment below 0
     * @param reach the total number of people reached
     */
    public record Side(long positive, long neutral, long negative, double reach) {

        static final Side NONE = new Side(0, 0, 0, 0);

        /**
         * @throws IllegalArgumentException if a count is negative, or the reach is negative or not finite
         */
        public Side {
            if (positive < 0 || neutral < 0 || negative < 0 || !(reach >= 0 && reach < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "a count or the reach is out of range: expected finite numbers of at least 0");
            }
        }

        /** Returns the number of mentions. */
        public long n() {
            return Saturating.add(positive, Saturating.add(neutral, negative));
        }

        /** Returns the sum of these mentions and others. */
        public Side plus(Side other) {
            return new Side(
                    Saturating.add(positive, other.positive),
                    Saturating.add(neutral, other.neutral),
                    Saturating.add(negative, other.negative),
                    Saturating.add(reach, other.reach));
        }

        /**
         * Returns the percentage of positive mentions minus that of negative ones, from -100 to 100, with an interval
         * like that of {@link Nps}; empty without mentions.
         */
        public Optional<SurveyResult> netSentiment() {
            return new Answers.Groups(positive, neutral, negative, 0, 0).net();
        }
    }
}
