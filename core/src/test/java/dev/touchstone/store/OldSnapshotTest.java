package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.ExportJson;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A snapshot of November 2026, written before the fields of stateful values were listed in one place, loads without loss.
 * It has customers with every optional field, guests with aliases, a customer under a former key, expired and erased
 * customers, small and full groups, mentions, answers and event ids. The expected files come from the same build.
 */
class OldSnapshotTest {

    private static final PseudonymKey KEY = Trials.key("the key of the old snapshot");
    private static final PseudonymKey FORMER_KEY = Trials.key("the former key of the old snapshot");
    private static final String TAKEN = "2026-11-20T12:00:00Z";

    @TempDir
    Path temporary;

    private final ManualClock clock = ManualClock.at(TAKEN);

    static TouchstoneBuilder builder(ManualClock clock) {
        return Touchstone.builder()
                .clock(clock)
                .name("old")
                .pseudonymKey(KEY)
                .formerPseudonymKey(FORMER_KEY)
                .lifetime()
                .catalog(OldSnapshotTest::declare);
    }

    private static void declare(Catalog.Builder catalog) {
        catalog.model(ScoreModel.STANDARD
                        .derive("personal")
                        .expectation(ScoreModel.Expectation.PERSONAL)
                        .build())
                .touchpoint("search", t -> t.target(Duration.ofMillis(400)))
                .touchpoint("basket", t -> t.journey("purchase"))
                .touchpoint("pay", t -> t.journey("purchase").importance(3))
                .touchpoint("confirm", t -> t.journey("purchase"))
                .touchpoint("call", t -> t.supportContact(true).channel("phone"))
                .touchpoint("chat", t -> t.supportContact(true).journey("help"))
                .journey("purchase", j -> j.steps(2).ends("confirm"))
                .journey("help", j -> j.timeout(Duration.ofDays(2)));
    }

    private Touchstone load() {
        return builder(clock)
                .store(SnapshotFile.of(path("old-snapshot.touchstone"), temporary.resolve("saved.touchstone")))
                .build();
    }

