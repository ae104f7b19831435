package dev.touchstone.spring;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Stage;
import dev.touchstone.http.PageContent;
import dev.touchstone.http.PageLinks;
import dev.touchstone.settings.InstanceSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.convert.DurationUnit;

/**
 * Settings of the application's instance.
 *
 * @param enabled Whether events are recorded. If false, touchpoints and injected instances do nothing.
 * @param name Name of this instance in telemetry: 1 to 64 letters, digits, '.', '_' or '-'.
 * @param catalog Location of the catalog file. By default, classpath:touchstone.json if it exists.
 * @param maximumCustomers Maximum number of customers in memory, at least 1.
 * @param maximumSeries Maximum number of combinations of touchpoint and channel, 1 to 100000.
 * @param retention How long a customer is retained after the last event, at most 400 days.
 * @param activeFor How long a customer counts as active after the last event. Inactive customers are evicted first.
 * @param samplingRate Share of customers whose events are recorded, greater than 0 and at most 1.
 * @param lifetime Whether to also store each customer's evidence without decay.
 * @param prediction Whether to predict the answers that customers would give.
 * @param keyFile File with the secret that turns customer ids into pseudonyms, of mode 0400 and at least 32 bytes.
 *     By default, the environment variable TOUCHSTONE_PSEUDONYM_KEY, otherwise a random secret for the process.
 * @param formerKeyFiles Files with former secrets. Customers stored under a former secret can still be erased and
 *     exported until they expire.
 * @param snapshotDirectory Directory of snapshots. If not set, a restart loses all scores. Requires a secret.
 * @param snapshotInterval How often a snapshot is saved: one second to six hours.
 * @param minimumGroupSize Minimum number of customers in an aggregate on pages: 5 to 10, or 0 for no minimum.
 *     Smaller aggregates are withheld.
 * @param undeclaredEndpoints Whether to record requests to endpoints without a touchpoint, named after their method
 *     and the pattern of their mapping.
 * @param excludeAutomated Whether to exclude requests of health checks and known bots, recognized by their user
 *     agents.
 * @param sessionGuests Whether a request without an authenticated user belongs to a guest, identified by the servlet
 *     container's session. A guest who logs in keeps their history.
 * @param globalPrivacyControl Whether a request with the header "Sec-GPC: 1" counts for its touchpoint only, and not
 *     for its customer.
 * @param care Signals about customers, touchpoints and journeys, and recovery cases.
 * @param page Page that shows the scores.
 * @param touchpoints Touchpoints. The catalog file takes precedence over them; they take precedence over
 *     annotations.
 * @param journeys Journeys. The catalog file takes precedence over them.
 */
