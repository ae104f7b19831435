package dev.touchstone.survey;

import java.util.Optional;

/**
 * First contact resolution: the percentage of contacts that settled what the customer came for, with its Wilson
 * interval. Immutable.
 *
 * @param contacts the number of contacts
 * @param resolved how many of them were resolved at once
 * @param unresolvable how many could not have been, because the first level may not or cannot do it
 */
public record ContactResolution(long contacts, long resolved, long unresolvable) {

    /** Nobody got in touch. */
    public static final ContactResolution NONE = new ContactResolution(0, 0, 0);

    /** @throws IllegalArgumentException if a count is negative or they are more than the contacts */
    public ContactResolution {
        if (resolved < 0 || unresolvable < 0 || resolved > contacts - unresolvable) {
            throw new IllegalArgumentException(
                    resolved + " resolved and " + unresolvable + " unresolvable contacts of " + contacts);
        }
    }

    /**
     * Returns what behavior says, without asking anybody: a contact was resolved if its customer did not get in touch
     * again within the days in which that would be a repeated contact.
     *
     * @param contacts the contacts after which those days are over; the same contact going on counts once
     * @param repeated after how many of them the customer came back
     */
    public static ContactResolution ofRepeats(long contacts, long repeated) {
        return new ContactResolution(contacts, contacts - repeated, 0);
    }

    /** Returns the contacts of both together. */
    public ContactResolution plus(ContactResolution other) {
        return new ContactResolution(
                contacts + other.contacts, resolved + other.resolved, unresolvable + other.unresolvable);
    }

    /** Returns the percentage of all contacts; empty without any. */
    public Optional<SurveyResult> gross() {
        return contacts == 0 ? Optional.empty() : Optional.of(SurveyResult.percentage(resolved, contacts));
    }

    /** Returns the percentage of the contacts that could have been resolved at once; empty without any. */
    public Optional<SurveyResult> net() {
        return contacts == unresolvable
                ? Optional.empty()
                : Optional.of(SurveyResult.percentage(resolved, contacts - unresolvable));
    }
}