    static Path path(String resource) {
        try {
            URL url = Objects.requireNonNull(OldSnapshotTest.class.getResource(resource), resource);
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** The customers in the snapshot, then those who are not in it. */
    private static List<CustomerId> customers() {
        List<CustomerId> customers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            customers.add(CustomerId.of("customer-" + i));
        }
        for (int i = 0; i < 4; i++) {
            customers.add(CustomerId.anonymous("guest-" + i));
        }
        customers.add(CustomerId.of("expired"));
        customers.add(CustomerId.of("erased"));
        return customers;
    }

    @Test
    void scoreboardIsTheSame() throws IOException {
        try (Touchstone touchstone = load()) {
            assertThat(ScoreboardJson.pretty().write(touchstone.scoreboard()))
                    .isEqualToIgnoringNewLines(Files.readString(path("old-snapshot-scoreboard.json")));
        }
    }

    @Test
    void customersAreTheSame() throws IOException {
        try (Touchstone touchstone = load()) {
            List<String> lines = new ArrayList<>();
            for (CustomerId customer : customers()) {
                lines.add(ScoreboardJson.compact().write(touchstone.customer(customer)));
            }
            assertThat(lines).isEqualTo(Files.readAllLines(path("old-snapshot-customers.jsonl")));
        }
    }

    /** The expected export was made from the types of the time, field by field. */
    @Test
    void everyFieldOfEveryCustomerHasTheSameMeaning() throws IOException {
        Map<String, JsonNode> exports = new TreeMap<>();
        try (Touchstone touchstone = load()) {
            for (CustomerId customer : customers()) {
                JsonNode export = JsonMapper.shared().readTree(new ExportJson().write(touchstone.export(customer)));
                for (PseudonymKey key : List.of(KEY, FORMER_KEY)) {
                    exports.put(
                            customer.key(key).toString(),
                            export.get("keys").get(key == KEY ? 0 : 1).get("held"));
                }
            }
        }
        List<String> lines = Files.readAllLines(path("old-snapshot-exports.jsonl"));
        assertThat(lines).hasSize(19);
        exports.values().stream()
                .filter(JsonNode::isObject)
                .forEach(held -> assertThat(((ObjectNode) held).remove("guest").asBoolean())
                        .as("no customer of the old snapshot is marked as a guest")
                        .isFalse());
        for (String line : lines) {
            ObjectNode expected = (ObjectNode) JsonMapper.shared().readTree(line);
            String customer = expected.remove("customer").asString();
            assertThat(exports.get(customer)).as(customer).isEqualTo(expected);
        }
    }

    /** The bytes of customers hold every field, so equal bytes prove that nothing is lost and that the format is the same. */
    @Test
    void customersAndTombstonesAreWrittenAgainByteForByte() throws IOException {
        load().close();
        Map<Integer, String> before = sections(path("old-snapshot.touchstone"));
        Map<Integer, String> after = sections(temporary.resolve("saved.touchstone"));
        Set<Integer> later = new TreeSet<>(after.keySet());
        later.removeAll(before.keySet());
        assertThat(after.keySet()).containsAll(before.keySet());
        assertThat(later).as("sections that came later").containsExactly(Section.NUMBERED, Section.VISITED);
        // the number of sections
        assertThat(Integer.parseInt(after.remove(Section.END), 16))
                .isEqualTo(Integer.parseInt(before.get(Section.END), 16) + later.size());
        for (int section : List.of(Section.HEADER, Section.CUSTOMERS, Section.TOMBSTONES)) {
            assertThat(after).as("section " + section).containsEntry(section, before.get(section));
        }
    }

    /** Counts by name are written in the order of a hash map, which differs between runs. */
    @Test
    void everythingElseIsWrittenAgain() throws IOException {
        load().close();
        Path again = temporary.resolve("saved.touchstone");
        assertThat(state(again).counts().warnings())
                .containsAllEntriesOf(
                        state(path("old-snapshot.touchstone")).counts().warnings());
        assertThat(state(again))
                .usingRecursiveComparison()
                .ignoringFields("counts.warnings") // later versions know more of them
                .ignoringCollectionOrderInFields("touchpoints") // later versions write them in the order of their bits
                // guests with an alias are members under their customer's key now
                .ignoringFieldsMatchingRegexes(".*group\\.members.*")
                .withComparatorForType(Double::compare, Double.class)
                .isEqualTo(state(path("old-snapshot.touchstone")));
        List<Long> guests = identifiedGuests(path("old-snapshot.touchstone"));
        assertThat(members(path("old-snapshot.touchstone"))).containsAnyElementsOf(guests);
        assertThat(members(again)).isNotEmpty().doesNotContainAnyElementsOf(guests);
    }

    /** It has no visited touchpoints, so its customers are not new at touchpoints with events. */
    @Test
    void customersInItAreNotNewAndOthersAre() {
        try (Touchstone touchstone = load()) {
            assertThat(touchstone.scoreboard().overall().newcomers()).isEmpty();
            for (String customer : List.of("customer-2", "customer-3", "first")) {
                touchstone.record(TouchpointEvent.builder("search")
                        .customer(CustomerId.of(customer))
                        .build());
            }
            assertThat(touchstone.scoreboard().overall().newcomers())
                    .map(Scoreboard.Newcomers::toString)
                    .contains("1 of 3 events");
        }
    }

    private static List<Long> identifiedGuests(Path file) throws IOException {
        List<Long> guests = new ArrayList<>();
        SnapshotReader.read(file, ScoreModel.STANDARD, new SnapshotReader.Visitor() {
            @Override
            public void customers(Snapshot.Customers customers) {
                customers.aliases().forEach(alias -> guests.add(alias.guest().hash()));
            }
        });
        return guests;
    }

    private static List<Long> members(Path file) throws IOException {
        return state(file).touchpoints().stream()
                .flatMap(touchpoint -> touchpoint.cells().stream())
                .flatMap(cell -> cell.group().members().stream())
                .toList();
    }

    @Test
    void whatTheSnapshotRemembersStillWorks() {
        try (Touchstone touchstone = load()) {
            TouchpointEvent.Builder event = TouchpointEvent.builder("search");
            touchstone.record(event.id("event-7").build());
            assertThat(touchstone.health().dropped(DropReason.DUPLICATE)).isEqualTo(3);
            touchstone.record(event.id(null)
                    .customer(CustomerId.of("erased"))
                    .time(clock.instant().minus(Duration.ofDays(1)))
                    .build());
            assertThat(touchstone.health().dropped(DropReason.ERASED)).isEqualTo(2);
            long before = touchstone.customer(CustomerId.of("customer-2")).count();
            touchstone.record(TouchpointEvent.builder("search")
                    .customer(CustomerId.anonymous("guest-2"))
                    .build());
            assertThat(touchstone.customer(CustomerId.of("customer-2")).count())
                    .as("a guest's event goes to the customer")
                    .isEqualTo(before + 1);
        }
    }

    /** The bytes of the sections of a snapshot by number, one after the other where there are several. */
    private static Map<Integer, String> sections(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        bytes.position(Long.BYTES + Integer.BYTES);
        Map<Integer, String> sections = new TreeMap<>();
        while (bytes.hasRemaining()) {
            int section = bytes.getInt();
            byte[] content = new byte[bytes.getInt()];
            bytes.get(content);
            bytes.getInt(); // the checksum
            sections.merge(section, HexFormat.of().formatHex(content), (one, other) -> one + "\n" + other);
        }
        return sections;
    }

    private static Snapshot state(Path file) throws IOException {
        AtomicReference<Snapshot> state = new AtomicReference<>();
        SnapshotReader.read(file, ScoreModel.STANDARD, new SnapshotReader.Visitor() {
            @Override
            public void state(Snapshot snapshot) {
                state.set(snapshot);
            }
        });
        return state.get();
    }
}
