package dev.touchstone.http;

import dev.touchstone.Touchstone;
import dev.touchstone.care.Care.Cases;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.care.RecoveryCase.Status;
import dev.touchstone.event.CustomerId;
import dev.touchstone.http.PageContent.Answer;
import dev.touchstone.json.CareJson;
import dev.touchstone.json.internal.TextObject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recovery cases of an instance in JSON, independent of servlets and frameworks. The adapter sets {@link
 * PageContent#HEADERS} on every answer, writes by POST only, and calls {@link CustomerRequests#status} before a
 * write. It accepts only bodies of type {@code application/json}, which a page of another origin cannot send without
 * permission.
 *
 * <p>Errors are {@code {"error": "..."}}: 404 for an unknown id, 409 for a transition that is not allowed, 400 for
 * an invalid value. Each write is one INFO line in the log, without the customer and the id of the case.
 * Thread-safe.
 */
public final class CaseContent {

    /** The default path of the cases. */
    public static final String DEFAULT_PATH = PageContent.DEFAULT_PATH + "/cases";

    /** The maximum number of bytes of a body: several times the longest id and reason. */
    public static final int MAX_BODY_BYTES = PageContent.MAX_FORM_BYTES;

    private static final Logger LOGGER = LoggerFactory.getLogger(CaseContent.class);
    private static final String JSON = "application/json";
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final Set<Resolution> BY_HAND = EnumSet.complementOf(EnumSet.of(Resolution.NONE));

    private final Touchstone touchstone;
    private final InstantSource clock;
    private final CareJson json = CareJson.withPseudonyms();

    /** Creates the content of an instance. */
    public CaseContent(Touchstone touchstone) {
        this(touchstone, InstantSource.system());
    }

    CaseContent(Touchstone touchstone, InstantSource clock) {
        this.touchstone = touchstone;
        this.clock = clock;
    }

    /**
     * Returns the cases.
     *
     * @param owner the owner; null for all
     * @param status the name of the status; null for any
     */
    public Answer list(@Nullable String owner, @Nullable String status) {
        return answer(() -> {
            Status wanted = status == null ? null : named("status", status, EnumSet.allOf(Status.class));
            Cases cases = cases();
            boolean whole = cases.isWhole(); // before they are read: it may become so meanwhile
            List<RecoveryCase> found = cases.all().stream()
                    .filter(file -> owner == null || owner.equals(file.owner().orElse(null)))
                    .filter(file -> wanted == null || wanted == file.status())
                    .toList();
            return json.write(found, clock.instant(), whole);
        });
    }

    /** Returns one case. */
    public Answer get(String id) {
        return answer(() -> {
            RecoveryCase found =
                    cases().find(id).orElseThrow(() -> new NoSuchElementException("no recovery case has this id"));
            return json.write(found, clock.instant());
        });
    }

    /**
     * Opens a case, or returns the one that is open.
     *
     * @param values the body: {@code customer}, {@code touchpoint} and {@code reason}
     * @param loggedIn whether the user is authenticated
     */
    public Answer open(Map<String, String> values, boolean loggedIn) {
        return answer(() -> {
            CustomerId customer = CustomerId.of(given(values, "customer"));
            RecoveryCase opened = cases().open(customer, given(values, "touchpoint"), given(values, "reason"));
            return done(opened, "open", loggedIn);
        });
    }

    /**
     * Changes a case.
     *
     * @param action {@code acknowledge}, {@code update}, {@code resolve}, {@code confirm} or {@code reopen}
     * @param values the body: {@code resolution}, the name of a resolution, for {@code resolve}
     * @param loggedIn whether the user is authenticated
     */
    public Answer change(String id, String action, Map<String, String> values, boolean loggedIn) {
        return answer(() -> switch (action) {
            case "acknowledge" -> done(cases().acknowledge(id), action, loggedIn);
            case "update" -> done(cases().update(id), action, loggedIn);
            case "confirm" -> done(cases().confirm(id), action, loggedIn);
            case "reopen" -> done(cases().reopen(id), action, loggedIn);
            case "resolve" -> {
                Resolution how = named("resolution", given(values, "resolution"), BY_HAND);
                yield done(cases().resolve(id, how), action + " " + how, loggedIn);
            }
            default ->
                throw new NoSuchElementException("action must be acknowledge, update, resolve, confirm or reopen");
        });
    }

    /** Returns the answer to an unreadable body. */
    public Answer unreadable(IllegalArgumentException problem) {
        return refusal(BAD_REQUEST, problem);
    }

    private Cases cases() {
        return touchstone.care().cases();
    }

    private String done(RecoveryCase changed, String what, boolean loggedIn) {
        LOGGER.info(
                "Recovery case at {}, owner {}: {}, by {}",
                changed.touchpoint(),
                changed.owner().orElse("none"),
                what,
                loggedIn ? "an authenticated user" : "an unknown client");
        return json.write(changed, clock.instant());
    }

    private static Answer answer(Supplier<String> content) {
        try {
            return new Answer(OK, JSON, content.get().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchElementException e) {
            return refusal(NOT_FOUND, e);
        } catch (IllegalStateException e) {
            return refusal(CONFLICT, e);
        } catch (IllegalArgumentException e) {
            return refusal(BAD_REQUEST, e);
        }
    }

    private static Answer refusal(int status, RuntimeException problem) {
        String body = TextObject.write("error", String.valueOf(problem.getMessage()));
        return new Answer(status, JSON, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String given(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("\"" + name + "\" is missing");
        }
        return value;
    }

    private static <E extends Enum<E>> E named(String what, String name, Set<E> allowed) {
        return allowed.stream()
                .filter(value -> value.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + what + "\" must be one of "
                        + allowed.stream().map(Enum::name).collect(Collectors.joining(", "))));
    }
}
