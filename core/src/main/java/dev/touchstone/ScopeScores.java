package dev.touchstone;

import dev.touchstone.Scoreboard.Change;
import dev.touchstone.Scoreboard.Scores;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.internal.Scorer;
import dev.touchstone.scoring.internal.Windows;
import java.util.Optional;

/** The current and the baseline scores of a scope, and the change between them. */
record ScopeScores(Scores now, Scores baseline, Optional<Change> change) {

    static ScopeScores of(Scorer scorer, Windows.Reading windows) {
        Score usual = scorer.experience(windows.baseline());
        Score latest = scorer.experience(windows.now(), usual);
        return new ScopeScores(
                new Scores(latest, scorer.effort(windows.now())),
                new Scores(usual, scorer.effort(windows.baseline())),
                change(latest, usual));
    }

    /** Returns the change; empty if the confidence intervals overlap. */
    private static Optional<Change> change(Score latest, Score usual) {
        if (!latest.isPresent() || !usual.isPresent() || latest.interval().overlaps(usual.interval())) {
            return Optional.empty();
        }
        return Optional.of(latest.value() > usual.value() ? Change.BETTER : Change.WORSE);
    }
}
