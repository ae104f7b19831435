package dev.touchstone.care.internal;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Request;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.care.RecoveryCase.Status;
import dev.touchstone.event.CustomerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The recovery cases in memory, and their allowed transitions. Thread-safe; a method waits for at most one change. */
public final class CaseBook {

    /** The maximum number of cases. */
    public static final int MAX_CASES = 10_000;

    /** How long a resolved case is retained. */
    public static final Duration KEPT = Duration.ofDays(30);

    private static final Comparator<RecoveryCase> URGENT_FIRST = Comparator.comparing(RecoveryCase::isOpen)
            .reversed()
            .thenComparing(file -> file.isOpen() ? file.resolveBy() : Instant.MAX)
            .thenComparing(RecoveryCase::changedAt, Comparator.reverseOrder())
            .thenComparing(RecoveryCase::id);

    private final Map<String, RecoveryCase> cases = new ConcurrentHashMap<>();
    // the unresolved case at each place; changed within the change of the case
    private final Map<Place, String> open = new ConcurrentHashMap<>();

    /** Creates an empty book. */
    public CaseBook() {}

    /** Returns all cases, the most urgent first. */
    public List<RecoveryCase> all() {
        return urgentFirst(cases.values());
    }

    /** Returns cases, the most urgent first. */
    public static List<RecoveryCase> urgentFirst(Collection<RecoveryCase> files) {
        return files.stream().sorted(URGENT_FIRST).toList();
    }

    /**
     * Changes a case.
     *
     * @param resolution how it is resolved; read only if that is the action
     * @throws IllegalArgumentException if the action is to open a case, which is no change of one
     */
    public RecoveryCase change(String id, Request.Action action, Optional<Resolution> resolution, Instant now) {
        return switch (action) {
            case OPEN -> throw new IllegalArgumentException("action OPEN is no change of a case; call open");
            case ACKNOWLEDGE -> acknowledge(id, now);
            case UPDATE -> update(id, now);
            case RESOLVE -> resolve(id, resolution.orElseThrow(), now);
            case CONFIRM -> confirm(id, now);
            case REOPEN -> reopen(id, now);
        };
    }

    /** Passes all cases to a visitor, in no order. */
    public void forEach(Consumer<RecoveryCase> visitor) {
        cases.values().forEach(visitor);
    }

    /** Returns a case; empty if there is none. */
    public Optional<RecoveryCase> find(String id) {
        return Optional.ofNullable(cases.get(id));
    }

    /** Returns the id of the customer's unresolved case at a touchpoint; null if there is none. */
    public @Nullable String openAt(CustomerKey customer, String touchpoint) {
        return open.get(new Place(customer, touchpoint));
    }

    /** Returns whether a customer has an unresolved case. */
    public boolean hasOpen(CustomerKey customer) {
        return cases.values().stream()
                .anyMatch(file -> file.isOpen() && file.customer().equals(customer));
    }

    /**
     * Opens a case, unless the customer has an unresolved case at the touchpoint. If the maximum is reached, removes
     * the case that was resolved the longest ago.
     *
     * @return the case that is now open; null if the maximum is reached and no case is resolved
     */
    public @Nullable RecoveryCase open(RecoveryCase fresh) {
        if (cases.size() >= MAX_CASES && !makeRoom()) {
            String known = openAt(fresh.customer(), fresh.touchpoint());
            return known == null ? null : cases.get(known);
        }
        RecoveryCase[] found = {fresh};
        open.compute(Place.of(fresh), (place, id) -> {
            RecoveryCase known = id == null ? null : cases.get(id);
            if (known != null && known.isOpen()) {
                found[0] = known;
                return id;
            }
            cases.put(fresh.id(), fresh);
            return fresh.id();
        });
        return found[0];
    }

    private boolean makeRoom() {
        Optional<RecoveryCase> oldest = cases.values().stream()
                .filter(file -> !file.isOpen())
                .min(Comparator.comparing(RecoveryCase::changedAt));
        oldest.ifPresent(file -> cases.remove(file.id(), file));
        return oldest.isPresent();
    }

    /** Acknowledges a case. */
    public RecoveryCase acknowledge(String id, Instant now) {
        return change(
                id,
                "acknowledged",
                now,
                Action.ACKNOWLEDGE,
                file -> file.toBuilder().status(Status.ACKNOWLEDGED, now).build());
    }

    /** Records an update to the customer of a case. */
    public RecoveryCase update(String id, Instant now) {
        return change(
                id,
                "updated",
                now,
                Action.UPDATE,
                file -> withSilenceEnded(file, now).updates(file.updates() + 1).build());
    }

    /** Resolves a case. */
    public RecoveryCase resolve(String id, Resolution resolution, Instant now) {
        return change(id, "resolved", now, Action.RESOLVE, file -> resolved(file, resolution, now));
    }

    private static RecoveryCase resolved(RecoveryCase file, Resolution resolution, Instant now) {
        return withSilenceEnded(file, now)
                .status(Status.RESOLVED, now)
                .resolution(resolution)
                .build();
    }

    private static RecoveryCase.Builder withSilenceEnded(RecoveryCase file, Instant now) {
        Duration silence = Duration.between(file.silentSince(), now);
        return file.toBuilder()
                .silence(now, silence.compareTo(file.longestSilence()) > 0 ? silence : file.longestSilence());
    }

    /** Records that the customer of a case agreed to the resolution. */
    public RecoveryCase confirm(String id, Instant now) {
        return change(
                id,
                "confirmed",
                now,
                Action.CONFIRM,
                file -> file.toBuilder().status(Status.CONFIRMED, now).build());
    }

