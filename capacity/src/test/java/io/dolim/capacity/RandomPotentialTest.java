package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.capacity.vector.BookVectors;
import io.dolim.quoting.quote.OptionPackage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The potential on pools drawn by a seed; {@code -Ddolim.pools=N} draws more of them. */
@Tag("slow")
class RandomPotentialTest {

    private static final int POOLS = Integer.getInteger("dolim.pools", 10_000);
    private static final long SEED = 9_000_000;

    @Test
    void aTradeInPartsAndInAnotherOrderIsChargedAlike() {
        int tried = 0;
        for (int i = 0; i < POOLS; i++) {
            long seed = SEED + i;
            SplittableRandom random = new SplittableRandom(seed);
            RandomPool pool = RandomPool.of(random);
            Potential potential = pool.view.potential().orElseThrow();
            List<BookVectors> parts = new ArrayList<>();
            BookVectors whole = pool.inventory.total();
            for (int n = 2 + random.nextInt(3); n > 0; n--) {
                OptionPackage part = pool.randomPackage(random, 300);
                parts.add(pool.vectors(part).poolChange());
                whole = whole.plus(parts.getLast());
            }
            Optional<Double> once = difference(potential, pool.inventory.total(), whole);
            Optional<Double> first = inTurn(potential, pool.inventory.total(), parts);
            Collections.shuffle(parts, new Random(random.nextLong()));
            Optional<Double> other = inTurn(potential, pool.inventory.total(), parts);
            if (once.isPresent() && first.isPresent() && other.isPresent()) {
                tried++;
                double premium = whole.minus(pool.inventory.total()).markUsdc();
                double most = 1e-9 * Math.abs(premium) + 1e-12 * pool.view.capital();
                assertEquals(once.get(), first.get(), most, () -> "seed=" + seed);
                assertEquals(once.get(), other.get(), most, () -> "seed=" + seed);
            }
        }
        assertTrue(tried > POOLS * 9 / 10, "tried=" + tried);
    }

    @Test
    void moreCapitalNeverMakesAnInventoryDearer() {
        double[] nothing = new double[Pool.PRICER.scenarios().size()];
        int dearer = 0;
        for (int i = 0; i < POOLS; i++) {
            long seed = 2 * SEED + i;
            SplittableRandom random = new SplittableRandom(seed);
            RandomPool pool = RandomPool.of(random);
            Potential.Terms terms = new Potential.Terms(1 + i % 4, 0.25);
            double less = pool.view.capital() * (0.5 + random.nextDouble());
            double more = less * (1 + random.nextDouble());
            Potential.Answer poor =
                    new Potential(Pool.PRICER.scenarios(), less, nothing, terms)
                            .of(pool.inventory.total());
            Potential.Answer rich =
                    new Potential(Pool.PRICER.scenarios(), more, nothing, terms)
                            .of(pool.inventory.total());
            if (poor instanceof Potential.Valued atLess) {
                Potential.Valued atMore = assertInstanceOf(Potential.Valued.class, rich);
                for (int k = 0; k < 3; k++) {
                    double dear = atLess.layers().get(k).certainty();
                    double cheap = atMore.layers().get(k).certainty();
                    // a step of the grid that C is on
                    assertTrue(cheap <= dear + 0x1p-46 * more, () -> "seed=" + seed);
                    dearer += dear > cheap + 1 ? 1 : 0;
                }
            }
        }
        assertTrue(dearer > POOLS / 4, "dearer=" + dearer);
    }

    private static Optional<Double> inTurn(
            Potential potential, BookVectors from, List<BookVectors> parts) {
        double sum = 0;
        BookVectors held = from;
        for (BookVectors part : parts) {
            Optional<Double> one = difference(potential, held, held.plus(part));
            if (one.isEmpty()) {
                return one;
            }
            sum += one.get();
            held = held.plus(part);
        }
        return Optional.of(sum);
    }

    /** Empty where one of the two is barred. */
    private static Optional<Double> difference(
            Potential potential, BookVectors before, BookVectors after) {
        return potential.of(before) instanceof Potential.Valued from
                        && potential.of(after) instanceof Potential.Valued to
                ? Optional.of(to.phi() - from.phi())
                : Optional.empty();
    }
}
