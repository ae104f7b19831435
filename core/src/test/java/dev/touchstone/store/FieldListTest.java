package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.internal.Fields;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.scoring.internal.HalfLife;
import dev.touchstone.scoring.internal.JourneyProgress;
import dev.touchstone.scoring.internal.Pace;
import dev.touchstone.scoring.internal.Windows;
import dev.touchstone.state.internal.CustomerCodec;
import dev.touchstone.state.internal.FieldReader;
import dev.touchstone.state.internal.FieldWriter;
import dev.touchstone.state.internal.Input;
import dev.touchstone.state.internal.Output;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.state.internal.Snapshot.Customer;
import dev.touchstone.state.internal.Snapshot.Customers;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Every field of a stateful value is in the list that the value has: changing the field changes the export and the bytes in
 * a snapshot, a later copy and the value that is read back have the change, and an earlier copy does not. A field that is
 * added and not listed fails here. Records need no such test, since their constructor takes every field.
 */
class FieldListTest {

    /**
     * Half-lives belong to the model. The total of an effort is computed from its units. An ending that waits for its
     * opening, what a journey has passed, its place in the funnel and the touchpoints that a customer visited have sections of their own in
     * snapshots (ADR 0070, 0102, 0105 and 0107).
     */
    private static final Set<String> NOT_STATE = Set.of(
            "halfLife", "nowHalfLife", "baselineHalfLife", "total", "ending", "passed", "place", "at", "visited");

    private final List<Customer> customers = new ArrayList<>();
    private final List<Snapshot> states = new ArrayList<>();

    FieldListTest() throws IOException {
        SnapshotReader.read(
                OldSnapshotTest.path("old-snapshot.touchstone"), ScoreModel.STANDARD, new SnapshotReader.Visitor() {
                    @Override
                    public void customers(Customers read) {
                        customers.addAll(read.customers());
                    }

                    @Override
                    public void state(Snapshot read) {
                        states.add(read);
                    }
                });
    }

    @Test
    void everyFieldOfACustomerIsListed() throws ReflectiveOperationException {
        CustomerState state = customers.stream()
                .map(Customer::state)
                .filter(each -> each.journeys().size() == 2 && each.lifetime().isPresent())
                .filter(each -> !Fields.export(each::fields).containsValue(null))
                .findFirst()
                .orElseThrow();
        Set<String> changed = changeEach(
                state, CustomerState::fields, CustomerState::copy, FieldListTest::bytes, FieldListTest::throughBytes);
        assertThat(changed)
                .contains(
                        "CustomerState.lastArrivalMs",
                        "CustomerState.verdicts",
                        "Evidence.count",
                        "Habit.epoch",
                        "JourneyProgress.lastImportance",
                        "JourneyProgress.worst",
                        "Effort.units");
    }

    @Test
    void everyFieldOfACustomerIsTakenOver() throws ReflectiveOperationException {
        CustomerState state = customers.stream()
                .map(Customer::state)
                .filter(each -> !each.journeys().isEmpty() && each.lifetime().isPresent())
                .filter(each -> !Fields.export(each::fields).containsValue(null))
                .findFirst()
                .orElseThrow()
                .copy();
        state.visit(5);
        Field ending = CustomerState.class.getDeclaredField("ending");
        ending.setAccessible(true);
        ending.set(state, state.journeys().get(0));
        CustomerState taken = CustomerState.blank(ScoreModel.STANDARD);
        List<Field> all = instanceFields(CustomerState.class);
        for (Field field : all) {
            assertThat(valueOf(field, taken)).as(field.getName() + " before").isNotEqualTo(valueOf(field, state));
        }
        taken.takeOver(state);
        for (Field field : all) {
            assertThat(valueOf(field, taken)).as(field.getName()).isEqualTo(valueOf(field, state));
        }
    }

    private static Object valueOf(Field field, Object owner) throws ReflectiveOperationException {
        field.setAccessible(true);
        return field.get(owner);
    }

    @Test
    void everyFieldOfAPaceIsListed() throws ReflectiveOperationException {
        Pace pace = states.get(0).touchpoints().get(0).pace();
        assertThat(changeEach(
                        pace,
                        Pace::fields,
                        Pace::copy,
                        each -> bytes(each, Pace::fields),
                        each -> new Pace(HalfLife.NONE).fields(reader(bytes(each, Pace::fields)))))
                .containsExactly("Pace.epoch", "Pace.sums");
    }

    @Test
    void everyFieldOfWindowsIsListed() throws ReflectiveOperationException {
        Windows windows = states.get(0).touchpoints().get(0).cells().get(0).windows();
        assertThat(changeEach(
                        windows,
                        Windows::fields,
                        Windows::copy,
                        each -> bytes(each, Windows::fields),
                        each -> each.empty().fields(reader(bytes(each, Windows::fields)))))
                .containsExactly("Evidence.count", "Evidence.epoch", "Evidence.sums");
    }

