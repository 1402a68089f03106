package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.capacity.vector.InstrumentVectors;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PotentialTest {

    private static final double[] NO_BACKGROUND = new double[Samples.SCENARIOS.size()];

    @Test
    void aFlatPoolHasNoPotential() {
        for (int g = 1; g <= 4; g++) {
            assertEquals(0, Samples.phi(Samples.potential(g, NO_BACKGROUND), none()), "g=" + g);
        }
    }

    @Tag("slow")
    @Test
    void theSolverAgreesWithDecimalBisection() {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 24; i++) {
            int g = 1 + i % 4;
            double[] background = background(random, i % 3 == 0 ? 0 : 400_000);
            BookVectors book = Samples.randomBook(random, 200);
            double expected =
                    new DecimalPotential(Samples.SCENARIOS, Samples.CAPITAL, background, g, "0.25")
                            .phi(hedged(book), gridHedged(book))
                            .doubleValue();

            double computed = Samples.phi(Samples.potential(g, background), book);

            // ten days of C, each on a grid of 2^-46 K = 1.4e-7 USDC
            assertEquals(expected, computed, 1.5e-6, "seed=11 case=" + i + " g=" + g);
        }
    }

    @Test
    void theBisectionOfTheDefinitionKnowsAClosedForm() {
        // one scenario pair cannot be had from the set, so: a sure gain of 1,000 is worth -1,000
        double[] gain = new double[Samples.SCENARIOS.size()];
        java.util.Arrays.fill(gain, 1_000);
        double[][] noLoss = new double[3][Samples.SCENARIOS.gridSize()];
        BigDecimal phi =
                new DecimalPotential(Samples.SCENARIOS, Samples.CAPITAL, NO_BACKGROUND, 2, "0.25")
                        .phi(new double[][] {gain, gain, gain}, noLoss);

        assertEquals(-10_000, phi.doubleValue(), 1e-9);
    }

    @Test
    void chargesOfPartsAddUpToTheChargeOfTheWholeInAnyOrder() {
        SplittableRandom random = new SplittableRandom(3);
        Potential potential = Samples.potential(2, NO_BACKGROUND);
        for (int i = 0; i < 40; i++) {
            BookVectors book = Samples.randomBook(random, 100);
            BookVectors first = Samples.randomBook(random, 40);
            BookVectors second = Samples.randomBook(random, 40);
            double whole =
                    Samples.phi(potential, book.plus(first).plus(second))
                            - Samples.phi(potential, book);
            double oneWay =
                    (Samples.phi(potential, book.plus(first)) - Samples.phi(potential, book))
                            + (Samples.phi(potential, book.plus(first).plus(second))
                                    - Samples.phi(potential, book.plus(first)));
            double otherWay =
                    (Samples.phi(potential, book.plus(second)) - Samples.phi(potential, book))
                            + (Samples.phi(potential, book.plus(second).plus(first))
                                    - Samples.phi(potential, book.plus(second)));

            double tolerance = 1e-9 * Math.abs(whole) + 1e-12 * Samples.CAPITAL;
            assertEquals(whole, oneWay, tolerance, "seed=3 case=" + i);
            assertEquals(whole, otherWay, tolerance, "seed=3 case=" + i);
        }
    }

    @Test
    void thePotentialIsConvexSoBuyingAndSellingAtOneStateCostsSomething() {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 60; i++) {
            Potential potential =
                    Samples.potential(1 + i % 4, background(random, i % 2 == 0 ? 0 : 300_000));
            BookVectors book = Samples.randomBook(random, 100);
            BookVectors change = Samples.randomBook(random, 60);
            double here = Samples.phi(potential, book);
            double ask = Samples.phi(potential, book.plus(change)) - here;
            double bid = here - Samples.phi(potential, book.minus(change));

            // the grid of C lets either side be off by its step: 10 days of 2^-46 K
            assertTrue(ask - bid >= -3e-6, "seed=5 case=" + i + " ask=" + ask + " bid=" + bid);
        }
    }

    @Test
    void theAnswerIsAStepOfTheGridWhereverTheSolverStarted() {
        SplittableRandom random = new SplittableRandom(9);
        Potential potential = Samples.potential(2, NO_BACKGROUND);
        for (int i = 0; i < 50; i++) {
            BookVectors book = Samples.randomBook(random, 300);
            Potential.Valued valued = assertInstanceOf(Potential.Valued.class, potential.of(book));
            for (Potential.Layer layer : valued.layers()) {
                double steps = layer.certainty() / Samples.CAPITAL * 0x1p46;
                assertEquals(Math.rint(steps), steps, 1e-3, "seed=9 case=" + i);
            }
        }
    }

    @Test
    void anInventoryBeyondTheCapitalIsBarred() {
        BookVectors far = Samples.book(-20_000, Samples.INSTRUMENTS.getFirst());

        assertInstanceOf(Potential.Barred.class, Samples.potential(1, NO_BACKGROUND).of(far));
    }

    @Test
    void aTradeThatOnlyAddsRisesAllTheWayAndOneThatOnlyReducesNever() {
        Potential potential = Samples.potential(2, NO_BACKGROUND);
        InstrumentVectors call = Samples.INSTRUMENTS.getFirst();
        BookVectors shortBook = Samples.book(-100, call);

        assertEquals(1, potential.risingShare(shortBook, Samples.book(-10, call)));
        assertEquals(0, potential.risingShare(shortBook, Samples.book(10, call)));
    }

    @Test
    void aTradeThroughTheFlatPoolTurnsWhereThePotentialIsLeast() {
        Potential potential = Samples.potential(2, NO_BACKGROUND);
        InstrumentVectors call = Samples.INSTRUMENTS.getFirst();
        BookVectors shortBook = Samples.book(-100, call);
        BookVectors change = Samples.book(400, call);

        double share = potential.risingShare(shortBook, change);

        double least = Double.POSITIVE_INFINITY;
        long at = 0;
        for (long lots = 0; lots <= 400; lots++) {
            double phi = Samples.phi(potential, shortBook.plus(call, lots));
            if (phi < least) {
                least = phi;
                at = lots;
            }
        }
        assertEquals(1 - at / 400.0, share, 1.0 / 400);
    }

    private static BookVectors none() {
        return BookVectors.none(Samples.SCENARIOS);
    }

    private static double[] background(SplittableRandom random, double most) {
        double[] background = new double[Samples.SCENARIOS.size()];
        for (int s = 0; s < background.length; s++) {
            background[s] = most == 0 ? 0 : random.nextDouble(-most, most);
        }
        return background;
    }

    static double[][] hedged(BookVectors book) {
        return new double[][] {book.hedged(0), book.hedged(1), book.hedged(2)};
    }

    static double[][] gridHedged(BookVectors book) {
        double[][] grid = new double[3][Samples.SCENARIOS.gridSize()];
        for (int k = 0; k < 3; k++) {
            for (int g = 0; g < grid[k].length; g++) {
                grid[k][g] = book.gridHedged(k, g);
            }
        }
        return grid;
    }
}
