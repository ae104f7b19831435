package dev.touchstone.reference;

/** The scores of a cell, a merge of cells or a journey; {@code change} is {@code null}, "BETTER" or "WORSE". */
public record RefScope(
        RefScore nowExperience,
        RefScore nowEffort,
        RefScore baselineExperience,
        RefScore baselineEffort,
        long count,
        String change) {}
