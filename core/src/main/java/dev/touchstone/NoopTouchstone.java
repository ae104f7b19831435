package dev.touchstone;

import dev.touchstone.care.Care;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Mention;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.history.History;
import dev.touchstone.state.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An instance that records nothing. */
final class NoopTouchstone implements Touchstone {

    static final NoopTouchstone INSTANCE = new NoopTouchstone();

    private static final PseudonymKey KEY = PseudonymKey.random();
    private static final String NAME = "noop";

    private NoopTouchstone() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void record(@Nullable TouchpointEvent event) {}

    @Override
    public void mention(@Nullable Mention mention) {}

    @Override
    public void reject(@Nullable DropReason reason) {}

    @Override
    public Interaction begin(@Nullable String touchpoint) {
        return new Interaction(touchpoint, null, null);
    }

    @Override
    public TouchpointHandle touchpoint(@Nullable String name) {
        return new TouchpointHandle(this, name);
    }

    @Override
    public Scope scope(@Nullable Interaction interaction) {
        return () -> {};
    }

    @Override
    public Optional<Interaction> current() {
        return Optional.empty();
    }

    @Override
    public CustomerExperience customer(@Nullable CustomerId customer) {
        return CustomerExperience.unknown();
    }

    @Override
    public CustomerExperience customer(@Nullable CustomerKey customer) {
        return CustomerExperience.unknown();
    }

    @Override
    public <S> CustomerExperience customer(CustomerResolver<S> resolver, S source) {
        return CustomerExperience.unknown();
    }

    @Override
    public Map<CustomerKey, Instant> lastMissed(@Nullable String touchpoint) {
        return Map.of();
    }

    @Override
    public CustomerKey key(CustomerId customer) {
        return customer.key(KEY);
    }

    @Override
    public void identify(@Nullable CustomerId guest, @Nullable CustomerId customer) {}

    @Override
    public void forget(@Nullable CustomerId guest) {}

    @Override
    public ErasureReceipt erase(CustomerId customer) {
        return Erasure.receipt(Instant.EPOCH, false, false);
    }

    @Override
    public CustomerExport export(CustomerId customer) {
        return new CustomerExport(Instant.EPOCH, NAME, catalog().model().id(), Duration.ZERO, List.of());
    }

    @Override
    public void snapshot() {}

    @Override
    public History history() {
        return NoHistory.INSTANCE;
    }

    @Override
    public void mark(String text) {}

    @Override
    public Scoreboard.Comparison compare(String attribute) {
        return new Scoreboard.Comparison(attribute, List.of());
    }

    @Override
    public List<Scoreboard.Comparison> comparisonsAt(String touchpoint) {
        return List.of();
    }

    @Override
    public VariantGuard guard(String attribute, Consumer<Scoreboard.Variant> listener) {
        return () -> {};
    }

    @Override
    public Scoreboard ownScoreboard() {
        return scoreboard();
    }

    @Override
    public Scoreboard scoreboard() {
        return new Scoreboard(new Scoreboard.Data(
                catalog().model().id(),
                NAME,
                Instant.EPOCH,
                Instant.EPOCH,
                SmallGroup.ENOUGH,
                health(),
                Scoreboard.Scope.none("overall", false),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                OptionalDouble.empty(),
                List.of(),
                Indices.NONE,
                List.of(),
                Scoreboard.Intake.NONE,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty()));
    }

    @Override
    public Health health() {
        return new Health(new Health.Data(
                0, 0, Map.of(), Map.of(), 0, 0, 0, 0, 0, false, false, List.of(), Map.of(), Store.Status.NOTHING_YET));
    }

    @Override
    public Care care() {
        return NoCare.INSTANCE;
    }

    @Override
    public Catalog catalog() {
        return Catalog.empty();
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public void reload(Catalog catalog) {}

    @Override
    public void close() {}
}
