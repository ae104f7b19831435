package dev.touchstone.json;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Scoreboard;
import dev.touchstone.history.History;
import dev.touchstone.json.internal.SafeEscapes;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/**
 * Writes scoreboards and the experience of customers as JSON. Numbers are written in full; absent scores are null. Lone
 * surrogates and the line separators of Unicode are escaped, so that the text survives any encoding and any reader.
 * Immutable and thread-safe.
 */
public final class ScoreboardJson {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().characterEscapes(new SafeEscapes()).build();

    private final ObjectWriteContext context;
    private final Map<String, String> titles;

    private ScoreboardJson(ObjectWriteContext context, Map<String, String> titles) {
        this.context = context;
        this.titles = titles;
    }

    /** Returns a writer for machines: one line. */
    public static ScoreboardJson compact() {
        return new ScoreboardJson(ObjectWriteContext.empty(), Map.of());
    }

    /** Returns a writer for people: indented, with line feeds as line ends. */
    public static ScoreboardJson pretty() {
        return new ScoreboardJson(new Pretty(), Map.of());
    }

    /**
     * Returns a writer like this one with titles for touchpoints that declare none.
     *
     * @param byName the titles by the name of the touchpoint; copied
     */
    public ScoreboardJson titles(Map<String, String> byName) {
        return new ScoreboardJson(context, Map.copyOf(byName));
    }

    /** Returns the scoreboard, without customers. */
    public String write(Scoreboard scoreboard) {
        return write(json -> new ScoreboardWriter(json, titles).write(scoreboard, null));
    }

    /** Returns the scoreboard with customers, in the given order and with the given labels. */
    public String write(Scoreboard scoreboard, List<LabelledCustomer> customers) {
        return write(json -> new ScoreboardWriter(json, titles).write(scoreboard, customers));
    }

    /**
     * Returns one touchpoint in all its channels. Each channel has its scores, their explanations and a line about why
     * they changed.
     *
     * @param name the name of the touchpoint
     * @param channels its entries on the scoreboard
     * @param hints suggestions for what to look into
     */
    public String write(String name, List<Scoreboard.TouchpointScope> channels, List<String> hints) {
        return write(json -> new ScoreboardWriter(json, titles).write(name, channels, hints, Map.of()));
    }

    /**
     * Returns one touchpoint in all its channels, like {@link #write(String, List, List)}, with its refused requests.
     *
     * @param refused the number of requests that were refused before the application handled them, by reason
     */
    public String write(
            String name, List<Scoreboard.TouchpointScope> channels, List<String> hints, Map<String, Long> refused) {
        return write(json -> new ScoreboardWriter(json, titles).write(name, channels, hints, refused));
    }

    /** Returns the experience of one customer: both scores and the number of assessments. */
    public String write(CustomerExperience customer) {
        return write(json -> new ScoreboardWriter(json, titles).write(customer));
    }

    /** Returns past periods of one scope, and the marks. */
    public String write(History.Resolution resolution, List<History.Period> periods, List<History.Mark> marks) {
        return write(json -> new HistoryWriter(json).write(resolution, periods, marks));
    }

    /** Returns past periods of touchpoints, by name, and the marks. */
    public String write(
            History.Resolution resolution, Map<String, List<History.Period>> touchpoints, List<History.Mark> marks) {
        return write(json -> new HistoryWriter(json).write(resolution, touchpoints, marks));
    }

    /** Returns the comparison of an attribute's values. */
    public String write(Scoreboard.Comparison comparison) {
        return write(json -> new ComparisonWriter(json).write(comparison));
    }

    private String write(Consumer<JsonGenerator> content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(context, text)) {
            content.accept(json);
        }
        return text.toString();
    }

    /**
     * A customer with a label.
     *
     * @param label the displayed name of the customer; never a raw id if the JSON leaves the process
     * @param experience the experience of the customer
     */
    public record LabelledCustomer(String label, CustomerExperience experience) {}

    private static final class Pretty extends ObjectWriteContext.Base {

        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator(""));
            printer.indentObjectsWith(indenter);
            printer.indentArraysWith(indenter);
            return printer;
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
