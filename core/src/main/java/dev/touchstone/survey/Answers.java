package dev.touchstone.survey;

import dev.touchstone.event.Feedback;
import java.util.Optional;

/**
 * All answers to the standard questions in one scope. It adds up over scopes, instances and time. Immutable.
 *
 * @param nps the answers about recommending
 * @param csat the answers about satisfaction
 * @param ces1 the answers about effort, version 1
 * @param ces2 the answers about effort, version 2
 */
public record Answers(Nps nps, Csat csat, Ces1 ces1, Ces2 ces2) {

    /** Nobody answered. */
    public static final Answers NONE = new Answers(Nps.NONE, Csat.NONE, Ces1.NONE, Ces2.NONE);

    /**
     * Returns these and one more. Sentiments and ratings on scales of one's own answer no standard question: they change
     * nothing.
     *
     * @throws IllegalArgumentException if the answer is missing, not finite or out of its scale
     */
    public Answers plus(Feedback feedback) {
        if (!feedback.isValid()) {
            throw new IllegalArgumentException("not an answer: " + feedback);
        }
        double answer = feedback.value().orElseThrow();
        return switch (feedback.scale()) {
            case NPS -> new Answers(nps.plus(Nps.answer(answer)), csat, ces1, ces2);
            case CSAT -> new Answers(nps, csat.plus(Csat.answer(answer)), ces1, ces2);
            case CES1 -> new Answers(nps, csat, ces1.plus(Ces1.answer(answer)), ces2);
            case CES2 -> new Answers(nps, csat, ces1, ces2.plus(Ces2.answer(answer)));
            case SENTIMENT, RATING -> this;
        };
    }

    /** Returns the answers of both together. */
    public Answers plus(Answers other) {
        if (other.isEmpty()) { // as at most touchpoints
            return this;
        }
        return new Answers(nps.plus(other.nps), csat.plus(other.csat), ces1.plus(other.ces1), ces2.plus(other.ces2));
    }

    /** Returns whether nobody answered any of the questions. */
    public boolean isEmpty() {
        return n(nps) + n(csat) + n(ces1) + n(ces2) == 0;
    }

    /** Returns the index that has that name in catalogs and formats: {@code nps}, {@code csat}, {@code ces1}, {@code ces2}. */
    public Optional<SurveyIndex> index(String name) {
        return switch (name) {
            case "nps" -> Optional.of(nps);
            case "csat" -> Optional.of(csat);
            case "ces1" -> Optional.of(ces1);
            case "ces2" -> Optional.of(ces2);
            default -> Optional.empty();
        };
    }

    private static long n(SurveyIndex index) {
        return index.groups().n();
    }
}
