package dev.touchstone.survey;

import dev.touchstone.event.Mention;
import dev.touchstone.internal.Saturating;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What people said in public, of the business and of its competitors. It adds up over scopes, instances and time.
 * Immutable.
 *
 * @param own what was said of the business
 * @param competitors what was said of its competitors
 */
public record Mentions(Side own, Side competitors) {

    /** Nobody said anything. */
    public static final Mentions NONE = new Mentions(Side.NONE, Side.NONE);

    /**
     * Returns one mention; without a sentiment it is neutral.
     *
     * @throws IllegalArgumentException if its sentiment or reach is out of range
     */
    public static Mentions of(Mention mention) {
        if (!mention.isValid()) {
            throw new IllegalArgumentException("not a mention: " + mention);
        }
        double sentiment = mention.sentiment().orElse(0);
        Side one = new Side(sentiment > 0 ? 1 : 0, sentiment == 0 ? 1 : 0, sentiment < 0 ? 1 : 0, mention.reach());
        return mention.isOwn() ? new Mentions(one, Side.NONE) : new Mentions(Side.NONE, one);
    }

    /** Returns whether nobody said anything. */
    public boolean isEmpty() {
        return own.n() + competitors.n() == 0;
    }

    /** Returns the mentions of both together. */
    public Mentions plus(Mentions other) {
        return new Mentions(own.plus(other.own), competitors.plus(other.competitors));
    }

    /** Returns the percentage of all mentions that are of the business, with its Wilson interval; empty without any. */
    public Optional<SurveyResult> shareOfVoice() {
        long all = own.n() + competitors.n();
        return all == 0 ? Optional.empty() : Optional.of(SurveyResult.percentage(own.n(), all));
    }

    /**
     * Returns the percentage of all reach that is of mentions of the business; empty without reach. It has no interval:
     * those who are reached by one mention do not count one by one.
     */
    public OptionalDouble shareOfReach() {
        double all = Saturating.add(own.reach, competitors.reach);
        return all > 0 ? OptionalDouble.of(100 * own.reach / all) : OptionalDouble.empty();
    }

    /**
     * Mentions of one side.
     *
     * @param positive how many have a sentiment above 0
     * @param neutral how many have one of 0, or none
     * @param negative how many have one below 0
     * @param reach how many people they reached, added up
     */
    public record Side(long positive, long neutral, long negative, double reach) {

        static final Side NONE = new Side(0, 0, 0, 0);

        /** @throws IllegalArgumentException if a count is negative or the reach is no finite number from 0 on */
        public Side {
            if (positive < 0 || neutral < 0 || negative < 0 || !(reach >= 0 && reach < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("counts and reach are finite and not negative");
            }
        }

        /** Returns the number of mentions. */
        public long n() {
            return Saturating.add(positive, Saturating.add(neutral, negative));
        }

        /** Returns the mentions of both together. */
        public Side plus(Side other) {
            return new Side(
                    Saturating.add(positive, other.positive),
                    Saturating.add(neutral, other.neutral),
                    Saturating.add(negative, other.negative),
                    Saturating.add(reach, other.reach));
        }

        /**
         * Returns the percentage of positive mentions minus that of negative ones, from -100 to 100, with the interval
         * that an {@link Nps} has; empty without mentions.
         */
        public Optional<SurveyResult> netSentiment() {
            return new Answers.Groups(positive, neutral, negative, 0, 0).net();
        }
    }
}
