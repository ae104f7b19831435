package dev.touchstone.survey;

import dev.touchstone.scoring.Interval;
import java.util.Optional;

/**
 * User misery: the share of users who met something slower than four times the target, drawn to 0.05 while there are few
 * of them: {@code (miserable + 5.8875)/(users + 117.75)} (the constants that Sentry publishes). Immutable.
 *
 * @param miserable how many users met it
 * @param users how many users there were
 */
public record UserMisery(long miserable, long users) {

    private static final double PRIOR_MISERABLE = 5.8875;
    private static final double PRIOR_USERS = 117.75;

    /** @throws IllegalArgumentException if the counts are negative, or more are miserable than there are */
    public UserMisery {
        if (miserable < 0 || miserable > users) {
            throw new IllegalArgumentException(miserable + " miserable ones of " + users);
        }
    }

    /** Returns the users of both together. */
    public UserMisery plus(UserMisery other) {
        return new UserMisery(miserable + other.miserable, users + other.users);
    }

    /**
     * Returns the misery, from 0 to 1, with the Wilson interval of as many users as there are with the prior ones; empty
     * without users.
     */
    public Optional<SurveyResult> result() {
        if (users == 0) {
            return Optional.empty();
        }
        double n = users + PRIOR_USERS;
        double value = (miserable + PRIOR_MISERABLE) / n;
        return Optional.of(SurveyResult.of(value, Interval.wilson(value, n), users));
    }
}
