package dev.touchstone.settings;

import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.store.SnapshotDirectory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applies the settings of a configuration to a builder. {@link #all()} is the single list of settings: each has a name,
 * a type, a check and a call of the builder. Servlet parameters, Spring properties and command lines therefore accept
 * and reject the same values. Every invalid value is reported, not only the first. Not thread-safe.
 */
public final class InstanceSettings {

    /** Name of the instance in telemetry. */
    public static final Setting<String> NAME =
            new Setting<>("name", Function.identity(), (settings, value) -> settings.builder.name(value));

    /** Maximum number of customers. */
    public static final Setting<Long> MAXIMUM_CUSTOMERS = new Setting<>(
            "maximum-customers", SettingText::number, (settings, value) -> settings.builder.maximumCustomers(value));

    /** Maximum number of series. A series is one touchpoint in one channel. */
    public static final Setting<Integer> MAXIMUM_SERIES = new Setting<>(
            "maximum-series", SettingText::smallNumber, (settings, value) -> settings.builder.maximumSeries(value));

    /** How long after the last event a customer expires. */
    public static final Setting<Duration> RETENTION =
            new Setting<>("retention", SettingText::duration, (settings, value) -> settings.builder.retention(value));

    /** How long after the last event a customer is active. Active customers are evicted last. */
    public static final Setting<Duration> ACTIVE_FOR =
            new Setting<>("active-for", SettingText::duration, (settings, value) -> settings.builder.activeFor(value));

    /** Share of customers whose events are recorded. */
    public static final Setting<Double> SAMPLING_RATE = new Setting<>(
            "sampling-rate", SettingText::decimal, (settings, value) -> settings.builder.samplingRate(value));

    /** Whether the evidence of each customer is also accumulated without decay. */
    public static final Setting<Boolean> LIFETIME = new Setting<>("lifetime", SettingText::flag, (settings, value) -> {
        if (value) {
            settings.builder.lifetime();
        }
    });

    /** Whether the answers of customers are predicted. */
    public static final Setting<Boolean> PREDICTION =
            new Setting<>("prediction", SettingText::flag, (settings, value) -> {
                if (value) {
                    settings.builder.prediction();
                }
            });

    /** Number of customers below which an aggregate is a small group; 0 for none. */
    public static final Setting<Integer> MINIMUM_GROUP_SIZE =
            new Setting<>("minimum-group-size", SettingText::smallNumber, (settings, value) -> {
                if (value == 0) {
                    settings.builder.showSmallGroups();
                } else {
                    settings.builder.minimumGroupSize(value);
                }
            });

    /** File with the secret that turns customer ids into pseudonyms; see {@link #pseudonymKey}. */
    public static final Setting<Path> KEY_FILE =
            new Setting<>("key-file", SettingText::path, (settings, value) -> settings.keyFile = value);

    /** Files with former secrets. */
    public static final Setting<List<Path>> FORMER_KEY_FILES = new Setting<>(
            "former-key-files",
            SettingText::paths,
            (settings, value) ->
                    value.forEach(file -> settings.builder.formerPseudonymKey(PseudonymKey.fromFile(file))));

    /** Directory of the snapshots that survive a restart. */
    public static final Setting<Path> SNAPSHOT_DIRECTORY =
            new Setting<>("snapshot-directory", SettingText::path, (settings, value) -> settings.directory = value);

    /** How often to save a snapshot. */
    public static final Setting<Duration> SNAPSHOT_INTERVAL =
            new Setting<>("snapshot-interval", SettingText::duration, (settings, value) -> settings.interval = value);

    /** Whether to raise signals and open recovery cases. */
    public static final Setting<Boolean> CARE_ENABLED =
            new Setting<>("care.enabled", SettingText::flag, (settings, value) -> settings.care.enabled(value));

    /** Maximum time from the opening of a recovery case to its acknowledgment. */
    public static final Setting<Duration> CARE_ACKNOWLEDGE_WITHIN =
            ofCare("acknowledge-within", SettingText::duration, CareChoice::acknowledgeWithin);

    /** Maximum time between two updates to the customer. */
    public static final Setting<Duration> CARE_UPDATE_WITHIN =
            ofCare("update-within", SettingText::duration, CareChoice::updateWithin);

    /** Maximum time from the opening of a recovery case to its resolution. */
    public static final Setting<Duration> CARE_RESOLVE_WITHIN =
            ofCare("resolve-within", SettingText::duration, CareChoice::resolveWithin);

    /** Minimum time between two questions to a customer. */
    public static final Setting<Duration> CARE_QUIET_TIME =
            ofCare("quiet-time", SettingText::duration, CareChoice::quietTime);

    /** Maximum number of questions to a customer within a year. */
    public static final Setting<Integer> CARE_MAXIMUM_QUESTIONS =
            ofCare("maximum-questions", SettingText::smallNumber, CareChoice::maximumQuestions);

    /** Share of customers to ask each day. */
    public static final Setting<Double> CARE_ASKING_RATE =
            ofCare("asking-rate", SettingText::decimal, CareChoice::askingRate);

    /** Share of their spending that customers at risk would take away. Spending is recorded only if it is set. */
    public static final Setting<Double> CARE_ASSUMED_LOSS =
            ofCare("assumed-loss", SettingText::decimal, CareChoice::assumedLoss);

    /** URL to post signals to. */
    public static final Setting<URI> CARE_WEBHOOK_URL = ofCare("webhook.url", SettingText::address, CareChoice::url);

    /** File with the secret that signs the posts. */
    public static final Setting<Path> CARE_WEBHOOK_SECRET_FILE =
            ofCare("webhook.secret-file", SettingText::path, CareChoice::secretFile);

    /** Whether posted signals contain the pseudonym of the customer. */
    public static final Setting<Boolean> CARE_WEBHOOK_PSEUDONYMS =
            ofCare("webhook.pseudonyms", SettingText::flag, CareChoice::pseudonyms);

    private static final List<Setting<?>> ALL = List.of(
            NAME,
            MAXIMUM_CUSTOMERS,
            MAXIMUM_SERIES,
            RETENTION,
            ACTIVE_FOR,
            SAMPLING_RATE,
            LIFETIME,
            PREDICTION,
            MINIMUM_GROUP_SIZE,
            KEY_FILE,
            FORMER_KEY_FILES,
            SNAPSHOT_DIRECTORY,
            SNAPSHOT_INTERVAL,
            CARE_ENABLED,
            CARE_ACKNOWLEDGE_WITHIN,
            CARE_UPDATE_WITHIN,
            CARE_RESOLVE_WITHIN,
            CARE_QUIET_TIME,
            CARE_MAXIMUM_QUESTIONS,
            CARE_ASKING_RATE,
            CARE_ASSUMED_LOSS,
            CARE_WEBHOOK_URL,
            CARE_WEBHOOK_SECRET_FILE,
            CARE_WEBHOOK_PSEUDONYMS);

    private final TouchstoneBuilder builder;
    private final BiConsumer<String, String> problems;
    private final CareChoice care = new CareChoice();
    private @Nullable Path keyFile;
    private @Nullable Path directory;
    private @Nullable Duration interval;
    private boolean keyed;

    /**
     * Creates settings for a builder.
     *
     * @param problems receives the name of each setting with an invalid value, and the problem
     */
    public InstanceSettings(TouchstoneBuilder builder, BiConsumer<String, String> problems) {
        this.builder = builder;
        this.problems = problems;
    }

    /** Returns every setting. */
    public static List<Setting<?>> all() {
        return ALL;
    }

    /**
     * Returns the key in a file or, if there is no file, in the environment variable
     * {@value PseudonymKey#ENVIRONMENT_VARIABLE}; empty if there is neither.
     *
     * @throws IllegalArgumentException if the file or the variable contains no valid key
     */
    public static Optional<PseudonymKey> pseudonymKey(@Nullable Path file) {
        return file == null ? PseudonymKey.fromEnvironment() : Optional.of(PseudonymKey.fromFile(file));
    }

    /** Sets a value, unless it is null. */
    public <T> InstanceSettings set(Setting<T> setting, @Nullable T value) {
        if (value != null) {
            attempt(setting, () -> setting.call.accept(this, value));
        }
        return this;
    }

    /** Parses and sets a value, unless the text is null. */
    public <T> InstanceSettings parse(Setting<T> setting, @Nullable String text) {
        if (text != null) {
            attempt(setting, () -> setting.call.accept(this, setting.parser.apply(text.strip())));
        }
        return this;
    }

    /** Applies the settings that depend on each other to the builder: the key, the store and care. Call it last. */
    public void complete() {
        attempt(
                KEY_FILE,
                () -> pseudonymKey(keyFile).ifPresent(key -> {
                    builder.pseudonymKey(key);
                    keyed = true;
                }));
        // the interval is checked even if there is no directory
        Path place = directory == null ? Path.of("") : directory;
        attempt(SNAPSHOT_INTERVAL, () -> {
            SnapshotDirectory snapshots = SnapshotDirectory.at(place);
            SnapshotDirectory store = interval == null ? snapshots : snapshots.every(interval);
            if (directory != null) {
                builder.store(store);
            }
        });
        attempt(CARE_ENABLED, care::checkSwitch);
        if (care.isOn()) { // otherwise the secret need not exist
            care.applyTo(builder);
            attempt(CARE_WEBHOOK_URL, care::checkUrl);
            attempt(CARE_WEBHOOK_SECRET_FILE, () -> care.addWebhookTo(builder));
            attempt(CARE_WEBHOOK_PSEUDONYMS, care::checkPseudonyms);
        }
    }

    /**
     * Reports a snapshot directory without a key, for configurations that are not completed in code. Without this
     * check, the builder throws when the instance is built.
     */
    public void requireKeyForSnapshots() {
        if (directory != null && !keyed) {
            problems.accept(
                    SNAPSHOT_DIRECTORY.name,
                    "needs a pseudonym key that is the same after a restart; set " + KEY_FILE.name
                            + " or the environment" + " variable " + PseudonymKey.ENVIRONMENT_VARIABLE + ": "
                            + PseudonymKey.HOW_TO_MAKE_ONE);
        }
    }

    private static <T> Setting<T> ofCare(String name, Function<String, T> parser, BiConsumer<CareChoice, T> call) {
        String full = "care." + name;
        return new Setting<>(full, parser, (settings, value) -> {
            settings.care.given(full);
            call.accept(settings.care, value);
        });
    }

    private void attempt(Setting<?> setting, Runnable call) {
        try {
            call.run();
        } catch (IllegalArgumentException e) {
            problems.accept(setting.name, String.valueOf(e.getMessage()));
        }
    }

    /**
     * A setting of an instance. Immutable.
     *
     * @param <T> the type of its values
     */
    public static final class Setting<T> {

        private final String name;
        private final Function<String, T> parser;
        private final BiConsumer<InstanceSettings, T> call;

        private Setting(String name, Function<String, T> parser, BiConsumer<InstanceSettings, T> call) {
            this.name = name;
            this.parser = parser;
            this.call = call;
        }

        /** Returns the name, such as {@code maximum-customers}. */
        public String name() {
            return name;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
