package dev.touchstone.care.internal;

import dev.touchstone.care.Care.Value;
import dev.touchstone.care.Care.Value.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sums what customers spent and cost, grouped by score. Experience is split into steps of 0.01 points. Customers of one
 * step are treated as equal and divided evenly if a group ends within the step. Used once, by one thread.
 */
public final class Valuation {

    private static final int FIFTHS = 5;
    private static final double MOST = 100;
    private static final int STEPS_IN_A_POINT = 100;
    private static final int STEPS = (int) (MOST * STEPS_IN_A_POINT) + 1;
    private static final double BAND = MOST / FIFTHS;

    private final int minimumGroupSize;
    private final Sums[] byExperience = new Sums[STEPS];
    private final Sums[] byEffort = {new Sums(), new Sums(), new Sums(), new Sums(), new Sums()};
    private final Sums unscored = new Sums();
    private final Sums atRisk = new Sums();

    /** Creates an empty valuation that withholds the amounts of groups with fewer customers. */
    public Valuation(int minimumGroupSize) {
        this.minimumGroupSize = minimumGroupSize;
    }

    /**
     * Adds a customer.
     *
     * @param experience the customer's experience score, 0 to 100; NaN if there is none
     * @param effort the customer's effort score, 0 to 100; NaN if there is none
     * @param spending what the customer spent and cost by now
     * @param isAtRisk whether the customer is at risk
     */
    public void add(double experience, double effort, Spending spending, boolean isAtRisk) {
        if (isAtRisk) {
            atRisk.add(1, spending.amount(), spending.cost());
        }
        if (Double.isNaN(experience) || Double.isNaN(effort)) {
            unscored.add(1, spending.amount(), spending.cost());
            return;
        }
        int step = (int) Math.round(experience * STEPS_IN_A_POINT);
        if (byExperience[step] == null) {
            byExperience[step] = new Sums();
        }
        byExperience[step].add(1, spending.amount(), spending.cost());
        byEffort[Math.min((int) (effort / BAND), FIFTHS - 1)].add(1, spending.amount(), spending.cost());
    }

    /** Returns the groups, with the assumed share of their spending that customers at risk would take away. */
    public Value read(double assumedLoss) {
        List<Group> bands = new ArrayList<>(FIFTHS);
        for (int i = 0; i < FIFTHS; i++) {
            bands.add(whole(i * BAND, (i + 1) * BAND, byEffort[i]));
        }
        return Value.of(
                withheld(fifths()),
                withheld(bands),
                withheld(List.of(whole(Double.NaN, Double.NaN, unscored))).get(0),
                withheld(List.of(whole(Double.NaN, Double.NaN, atRisk))).get(0),
                assumedLoss);
    }

    private List<Group> fifths() {
        long customers = 0;
        for (Sums sums : byExperience) {
            customers += sums == null ? 0 : (long) sums.customers;
        }
        List<Group> groups = new ArrayList<>(FIFTHS);
        int step = 0;
        double taken = 0; // customers of this step
        for (int i = 0; i < FIFTHS; i++) {
            double wanted = (double) ((i + 1) * customers / FIFTHS - i * customers / FIFTHS);
            double low = Double.NaN;
            double high = Double.NaN;
            Sums fifth = new Sums();
            while (wanted > 0) {
                Sums sums = byExperience[step];
                double left = sums == null ? 0 : sums.customers - taken;
                if (sums == null || left <= 0) {
                    step++;
                    taken = 0;
                    continue;
                }
                double part = Math.min(left, wanted);
                fifth.add(part, sums.amount * part / sums.customers, sums.cost * part / sums.customers);
                high = (double) step / STEPS_IN_A_POINT;
                low = Double.isNaN(low) ? high : low;
                taken += part;
                wanted -= part;
            }
            groups.add(whole(low, high, fifth));
        }
        return groups;
    }

    private static Group whole(double low, double high, Sums sums) {
        return Group.of(low, high, (long) sums.customers, sums.amount, sums.cost);
    }

    /**
     * Returns the groups with the sums of small ones withheld. The total is known from the other split, so the withheld
     * groups together must not be small either: if they are, the smallest remaining group is withheld too.
     */
    private List<Group> withheld(List<Group> groups) {
        List<Group> bySize = new ArrayList<>(groups);
        bySize.sort(Comparator.comparingLong(Group::customers));
        Set<Group> without = new HashSet<>();
        long customers = 0;
        for (Group group : bySize) {
            boolean small = group.customers() > 0 && group.customers() < minimumGroupSize;
            if (small || (customers > 0 && customers < minimumGroupSize)) {
                without.add(group);
                customers += group.customers();
            }
        }
        return groups.stream()
                .map(group -> without.contains(group) ? group.withheld() : group)
                .toList();
    }

    /** The total that some customers spent and cost. */
    private static final class Sums {

        private double customers;
        private double amount;
        private double cost;

        private void add(double moreCustomers, double moreAmount, double moreCost) {
            customers += moreCustomers;
            amount += moreAmount;
            cost += moreCost;
        }
    }
}
