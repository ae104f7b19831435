package dev.touchstone.surveys;

import dev.touchstone.scoring.Interval;
import dev.touchstone.survey.SurveyResult;
import java.util.Optional;

/**
 * User misery: the share of users who experienced a duration of more than four times the target. With few users it
 * shrinks to 0.05: {@code (miserable + 5.8875)/(users + 117.75)} (the constants that Sentry publishes). Immutable.
 *
 * @param miserable the number of users who experienced it
 * @param users the number of all users
 */
public record UserMisery(long miserable, long users) {

    private static final double PRIOR_MISERABLE = 5.8875;
    private static final double PRIOR_USERS = 117.75;

    /** @throws IllegalArgumentException if a count is negative, or {@code miserable} exceeds {@code users} */
    public UserMisery {
        if (miserable < 0 || miserable > users) {
            throw new IllegalArgumentException(miserable + " miserable ones of " + users);
        }
    }

    /** Returns the sum of both counts. */
    public UserMisery plus(UserMisery other) {
        return new UserMisery(miserable + other.miserable, users + other.users);
    }

    /**
     * Returns the misery, from 0 to 1, with the Wilson interval of the users and the prior users together; empty if there
     * are no users.
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
