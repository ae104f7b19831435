package dev.touchstone.customers.internal;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.JourneyDefinition;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.internal.JourneyRules;
import dev.touchstone.scoring.internal.TouchpointRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A catalog in the form used for scoring: the rules of each touchpoint. Immutable and thread-safe. */
public final class CatalogRules {

    private final Catalog catalog;
    private final Map<String, TouchpointRules> rules = new LinkedHashMap<>();

    /** Computes the rules of a catalog. */
    public CatalogRules(Catalog catalog) {
        this.catalog = catalog;
        Map<String, JourneyRules> journeys = new LinkedHashMap<>();
        for (JourneyDefinition journey : catalog.journeys()) {
            journeys.put(
                    journey.name(),
                    new JourneyRules(
                            journey.name(),
                            journey.steps().orElse(Integer.MAX_VALUE),
                            journey.timeout().toMillis()));
        }
        for (TouchpointDefinition touchpoint : catalog.touchpoints()) {
            rules.put(touchpoint.name(), rules(touchpoint, journeys));
        }
    }

    /** Returns the catalog. */
    public Catalog catalog() {
        return catalog;
    }

    /** Returns the rules of a touchpoint, declared or not. */
    public TouchpointRules of(String touchpoint) {
        TouchpointRules declared = rules.get(touchpoint);
        return declared == null ? TouchpointRules.undeclared(touchpoint, standardImportance()) : declared;
    }

    private double standardImportance() {
        return catalog.model().get(ModelConstant.IMPORTANCE);
    }

    private TouchpointRules rules(TouchpointDefinition touchpoint, Map<String, JourneyRules> journeys) {
        JourneyDefinition journey =
                touchpoint.journey().flatMap(catalog::journey).orElse(null);
        boolean ends = journey != null && journey.ends().contains(touchpoint.name());
        return new TouchpointRules(
                touchpoint.name(),
                touchpoint.importance().orElse(standardImportance()),
                touchpoint.target().map(target -> target.toNanos() / 1e6).orElse(Double.NaN),
                touchpoint.supportContact(),
                journey == null ? null : journeys.get(journey.name()),
                journey != null && (!ends || hasOnlyEnds(journey)),
                ends);
    }

    private boolean hasOnlyEnds(JourneyDefinition journey) {
        return catalog.touchpoints().stream()
                .filter(touchpoint -> touchpoint.journey().equals(Optional.of(journey.name())))
                .allMatch(touchpoint -> journey.ends().contains(touchpoint.name()));
    }
}
