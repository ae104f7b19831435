package dev.touchstone.reference;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The declarations. An undeclared touchpoint has only its name. */
public record ReferenceCatalog(List<RefTouchpoint> touchpoints, List<RefJourney> journeys) {

    public static final ReferenceCatalog EMPTY = new ReferenceCatalog(List.of(), List.of());

    public ReferenceCatalog {
        touchpoints = List.copyOf(touchpoints);
        journeys = List.copyOf(journeys);
        Set<String> journeyNames = new HashSet<>();
        Map<String, String> journeyByEnd = new HashMap<>();
        for (RefJourney journey : journeys) {
            check(journeyNames.add(journey.name()), "journey declared twice: " + journey.name());
            for (String end : journey.ends()) {
                String other = journeyByEnd.put(end, journey.name());
                check(other == null || other.equals(journey.name()), end + " ends two journeys");
            }
        }
        Set<String> names = new HashSet<>();
        for (RefTouchpoint touchpoint : touchpoints) {
            String name = touchpoint.name();
            String journey = touchpoint.journey();
            Double importance = touchpoint.importance();
            check(names.add(name), "touchpoint declared twice: " + name);
            check(importance == null || (importance >= 0.1 && importance <= 10), "importance of " + name);
            check(journey == null || journeyNames.contains(journey), "undeclared journey " + journey);
            String ended = journeyByEnd.get(name);
            check(journey == null || ended == null || ended.equals(journey), name + " ends another journey");
        }
    }

    private static void check(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(problem);
        }
    }

    RefTouchpoint touchpoint(String name) {
        return touchpoints.stream()
                .filter(touchpoint -> touchpoint.name().equals(name))
                .findFirst()
                .orElse(RefTouchpoint.named(name));
    }

    RefJourney journey(String name) {
        return journeys.stream()
                .filter(journey -> journey.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("undeclared journey " + name));
    }

    /** The journey that the touchpoint belongs to, because it says so or because it ends it; or {@code null}. */
    RefJourney journeyOf(String touchpoint) {
        String own = touchpoint(touchpoint).journey();
        return journeys.stream()
                .filter(journey -> journey.name().equals(own) || journey.ends().contains(touchpoint))
                .findFirst()
                .orElse(null);
    }

    /** An ending touchpoint opens its journey only where the journey has no touchpoint that is not an ending one. */
    boolean opens(String touchpoint) {
        RefJourney journey = journeyOf(touchpoint);
        return !journey.ends().contains(touchpoint)
                || touchpoints.stream()
                        .noneMatch(other -> journey.equals(journeyOf(other.name()))
                                && !journey.ends().contains(other.name()));
    }
}
