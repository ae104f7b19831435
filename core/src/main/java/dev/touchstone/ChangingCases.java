package dev.touchstone;

import dev.touchstone.care.Care;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Request.Action;
import dev.touchstone.care.RecoveryCase.Resolution;
import java.util.Optional;

/** Recovery cases with one method that makes every change. */
abstract class ChangingCases implements Care.Cases {

    /**
     * Changes a case.
     *
     * @param resolution how it is resolved; empty for the other actions
     */
    abstract RecoveryCase change(String id, Action action, Optional<Resolution> resolution);

    @Override
    public RecoveryCase acknowledge(String id) {
        return change(id, Action.ACKNOWLEDGE, Optional.empty());
    }

    @Override
    public RecoveryCase update(String id) {
        return change(id, Action.UPDATE, Optional.empty());
    }

    @Override
    public RecoveryCase resolve(String id, Resolution resolution) {
        return change(id, Action.RESOLVE, Optional.of(resolution));
    }

    @Override
    public RecoveryCase confirm(String id) {
        return change(id, Action.CONFIRM, Optional.empty());
    }

    @Override
    public RecoveryCase reopen(String id) {
        return change(id, Action.REOPEN, Optional.empty());
    }
}
