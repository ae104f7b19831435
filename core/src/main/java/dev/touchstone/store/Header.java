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
 * Under what a snapshot was made.
 *
 * @param model the id and digits of the model
 * @param keyIds the ids of the keys under which its customers are kept
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

    /** Refuses a snapshot that was made under another model or under a key that is not at hand. */
    void check(EngineState held, Path file) {
        if (!model.equals(held.model())) {
            throw new StoreException(file + " was made under the model \"" + model + "\", and this is \"" + held.model()
                    + "\": scores of two models cannot be added. Go back to that model, or move the snapshots away to"
                    + " begin anew");
        }
        Set<String> missing = new TreeSet<>(keyIds);
        missing.removeAll(held.keyIds());
        if (!missing.isEmpty()) {
            throw new StoreException(file + " was made under the pseudonym key " + String.join(", ", missing)
                    + ", and the key in use is " + held.keyId()
                    + ". Use that key again, or hand it over as a former key"
                    + " (formerPseudonymKey) so that what is kept under it can expire, or move the snapshots away to"
                    + " begin anew");
        }
    }
}
