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
 * What an application sets of its instance.
 *
 * @param enabled Whether anything is recorded. If not, touchpoints and injected instances do nothing.
 * @param name Name that tells this instance from others in telemetry: 1 to 64 letters, digits, '.', '_' or '-'.
 * @param catalog Location of the catalog file. If not set, classpath:touchstone.json is read if there is one.
 * @param maximumCustomers How many customers are held at most; at least 1.
 * @param maximumSeries How many touchpoints times channels are kept apart at most, 1 to 100000.
 * @param retention How long after the last event a customer is forgotten; at most 400 days.
 * @param activeFor How long after the last event a customer is active and is not evicted before those who are not.
 * @param samplingRate For which share of the customers events are counted: more than 0, at most 1.
 * @param lifetime Whether each customer's evidence is also kept without decay.
 * @param prediction Whether it is predicted what each customer would answer.
 * @param keyFile File with the secret under which customers become pseudonyms, of mode 0400 and at least 32 bytes. If not
 *     set, the environment variable TOUCHSTONE_PSEUDONYM_KEY is used, or a random secret for the process.
 * @param formerKeyFiles Files with secrets that were in use before. What is kept under them expires, is erased and
 *     exported.
 * @param snapshotDirectory Directory in which what is known is kept over a restart. Nothing is kept if not set.
 * @param snapshotInterval How often a snapshot is saved: one second to six hours.
 * @param minimumGroupSize Below how many customers an aggregate is withheld on pages: 5 to 10, or 0 for never.
 * @param undeclaredEndpoints Whether requests to endpoints without a touchpoint are recorded, under their method and the
 *     pattern to which they are mapped.
 * @param excludeAutomated Whether requests of health checks and known bots, recognized by their user agents, are not
 *     recorded.
 * @param sessionGuests Whether somebody who is not logged in is told from others by the session of the servlet
 *     container, as a guest who becomes the customer who logs in.
 * @param globalPrivacyControl Whether a request with the header "Sec-GPC: 1" counts for its touchpoint only and not for
 *     its customer.
 * @param care Signals about customers, touchpoints and journeys, and recovery cases.
 * @param page The page that shows how the customers are doing.
 * @param touchpoints Touchpoints, weaker than those of the catalog file and stronger than annotations.
 * @param journeys Journeys, weaker than those of the catalog file.
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

    /** Sets what is valid and returns what is not. */
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
     * Returns a builder of instances that score as this one does, without what belongs to one process: name, keys, snapshots, and
     * where signals are posted. The properties were checked.
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

    /** Returns the touchpoints and journeys, to be checked with everything else that is declared. */
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
     * What is done about customers.
     *
     * @param enabled Whether signals are raised and recovery cases kept; false if not set. Has to be set if anything else of
     *     care is.
     * @param acknowledgeWithin How long after its opening a recovery case has to be acknowledged; 1 hour if not set.
     * @param updateWithin How long after an update the customer has to hear something again; 24 hours if not set.
     * @param resolveWithin How long after its opening a recovery case has to be resolved; 5 days if not set.
     * @param quietTime How long after a question a customer is not asked another one; 7 days if not set, at most 365 days.
     * @param maximumQuestions How often a customer is asked within 365 days at most, 0 to 64; 12 if not set.
     * @param askingRate Which share of the customers is to be asked each day: more than 0, at most 1; 1 if not set.
     * @param assumedLoss Which share of what they spend customers at risk are assumed to take away, 0 to 1. What customers spend
     *     is kept only if it is set.
     * @param webhook Where signals are posted.
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
     * A program that receives signals.
     *
     * @param url Address to which each signal is posted, http or https.
     * @param secretFile File with the secret under which posts are signed, at least 16 characters; only its owner may have
     *     access.
     * @param pseudonyms Whether posted signals have the pseudonym of the customer; false if not set.
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
     * The page.
     *
     * @param enabled Whether there is a page that shows how the customers are doing.
     * @param path Where the page is, on the management port where there is one: folders of letters, digits, '.', '_',
     *     '~' or '-'.
     * @param links Links from a touchpoint to other programs, by name: http or https URLs with {touchpoint}, {from}, {to},
     *     {fromTime} and {toTime}.
     */
    record Page(
            @DefaultValue("false") boolean enabled,
            @DefaultValue(PageContent.DEFAULT_PATH) String path,
            @DefaultValue Map<String, String> links) {

        /** Returns the links, which were checked. */
        PageLinks pageLinks() {
            return PageLinks.of(links);
        }
    }

    /**
     * A touchpoint.
     *
     * @param name Name: 1 to 100 letters, digits, '.', '_' or '-'.
     * @param title Title for people.
     * @param stage Stage of the customer's relationship.
     * @param channel Channel of events that name none.
     * @param journey Journey to which the touchpoint belongs.
     * @param owner Who is responsible.
     * @param target How long it should take; at most 400 days.
     * @param importance How much it counts beside others, 0.1 to 10; 1 is usual.
     * @param objective Share of events that are not to be missed, greater than 0 and less than 1; 0.95 if not set.
     * @param contact Whether a customer who comes back here within days had to ask again.
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
     * A journey.
     *
     * @param name Name: 1 to 100 letters, digits, '.', '_' or '-'.
     * @param steps Number of events of the shortest way, at least 1.
     * @param timeout After how much silence it is taken as abandoned; 30 minutes if not set, at most 400 days.
     * @param ends Touchpoints at which it is completed.
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