@ConfigurationProperties("touchstone")
record TouchstoneProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("touchstone") String name,
        @Nullable String catalog,
        @DefaultValue("100000") long maximumCustomers,
        @DefaultValue("1000") int maximumSeries,
        @DefaultValue("180d") @DurationUnit(ChronoUnit.DAYS) Duration retention,

        @DefaultValue("30m") @DurationUnit(ChronoUnit.MINUTES)
        Duration activeFor,

        @DefaultValue("1") double samplingRate,
        @DefaultValue("false") boolean lifetime,
        @DefaultValue("false") boolean prediction,
        @Nullable Path keyFile,
        @DefaultValue List<Path> formerKeyFiles,
        @Nullable Path snapshotDirectory,
        @DefaultValue("5m") Duration snapshotInterval,
        @DefaultValue("10") int minimumGroupSize,
        @DefaultValue("true") boolean undeclaredEndpoints,
        @DefaultValue("true") boolean excludeAutomated,
        @DefaultValue("false") boolean sessionGuests,
        @DefaultValue("false") boolean globalPrivacyControl,
        @DefaultValue Care care,
        @DefaultValue Page page,
        @DefaultValue List<Touchpoint> touchpoints,
        @DefaultValue List<Journey> journeys) {

    /** Applies the valid settings and returns the problems of the others. */
    List<String> applyTo(TouchstoneBuilder builder) {
        List<String> problems = new ArrayList<>();
        InstanceSettings settings = new InstanceSettings(
                builder, (setting, message) -> problems.add("touchstone." + setting + ": " + message));
        applyRulesTo(settings);
        settings.set(InstanceSettings.NAME, name)
                .set(InstanceSettings.MAXIMUM_CUSTOMERS, maximumCustomers)
                .set(InstanceSettings.ACTIVE_FOR, activeFor)
                .set(InstanceSettings.KEY_FILE, keyFile)
                .set(InstanceSettings.FORMER_KEY_FILES, formerKeyFiles)
                .set(InstanceSettings.SNAPSHOT_DIRECTORY, snapshotDirectory)
                .set(InstanceSettings.SNAPSHOT_INTERVAL, snapshotInterval);
        care.webhook.applyTo(settings);
        settings.complete();
        try {
            PageContent.checkedPath(page.path());
        } catch (IllegalArgumentException e) {
            problems.add("touchstone.page.path: " + e.getMessage());
        }
        page.links().forEach((link, template) -> {
            try {
                PageLinks.checked(link, template);
            } catch (IllegalArgumentException e) {
                problems.add("touchstone.page.links." + link + ": " + e.getMessage());
            }
        });
        return problems;
    }

    /**
     * Returns a builder of instances with the same scores, without settings of one process: name, keys, snapshots and the
     * webhook. The properties are already validated.
     */
    TouchstoneBuilder scoring() {
        TouchstoneBuilder builder = Touchstone.builder();
        InstanceSettings settings = new InstanceSettings(builder, (setting, message) -> {
            throw new IllegalArgumentException("touchstone." + setting + ": " + message);
        });
        applyRulesTo(settings);
        settings.complete();
        return builder;
    }

    private void applyRulesTo(InstanceSettings settings) {
        settings.set(InstanceSettings.MAXIMUM_SERIES, maximumSeries)
                .set(InstanceSettings.RETENTION, retention)
                .set(InstanceSettings.SAMPLING_RATE, samplingRate)
                .set(InstanceSettings.LIFETIME, lifetime)
                .set(InstanceSettings.PREDICTION, prediction)
                .set(InstanceSettings.MINIMUM_GROUP_SIZE, minimumGroupSize);
        care.applyTo(settings);
    }

    /** Returns the touchpoints and journeys, to be validated with all other declarations. */
    Catalog.Builder declared() {
        Catalog.Builder catalogBuilder = Catalog.builder("touchstone");
        for (int i = 0; i < touchpoints.size(); i++) {
            touchpoints.get(i).declare("touchstone.touchpoints[" + i + "]", catalogBuilder);
        }
        for (int i = 0; i < journeys.size(); i++) {
            journeys.get(i).declare("touchstone.journeys[" + i + "]", catalogBuilder);
        }
        return catalogBuilder;
    }

    /**
     * Signals and recovery cases.
     *
     * @param enabled Whether to raise signals and record recovery cases. False by default. Must be set if another
     *     property of care is set.
     * @param acknowledgeWithin Maximum time from the opening of a recovery case to its acknowledgment. 1 hour by default.
     * @param updateWithin Maximum time between two updates for the customer. 24 hours by default.
     * @param resolveWithin Maximum time from the opening of a recovery case to its resolution. 5 days by default.
     * @param quietTime Minimum time between two questions to a customer, at most 365 days. 7 days by default.
     * @param maximumQuestions Maximum number of questions to a customer within 365 days, 0 to 64. 12 by default.
     * @param askingRate Share of customers to ask each day, greater than 0 and at most 1. 1 by default.
     * @param assumedLoss Share of their spending that customers at risk are assumed to withdraw, 0 to 1. Spending is
     *     stored only if set.
     * @param webhook Webhook for signals.
     */
    record Care(
            @Nullable Boolean enabled,
            @Nullable Duration acknowledgeWithin,
            @Nullable Duration updateWithin,
            @Nullable Duration resolveWithin,
            @Nullable Duration quietTime,
            @Nullable Integer maximumQuestions,
            @Nullable Double askingRate,
            @Nullable Double assumedLoss,
            @DefaultValue Webhook webhook) {

        private void applyTo(InstanceSettings settings) {
            settings.set(InstanceSettings.CARE_ENABLED, enabled)
                    .set(InstanceSettings.CARE_ACKNOWLEDGE_WITHIN, acknowledgeWithin)
                    .set(InstanceSettings.CARE_UPDATE_WITHIN, updateWithin)
                    .set(InstanceSettings.CARE_RESOLVE_WITHIN, resolveWithin)
                    .set(InstanceSettings.CARE_QUIET_TIME, quietTime)
                    .set(InstanceSettings.CARE_MAXIMUM_QUESTIONS, maximumQuestions)
                    .set(InstanceSettings.CARE_ASKING_RATE, askingRate)
                    .set(InstanceSettings.CARE_ASSUMED_LOSS, assumedLoss);
        }
    }

    /**
     * Webhook for signals.
     *
     * @param url HTTP or HTTPS URL to which each signal is posted.
     * @param secretFile File with the secret that signs posts, at least 16 characters. Only its owner may have
     *     access.
     * @param pseudonyms Whether posted signals contain the customer's pseudonym. False by default.
     */
    record Webhook(
            @Nullable String url,
            @Nullable Path secretFile,
            @Nullable Boolean pseudonyms) {

        private void applyTo(InstanceSettings settings) {
            settings.parse(InstanceSettings.CARE_WEBHOOK_URL, url)
                    .set(InstanceSettings.CARE_WEBHOOK_SECRET_FILE, secretFile)
                    .set(InstanceSettings.CARE_WEBHOOK_PSEUDONYMS, pseudonyms);
        }
    }

    /**
     * Page that shows the scores.
     *
     * @param enabled Whether to serve the page.
     * @param path Path of the page, on the management port if there is one: segments of letters, digits, '.', '_',
     *     '~' or '-'.
     * @param links Links from a touchpoint to other tools, by name: HTTP or HTTPS URLs with {touchpoint}, {from},
     *     {to}, {fromTime} and {toTime}.
     */
    record Page(
            @DefaultValue("false") boolean enabled,
            @DefaultValue(PageContent.DEFAULT_PATH) String path,
            @DefaultValue Map<String, String> links) {

        /** Returns the validated links. */
        PageLinks pageLinks() {
            return PageLinks.of(links);
        }
    }

    /**
     * Touchpoint.
     *
     * @param name Name: 1 to 100 letters, digits, '.', '_' or '-'.
     * @param title Title for people.
     * @param stage Stage of the customer's relationship.
     * @param channel Channel of events without a channel.
     * @param journey Journey of the touchpoint.
     * @param owner Team or person responsible for the touchpoint.
     * @param target Target duration, at most 400 days.
     * @param importance Weight relative to other touchpoints, 0.1 to 10. 1 by default.
     * @param objective Target share of events that are not missed, greater than 0 and less than 1. 0.95 by default.
     * @param contact Whether customers ask for help here. A return after 30 minutes and within seven days is then a repeated
     *     contact.
     */
    record Touchpoint(
            @DefaultValue("") String name,
            @Nullable String title,
            @Nullable Stage stage,
            @Nullable String channel,
            @Nullable String journey,
            @Nullable String owner,
            @Nullable Duration target,
            @Nullable Double importance,
            @Nullable Double objective,
            @Nullable Boolean contact) {

        private void declare(String place, Catalog.Builder catalog) {
            catalog.touchpointAt(
                    place,
                    name,
                    draft -> draft.title(title)
                            .stage(stage)
                            .channel(channel)
                            .journey(journey)
                            .owner(owner)
                            .target(target)
                            .importance(importance)
                            .objective(objective)
                            .supportContact(contact));
        }
    }

    /**
     * Journey.
     *
     * @param name Name: 1 to 100 letters, digits, '.', '_' or '-'.
     * @param steps Number of events of the shortest path, at least 1.
     * @param timeout How long after its last event the journey counts as abandoned, at most 400 days. 30 minutes by
     *     default.
     * @param ends Touchpoints that complete the journey.
     */
    record Journey(
            @DefaultValue("") String name,
            @Nullable Integer steps,
            @Nullable Duration timeout,
            @Nullable List<String> ends) {

        private void declare(String place, Catalog.Builder catalog) {
            catalog.journeyAt(
                    place, name, draft -> draft.steps(steps).timeout(timeout).ends(ends));
        }
    }
}