    /** Reopens a case that the customer raised again. */
    public RecoveryCase reopen(String id, Instant now) {
        return change(
                id,
                "reopened",
                now,
                Action.REOPEN,
                file -> file.toBuilder()
                        .status(Status.REOPENED, now)
                        .resolution(null)
                        .startedAt(now)
                        .silence(now, Duration.ZERO)
                        .reopenings(file.reopenings() + 1)
                        .build());
    }

    private RecoveryCase change(
            String id, String what, Instant now, Action action, UnaryOperator<RecoveryCase> transition) {
        RecoveryCase known = cases.get(id);
        if (known == null) {
            throw new NoSuchElementException("recovery case " + id + " does not exist; a resolved case is retained for "
                    + KEPT.toDays() + " days");
        }
        RecoveryCase[] changed = new RecoveryCase[1];
        open.compute(Place.of(known), (place, openId) -> {
            RecoveryCase file = cases.get(id);
            if (file == null) {
                throw new NoSuchElementException("recovery case " + id + " was removed meanwhile");
            }
            check(file, what, action, openId, now);
            RecoveryCase next = transition.apply(file);
            cases.put(id, next);
            changed[0] = next;
            return next.isOpen() ? id : id.equals(openId) ? null : openId;
        });
        return changed[0];
    }

    private static void check(RecoveryCase file, String what, Action action, @Nullable String openId, Instant now) {
        if (!action.from.contains(file.status())) {
            throw new IllegalStateException("recovery case " + file.id() + " is " + file.status() + " since "
                    + file.changedAt() + " and cannot be " + what + "; allowed: " + Action.allowed(file.status()));
        }
        if (action == Action.REOPEN && openId != null && !openId.equals(file.id())) {
            throw new IllegalStateException("recovery case " + file.id() + " cannot be reopened, because "
                    + openId + " of the same customer at " + file.touchpoint() + " is open; allowed: update or resolve "
                    + openId);
        }
        if (action != Action.REOPEN && action != Action.CONFIRM && now.isAfter(file.resolveBy())) {
            throw new IllegalStateException("recovery case " + file.id() + " was due by " + file.resolveBy()
                    + " and counts as not resolved; allowed: reopen");
        }
    }

    /**
     * Resolves the cases whose deadline is over as {@link Resolution#NONE}, and returns them. Removes cases whose
     * retention is over.
     */
    public List<RecoveryCase> sweep(Instant now) {
        List<RecoveryCase> late = new ArrayList<>();
        cases.values().forEach(file -> {
            if (file.isOpen() && now.isAfter(file.resolveBy())) {
                open.compute(Place.of(file), (place, openId) -> {
                    RecoveryCase resolved = resolved(file, Resolution.NONE, now);
                    if (cases.replace(file.id(), file, resolved)) {
                        late.add(resolved);
                        return file.id().equals(openId) ? null : openId;
                    }
                    return openId;
                });
            } else if (!file.isOpen() && now.isAfter(file.changedAt().plus(KEPT))) {
                cases.remove(file.id(), file);
            }
        });
        return late;
    }

    /** Removes the cases of a customer. */
    public void forget(CustomerKey customer) {
        cases.values().removeIf(file -> file.customer().equals(customer));
        open.keySet().removeIf(place -> place.customer.equals(customer));
    }

    /**
     * Moves the cases of a guest to a customer. If both have an unresolved case at a touchpoint, the customer's case
     * stays.
     */
    public void move(CustomerKey guest, CustomerKey customer) {
        for (RecoveryCase file : of(List.of(guest))) {
            cases.remove(file.id());
            open.remove(Place.of(file), file.id());
            restore(file.toBuilder().customer(customer).build());
        }
    }

    /** Returns the cases of customers with these keys. */
    public List<RecoveryCase> of(Collection<CustomerKey> customers) {
        return cases.values().stream()
                .filter(file -> customers.contains(file.customer()))
                .sorted(URGENT_FIRST)
                .toList();
    }

    /** Corrects times that are in the future after the clock went back. */
    public void goBack(Instant to) {
        cases.replaceAll((id, file) -> file.notAfter(to));
    }

    /** Adds a restored case unchanged. */
    public void restore(RecoveryCase file) {
        if (!file.isOpen()) {
            cases.put(file.id(), file);
        } else {
            open(file);
        }
    }

    /** A customer at a touchpoint. */
    private record Place(CustomerKey customer, String touchpoint) {

        static Place of(RecoveryCase file) {
            return new Place(file.customer(), file.touchpoint());
        }
    }

    /** The transitions of a case, and the statuses that allow them. */
    private enum Action {
        ACKNOWLEDGE(List.of(Status.OPEN, Status.REOPENED)),
        UPDATE(List.of(Status.OPEN, Status.ACKNOWLEDGED, Status.REOPENED)),
        RESOLVE(List.of(Status.OPEN, Status.ACKNOWLEDGED, Status.REOPENED)),
        CONFIRM(List.of(Status.RESOLVED)),
        REOPEN(List.of(Status.RESOLVED, Status.CONFIRMED));

        // the list is immutable, although its type does not show it
        @SuppressWarnings("ImmutableEnumChecker")
        private final List<Status> from;

        Action(List<Status> from) {
            this.from = from;
        }

        static String allowed(Status status) {
            return List.of(values()).stream()
                    .filter(action -> action.from.contains(status))
                    .map(action -> action.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
        }
    }
}