    @Test
    void openJourneyThatCannotBeClosedIsNotRestored() throws ReflectiveOperationException {
        CustomerState state = customers.stream()
                .map(Customer::state)
                .filter(each -> !each.journeys().isEmpty())
                .findFirst()
                .orElseThrow();
        JourneyProgress journey = state.journeys().get(0);
        assertThat(throughBytes(state).journeys()).isNotEmpty();
        Field importance = JourneyProgress.class.getDeclaredField("lastImportance");
        importance.setAccessible(true);
        double before = importance.getDouble(journey);
        importance.setDouble(journey, 0);
        assertThatThrownBy(() -> throughBytes(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lastImportance 0.0");
        importance.setDouble(journey, before);
        Field losses = JourneyProgress.class.getDeclaredField("worst");
        losses.setAccessible(true);
        for (double impossible : new double[] {-0.5, 1.5}) {
            ((double[]) losses.get(journey))[1] = impossible;
            assertThatThrownBy(() -> throughBytes(state))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("worstLosses");
        }
    }

    private static byte[] bytes(CustomerState state) {
        Output output = new Output();
        CustomerCodec.write(new Customer(new CustomerKey(1, 2), 3, 4, state, false, null, null, null), output);
        return written(output);
    }

    private static CustomerState throughBytes(CustomerState state) {
        Input input = new Input(ByteBuffer.wrap(bytes(state)));
        return CustomerCodec.read(new CustomerKey(1, 2), ScoreModel.STANDARD, input)
                .state();
    }

    private static <T> byte[] bytes(T value, Fields.Listing<T> fields) {
        Output output = new Output();
        fields.visit(value, new FieldWriter(output));
        return written(output);
    }

    private static FieldReader reader(byte[] bytes) {
        return new FieldReader(new Input(ByteBuffer.wrap(bytes)));
    }

    private static byte[] written(Output output) {
        byte[] bytes = new byte[output.size()];
        output.written().get(bytes);
        return bytes;
    }

    /** Changes each field below a value, checks what becomes of the change, and returns the names of all fields changed. */
    private static <T> Set<String> changeEach(
            T root,
            Fields.Listing<T> fields,
            UnaryOperator<T> copy,
            Function<T, byte[]> bytes,
            UnaryOperator<T> throughBytes)
            throws ReflectiveOperationException {
        Function<T, Map<String, Object>> export = value -> Fields.export(each -> fields.visit(value, each));
        Map<String, Object> before = export.apply(root);
        String bytesBefore = HexFormat.of().formatHex(bytes.apply(root));
        T copyBefore = copy.apply(root);
        Set<String> changed = new TreeSet<>();
        changeEach(root, name -> {
            changed.add(name);
            Map<String, Object> after = export.apply(root);
            assertThat(after).as("export after a change of " + name).isNotEqualTo(before);
            assertThat(export.apply(copy.apply(root))).as("copy of " + name).isEqualTo(after);
            if (!name.startsWith("Effort.")) { // immutable, so that copies share it
                assertThat(export.apply(copyBefore))
                        .as("copy before a change of " + name)
                        .isEqualTo(before);
            }
            assertThat(HexFormat.of().formatHex(bytes.apply(root)))
                    .as("bytes after a change of " + name)
                    .isNotEqualTo(bytesBefore);
            assertThat(HexFormat.of().formatHex(bytes.apply(throughBytes.apply(root))))
                    .as("bytes of what is read back, with " + name)
                    .isEqualTo(HexFormat.of().formatHex(bytes.apply(root)));
        });
        return changed;
    }

    private static void changeEach(Object value, Consumer<String> check) throws ReflectiveOperationException {
        for (Field field : instanceFields(value.getClass())) {
            if (NOT_STATE.contains(field.getName())
                    || (field.getName().equals("epoch") && isUndecayed(field.getDeclaringClass(), value))) {
                continue;
            }
            field.setAccessible(true);
            change(value, field, check);
        }
    }

    /** Returns the fields of each instance of a class, inherited ones included. */
    private static List<Field> instanceFields(Class<?> subclass) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> type = subclass; type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    fields.add(field);
                }
            }
        }
        return fields;
    }

    /** Returns whether nothing decays, so that there is only one epoch. */
    private static boolean isUndecayed(Class<?> type, Object sums) throws ReflectiveOperationException {
        Field halfLife = type.getDeclaredField("halfLife");
        halfLife.setAccessible(true);
        return halfLife.get(sums) == HalfLife.NONE;
    }

    private static void change(Object owner, Field field, Consumer<String> check) throws ReflectiveOperationException {
        String name = owner.getClass().getSimpleName() + "." + field.getName();
        Object before = field.get(owner);
        assertThat(before).as(name + " in the sample").isNotNull();
        if (before instanceof List<?> list) {
            assertThat(list).as(name + " in the sample").isNotEmpty();
            changeEach(list.get(0), check);
        } else if (before instanceof double[] numbers) {
            double first = numbers[0];
            numbers[0] = first + 0x1p-10; // losses are 1 at most
            check.accept(name);
            numbers[0] = first;
        } else if (before.getClass().isRecord()) {
            return;
        } else if (changed(before) != null) {
            field.set(owner, changed(before));
            check.accept(name);
            field.set(owner, before);
        } else {
            changeEach(before, check);
        }
    }

    /** Returns another value of the same type that is valid too; null for a value with fields of its own. */
    private static Object changed(Object value) {
        if (value instanceof Boolean flag) {
            return !flag;
        } else if (value instanceof Long number) {
            return number + 1;
        } else if (value instanceof Integer number) {
            return number ^ 1;
        } else if (value instanceof Double number) {
            return number + 0.5;
        } else if (value instanceof String text) {
            return text + "x";
        } else if (value instanceof Channel) {
            return Channel.of("other");
        } else if (value instanceof Enum<?> constant) {
            Object[] constants = constant.getDeclaringClass().getEnumConstants();
            return constants[(constant.ordinal() + 1) % constants.length];
        }
        return null;
    }
}
