package dev.touchstone.benchmarks;

import dev.touchstone.event.CustomerKey;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * So many customers that no cache of the processor holds them, by Zipf's law (exponent 1) or each as often as any other. Keys
 * are built afresh, as a request does: they are no objects that a table holds.
 */
@State(Scope.Benchmark)
public class Crowd {

    private static final int DRAWS = 1 << 21;

    @Param("1000000")
    int customers;

    @Param({"ZIPF", "UNIFORM"})
    Law law = Law.ZIPF;

    final Facts facts = new Facts();
    private long[] highs;
    private long[] lows;
    private int[] draws;

    /** Draws the customers and who visits. */
    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(3);
        highs = random.longs(customers).toArray();
        lows = random.longs(customers).toArray();
        draws = law.draw(customers);
    }

    /** Returns the key of one of the customers, each once. */
    CustomerKey customer(int number) {
        return new CustomerKey(highs[number], lows[number]);
    }

    /** Returns the key of the customer of a visit. */
    CustomerKey visitor(int visit) {
        return customer(draws[visit & (DRAWS - 1)]);
    }

    /** Who visits how often. */
    public enum Law {
        /** Some visit much more often than others. */
        ZIPF {
            @Override
            int[] draw(int customers) {
                double[] sums = new double[customers];
                double sum = 0;
                for (int i = 0; i < customers; i++) {
                    sum += 1.0 / (i + 1);
                    sums[i] = sum;
                }
                int[] numbers = Facts.shuffled(customers); // frequent customers are not neighbors in memory
                Random random = new Random(4);
                int[] draws = new int[DRAWS];
                for (int i = 0; i < DRAWS; i++) {
                    int rank = Arrays.binarySearch(sums, random.nextDouble() * sum);
                    draws[i] = numbers[Math.min(rank < 0 ? -rank - 1 : rank, customers - 1)];
                }
                return draws;
            }
        },
        /** All visit alike. */
        UNIFORM {
            @Override
            int[] draw(int customers) {
                return new Random(4).ints(DRAWS, 0, customers).toArray();
            }
        };

        abstract int[] draw(int customers);
    }
}
