package dev.touchstone.http;

import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.Comparison;
import dev.touchstone.Touchstone;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.json.CareJson;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.json.internal.TextObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The page, independent of servlets and frameworks: its files, its scoreboard and its answers about a customer.
 * Read-only; withholds small groups. The adapter sets {@link #HEADERS} on every answer, calls {@link #isSameOrigin}
 * before {@link #customer}, and reads no form of more than {@link #MAX_FORM_BYTES}. Thread-safe.
 */
public final class PageContent {

    /** The default path of the page. */
    public static final String DEFAULT_PATH = "/touchstone";

    /** The path below the page to which a customer id is posted. */
    public static final String CUSTOMER = "customer";

    /** The maximum number of bytes of a form with a customer id: several times the longest id. */
    public static final int MAX_FORM_BYTES = 8192;

    /** The headers of every answer: no foreign resources, no caching, no framing. The page may create images. */
    public static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Cache-Control",
            "no-store",
            "Referrer-Policy",
            "no-referrer");

    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]++)++");
    private static final String SCOREBOARD = "scoreboard.json";
    private static final String CASES = "cases.json";
    private static final String VALUE = "value.json";
    private static final String HISTORY = "history.json";
    private static final String TOUCHPOINT = "touchpoint.json";
    private static final String COMPARISONS = "comparisons.json";
    private static final List<String> TOUCHPOINT_PARAMETERS = List.of("name");
    private static final int MOST_CASES = 100;
    private static final int MOST_CASES_OF_ONE = 10;
    private static final String JSON = "application/json";
    private static final String SCRIPT = "text/javascript;charset=UTF-8";
    private static final long FRESH_NANOS = 1_000_000_000;
    // it reads every customer
    private static final long FRESH_VALUE_NANOS = 60 * FRESH_NANOS;
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("index.html", "text/html;charset=UTF-8"),
            Map.entry("page.css", "text/css;charset=UTF-8"),
            Map.entry("icon.svg", "image/svg+xml"),
            Map.entry("page.js", SCRIPT),
            Map.entry("received.js", SCRIPT),
            Map.entry("texts.js", SCRIPT),
            Map.entry("texts-en.json", JSON),
            Map.entry("texts-de.json", JSON),
            Map.entry("dom.js", SCRIPT),
            Map.entry("elements.js", SCRIPT),
            Map.entry("export.js", SCRIPT),
            Map.entry("terms.js", SCRIPT),
            Map.entry("charts.js", SCRIPT),
            Map.entry("map.js", SCRIPT),
            Map.entry("customer.js", SCRIPT),
            Map.entry("funnel.js", SCRIPT),
            Map.entry("further.js", SCRIPT),
            Map.entry("variants.js", SCRIPT),
            Map.entry("empty.js", SCRIPT),
            Map.entry("cases.js", SCRIPT),
            Map.entry("value.js", SCRIPT),
            Map.entry("view.js", SCRIPT),
            Map.entry("windows.js", SCRIPT),
            Map.entry("past.js", SCRIPT),
            Map.entry("trend.js", SCRIPT),
            Map.entry("overview.js", SCRIPT),
            Map.entry("touchpoints.js", SCRIPT),
            Map.entry("touchpoint.js", SCRIPT));

    private final Touchstone touchstone;
    private final PageJson json;
    private final Map<String, Answer> files = new LinkedHashMap<>();

    private final Cached<Board> board;
    private final Cached<Answer> cases;
    private final Cached<Answer> value;
    private final PageHistory history;
    private final PageLinks links;

    /** Creates the page of an instance. */
    public PageContent(Touchstone touchstone) {
        this(touchstone, PageLinks.NONE);
    }

    /** Creates the page of an instance, with links from touchpoints to other tools. */
    public PageContent(Touchstone touchstone, PageLinks links) {
        this(touchstone, links, System::nanoTime);
    }

    PageContent(Touchstone touchstone, PageLinks links, LongSupplier nanoTime) {
        this.touchstone = touchstone;
        this.links = links;
        this.json = new PageJson(touchstone.catalog().model());
        this.board = new Cached<>(nanoTime, FRESH_NANOS, this::readBoard);
        this.cases = new Cached<>(nanoTime, FRESH_NANOS, this::readCases);
        this.value = new Cached<>(nanoTime, FRESH_VALUE_NANOS, this::readValue);
        this.history = new PageHistory(touchstone, nanoTime);
        TYPES.forEach((name, type) -> files.put(name, new Answer(OK, type, file(name))));
    }

    /**
     * Returns a valid path of the page.
     *
     * @throws IllegalArgumentException if it is not one or more segments of letters, digits, {@code .}, {@code _},
     *     {@code ~} or {@code -}, such as {@code /admin/touchstone}
     */
    public static String checkedPath(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("\"" + path + "\" is not a path; write one such as " + DEFAULT_PATH);
        }
        return path;
    }

    private static byte[] file(String name) {
        try (InputStream content = PageContent.class.getResourceAsStream("page/" + name)) {
            if (content == null) {
                throw new IllegalStateException("the jar lacks a file of the page: " + name);
            }
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read a file of the page: " + name, e);
        }
    }

    /**
     * Returns the answer to a GET without a query; empty if there is none.
     *
     * @param name the path after that of the page and a slash; empty for the page itself
     */
    public Optional<Answer> get(String name) {
        return get(name, null);
    }

    /**
     * Returns the answer to a GET; empty if there is none. The status is 400 if {@code history.json} or {@code
     * touchpoint.json} has an invalid query; other paths have no query.
     *
     * @param name the path after that of the page and a slash; empty for the page itself
     * @param query the raw query, without its question mark
     */
    public Optional<Answer> get(String name, @Nullable String query) {
        return switch (name) {
            case SCOREBOARD -> Optional.of(board.get().answer);
            case COMPARISONS -> Optional.of(board.get().comparisons);
            case CASES -> Optional.of(cases.get());
            case VALUE -> Optional.of(value.get());
            case HISTORY -> Optional.of(history.get(query));
            case TOUCHPOINT -> Optional.of(readTouchpoint(query));
            default -> Optional.ofNullable(files.get(name.isEmpty() ? "index.html" : name));
        };
    }

    private Board readBoard() {
        Scoreboard latest = touchstone.scoreboard().withholdingSmallGroups();
        return new Board(
                isOfCluster(latest), latest.asOf(), new Answer(OK, JSON, json.write(latest)), compared(latest));
    }

    /** Returns whether a scoreboard is that of several instances together: then it lacks what they do not publish. */
    static boolean isOfCluster(Scoreboard scoreboard) {
        return scoreboard.coverage().filter(found -> found.answered() > 0).isPresent();
    }

    private static Answer compared(Scoreboard scoreboard) {
        return Answer.json("{\"comparisons\":" + written(scoreboard.comparisons()) + "}");
    }

    private static String written(List<Comparison> comparisons) {
        return comparisons.stream().map(ScoreboardJson.compact()::write).collect(Collectors.joining(",", "[", "]"));
    }

    /** Returns the most urgent recovery cases, without their customers. */
    private Answer readCases() {
        List<RecoveryCase> all = touchstone.care().cases().all();
        return Answer.json(CareJson.withoutCustomers()
                .write(all.subList(0, Math.min(MOST_CASES, all.size())), board.get().asOf));
    }

    /** Returns the customers who missed a touchpoint, its links, and its comparisons of variants. */
    private Answer readTouchpoint(@Nullable String query) {
        try {
            String name = Query.parameters(query, TOUCHPOINT_PARAMETERS).get("name");
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("name is missing; add the name of the touchpoint");
            }
            if (board.get().ofCluster) { // what this instance alone knows would pass for all
                return new Answer(OK, JSON, json.write(Map.of(), links, written(List.of())));
            }
            List<Comparison> comparisons = touchstone.comparisonsAt(name).stream()
                    .map(Comparison::withholdingSmallGroups)
                    .toList();
            return new Answer(OK, JSON, json.write(touchstone.lastMissed(name), links, written(comparisons)));
        } catch (IllegalArgumentException e) {
            return Answer.refusal(e);
        }
    }

    /** Returns the value of customers; null in JSON if it is not stored. */
    private Answer readValue() {
        return Answer.json(touchstone
                .care()
                .value()
                .filter(ofInstance -> !board.get().ofCluster)
                .map(CareJson.withoutCustomers()::write)
                .orElse("null"));
    }

    /**
     * Returns the answer to a POST that asks for a customer by id or pseudonym. An unknown customer and a customer
     * without data look the same.
     *
     * @param id the customer id of the business; neither stored nor sent back
     * @param pseudonym the 32 hexadecimal digits of a pseudonym
     */
    public Answer customer(@Nullable String id, @Nullable String pseudonym) {
        CustomerKey key = id == null ? parsed(pseudonym) : key(CustomerId.of(id));
        return key == null
                ? Answer.refusal(new IllegalArgumentException("neither an id nor a pseudonym of 32 hexadecimal digits"))
                : new Answer(OK, JSON, json.write(key, touchstone.customer(key), cases(key)));
    }

    private List<RecoveryCase> cases(CustomerKey customer) {
        return touchstone.care().cases().all().stream()
                .filter(file -> file.customer().equals(customer))
                .limit(MOST_CASES_OF_ONE)
                .toList();
    }

    private @Nullable CustomerKey key(CustomerId id) {
        return id.isValid() ? touchstone.key(id) : null;
    }

    private static @Nullable CustomerKey parsed(@Nullable String pseudonym) {
        try {
            return pseudonym == null ? null : CustomerKey.parse(pseudonym.strip());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Returns whether the page itself made a request, according to the headers of the browser; false without these
     * headers.
     *
     * @param host the request's {@code Host}
     * @param origin the request's {@code Origin}
     * @param fetchSite the request's {@code Sec-Fetch-Site}, which takes precedence over the origin
     */
    public static boolean isSameOrigin(@Nullable String host, @Nullable String origin, @Nullable String fetchSite) {
        if (fetchSite != null) {
            return fetchSite.equals("same-origin");
        }
        // a proxy may have ended TLS, so the schemes may differ
        return host != null
                && origin != null
                && (origin.equalsIgnoreCase("https://" + host) || origin.equalsIgnoreCase("http://" + host));
    }

    /**
     * Returns whether a browser sent a request for a page of another origin. False if the headers do not show a
     * browser: a request that changes state must then be one that no page can send without permission, such as one
     * with JSON.
     *
     * @param host the request's {@code Host}
     * @param origin the request's {@code Origin}
     * @param fetchSite the request's {@code Sec-Fetch-Site}, which takes precedence over the origin
     */
    public static boolean isCrossOrigin(@Nullable String host, @Nullable String origin, @Nullable String fetchSite) {
        return (origin != null || fetchSite != null) && !isSameOrigin(host, origin, fetchSite);
    }

    /** A scoreboard as sent, whether it is that of a cluster, and its time. */
    private static final class Board {

        private final boolean ofCluster;
        private final Instant asOf;
        private final Answer answer;
        private final Answer comparisons;

        Board(boolean ofCluster, Instant asOf, Answer answer, Answer comparisons) {
            this.ofCluster = ofCluster;
            this.asOf = asOf;
            this.answer = answer;
            this.comparisons = comparisons;
        }
    }

    /** An answer. Immutable if its bytes are not changed. */
    public static final class Answer {

        private final int status;
        private final String contentType;
        private final byte[] body;

        Answer(int status, String contentType, byte[] body) {
            this.status = status;
            this.contentType = contentType;
            this.body = body;
        }

        static Answer json(String body) {
            return new Answer(OK, JSON, body.getBytes(StandardCharsets.UTF_8));
        }

        static Answer refusal(IllegalArgumentException problem) {
            String body = TextObject.write("error", String.valueOf(problem.getMessage()));
            return new Answer(BAD_REQUEST, JSON, body.getBytes(StandardCharsets.UTF_8));
        }

        /** Returns the status. */
        public int status() {
            return status;
        }

        /** Returns the media type, with its charset if needed. */
        public String contentType() {
            return contentType;
        }

        /** Returns the content, which must not be changed. */
        public byte[] body() {
            return body;
        }
    }
}
