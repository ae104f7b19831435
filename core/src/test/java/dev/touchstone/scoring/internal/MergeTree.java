package dev.touchstone.scoring.internal;

import dev.touchstone.scoring.Assessment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/** Evidence of the same assessments in another order, by parts that are merged in any tree. */
final class MergeTree {

    private static final int PARTS = 8;

    private MergeTree() {}

    static Evidence ofCustomer(List<Assessment> assessments, HalfLife halfLife, Random random) {
        return merged(assessments, halfLife, Evidence::addForCustomer, random);
    }

    static Evidence ofCell(List<Assessment> assessments, HalfLife halfLife, Random random) {
        return merged(assessments, halfLife, Evidence::add, random);
    }

    private static Evidence merged(
            List<Assessment> assessments, HalfLife halfLife, BiConsumer<Evidence, Assessment> add, Random random) {
        List<Assessment> shuffled = new ArrayList<>(assessments);
        Collections.shuffle(shuffled, random);
        List<Evidence> parts = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            parts.add(new Evidence(halfLife));
        }
        shuffled.forEach(assessment -> add.accept(parts.get(random.nextInt(PARTS)), assessment));
        while (parts.size() > 1) {
            Evidence one = parts.remove(random.nextInt(parts.size()));
            Evidence other = parts.get(random.nextInt(parts.size()));
            other.addAll(one);
        }
        return parts.get(0);
    }
}
