package dev.touchstone.settings;

import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.care.CareSettings;
import dev.touchstone.care.RecoveryCase.Deadlines;
import dev.touchstone.webhook.SignalWebhook;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Collects the settings of care and the webhook until it is known whether care is on. Each method throws
 * {@code IllegalArgumentException} if it cannot use the value. Not thread-safe.
 */
final class CareChoice {

    private @Nullable Boolean enabled;
    private @Nullable String needsCare;
    private CareSettings care = CareSettings.usual();
    private @Nullable URI url;
    private @Nullable Path secretFile;
    private boolean pseudonyms;

    void enabled(boolean on) {
        enabled = on;
    }

    /** Notes that a setting was given that has no effect without care. */
    void given(String setting) {
        if (needsCare == null) {
            needsCare = setting;
        }
    }

    void acknowledgeWithin(Duration time) {
        Deadlines usual = deadlines();
        care = care.deadlines(new Deadlines(time, usual.silence(), usual.resolution()));
    }

    void updateWithin(Duration time) {
        Deadlines usual = deadlines();
        care = care.deadlines(new Deadlines(usual.acknowledgment(), time, usual.resolution()));
    }

    void resolveWithin(Duration time) {
        Deadlines usual = deadlines();
        care = care.deadlines(new Deadlines(usual.acknowledgment(), usual.silence(), time));
    }

    private Deadlines deadlines() {
        return care.deadlinesOf(null);
    }

    void quietTime(Duration time) {
        care = care.quietTime(time);
    }

    void maximumQuestions(int perYear) {
        care = care.maximumPerYear(perYear);
    }

    void askingRate(double share) {
        care = care.askingRate(share);
    }

    void assumedLoss(double share) {
        care = care.assumedLoss(share);
    }

    void url(URI address) {
        SignalWebhook.checkedUrl(address);
        url = address;
    }

    void secretFile(Path file) {
        secretFile = file;
    }

    void pseudonyms(boolean include) {
        pseudonyms = include;
    }

    /** Returns whether care is on. */
    boolean isOn() {
        return Boolean.TRUE.equals(enabled);
    }

    /** Switches care on. */
    void applyTo(TouchstoneBuilder builder) {
        builder.care(care);
    }

    /** Checks that settings that need care are not given while care is not set. */
    void checkSwitch() {
        if (enabled == null && needsCare != null) {
            throw new IllegalArgumentException("is not set, but " + needsCare
                    + " needs it; set it to true, or to false to ignore all settings of care");
        }
    }

    /** Checks that a webhook with a URL has a secret. */
    void checkUrl() {
        if (url != null && secretFile == null) {
            throw new IllegalArgumentException("needs a secret; set " + InstanceSettings.CARE_WEBHOOK_SECRET_FILE
                    + " to a file with at least " + SignalWebhook.MIN_SECRET + " characters");
        }
    }

    /** Adds the webhook, if there is a secret for one. */
    void addWebhookTo(TouchstoneBuilder builder) {
        if (secretFile == null) {
            return;
        }
        String secret = SecretFile.read(secretFile, SignalWebhook.MIN_SECRET);
        if (url == null) {
            throw unused();
        }
        SignalWebhook.Builder webhook = SignalWebhook.to(url, secret);
        builder.signalListener((pseudonyms ? webhook.includePseudonyms() : webhook).build());
    }

    /** Checks that pseudonyms are requested only for an existing webhook. */
    void checkPseudonyms() {
        if (pseudonyms && url == null) {
            throw unused();
        }
    }

    private static IllegalArgumentException unused() {
        return new IllegalArgumentException("needs a webhook; set a valid " + InstanceSettings.CARE_WEBHOOK_URL);
    }
}
