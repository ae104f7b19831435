package dev.touchstone.surveys;

import dev.touchstone.survey.SurveyResult;
import java.util.Optional;

/**
 * First contact resolution: the percentage of contacts that resolved the customer's request at once, with its Wilson
 * interval. Immutable.
 *
 * @param contacts the number of contacts
 * @param resolved the number of contacts that were resolved at once
 * @param unresolvable the number of contacts that the first level was unable or not permitted to resolve
 */
public record ContactResolution(long contacts, long resolved, long unresolvable) {

    /** No contacts. */
    public static final ContactResolution NONE = new ContactResolution(0, 0, 0);

    /** @throws IllegalArgumentException if a count is negative or the counts exceed the contacts */
    public ContactResolution {
        if (resolved < 0 || unresolvable < 0 || resolved > contacts - unresolvable) {
            throw new IllegalArgumentException(
                    resolved + " resolved and " + unresolvable + " unresolvable contacts of " + contacts);
        }
    }

    /**
     * Returns resolution measured by behavior instead of a survey: a contact is resolved if its customer does not contact
     * the business again within a number of days.
     *
     * @param contacts the number of contacts for which those days are over; a contact in several parts counts once
     * @param repeated the number of contacts after which the customer came back
     * @throws IllegalArgumentException if {@code repeated} is not within 0 to {@code contacts}
     */
    public static ContactResolution ofRepeats(long contacts, long repeated) {
        return new ContactResolution(contacts, contacts - repeated, 0);
    }

    /** Returns the sum of both counts. */
    public ContactResolution plus(ContactResolution other) {
        return new ContactResolution(
                contacts + other.contacts, resolved + other.resolved, unresolvable + other.unresolvable);
    }

    /** Returns the percentage of all contacts that were resolved; empty if there are none. */
    public Optional<SurveyResult> gross() {
        return contacts == 0 ? Optional.empty() : Optional.of(SurveyResult.percentage(resolved, contacts));
    }

    /** Returns the percentage of the resolvable contacts that were resolved; empty if there are none. */
    public Optional<SurveyResult> net() {
        return contacts == unresolvable
                ? Optional.empty()
                : Optional.of(SurveyResult.percentage(resolved, contacts - unresolvable));
    }
}
