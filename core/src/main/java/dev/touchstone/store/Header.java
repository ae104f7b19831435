package dev.touchstone.store;

import dev.touchstone.state.EngineState;
import dev.touchstone.state.StoreException;
import dev.touchstone.state.internal.Input;
import dev.touchstone.state.internal.Output;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The model and the keys of a snapshot.
 *
 * @param model the id and digits of the model
 * @param keyIds the ids of the pseudonym keys of its customers
 */
record Header(String model, List<String> keyIds) {

    static Header of(EngineState held) {
        return new Header(held.model(), List.copyOf(new TreeSet<>(held.keyIds())));
    }

    void write(Output output) {
        output.putText(model);
        output.putCount(keyIds.size());
        keyIds.forEach(output::putText);
    }

    static Header read(Input input) {
        String model = input.getText();
        List<String> keyIds = new ArrayList<>();
        for (int left = input.getSize(1); left > 0; left--) {
            keyIds.add(input.getText());
        }
        input.end();
        return new Header(model, keyIds);
    }

    /** Rejects a snapshot with another model or a missing key. */
    void check(EngineState held, Path file) {
        if (!model.equals(held.model())) {
            throw new StoreException(file + " has the model \"" + model + "\"; expected \"" + held.model()
                    + "\", since scores of two models cannot be added. Use the former model again, or move the"
                    + " snapshots away to start afresh");
        }
        Set<String> missing = new TreeSet<>(keyIds);
        missing.removeAll(held.keyIds());
        if (!missing.isEmpty()) {
            throw new StoreException(file + " was made under the pseudonym key " + String.join(", ", missing)
                    + "; the current key is " + held.keyId()
                    + ". Use the former key again, or configure it as a former key"
                    + " (formerPseudonymKey) until its customers expire, or move the snapshots"
                    + " away to start afresh");
        }
    }
}
