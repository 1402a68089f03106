package io.dolim.book;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a taker's worst pay-offs may cost him, over all delivery prices, whichever of his pending
 * packages are filled.
 *
 * <p>For each (underlying, expiry), with positions P, the asked package A and the other pendings i,
 *
 * <pre>  W(S) = P(S) + A(S) + sum_i min(0, i(S)),     S &gt;= 0</pre>
 *
 * P, A and i are linear between neighbouring strikes, min(0, linear) is concave, and so W is concave
 * there: its least value stands at a strike or at zero, and beyond the last strike it falls without
 * bound exactly when its slope at infinity is negative. The cover is the sum over expiries of
 * {@code max(0, -min W)}, each rounded up to a micro-USDC, all else exact.
 */
final class CoverRule {

    private static final Comparator<Series> ORDER =
            Comparator.comparing(Series::underlying).thenComparing(Series::expiry);

    private CoverRule() {}

    /** Options that share a delivery price. */
    record Series(Underlying underlying, Expiry expiry) implements Comparable<Series> {
        static Series of(OptionContract contract) {
            return new Series(contract.underlying(), contract.expiry());
        }

        @Override
        public int compareTo(Series other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * A quantity of one contract.
     *
     * @param coins signed
     */
    record Line(OptionContract contract, BigDecimal coins) {}

    sealed interface Cover {}

    /**
     * The worst pay-offs are finite.
     *
     * @param cover never negative
     */
    record Finite(Usdc cover) implements Cover {}

    /**
     * A rising price costs without bound.
     *
     * @param coins short of calls in all, positive
     */
    record Unbounded(Series series, BigDecimal coins) implements Cover {}

    /**
     * @param sure positions and the asked package
     * @param pendings each may be filled or not
     */
    static Cover of(List<Line> sure, List<List<Line>> pendings) {
        SortedMap<Series, List<Line>> sureBySeries = bySeries(sure);
        List<SortedMap<Series, List<Line>>> pendingBySeries =
                pendings.stream().map(CoverRule::bySeries).toList();
        SortedSet<Series> all = new TreeSet<>(sureBySeries.keySet());
        pendingBySeries.forEach(p -> all.addAll(p.keySet()));
        Usdc cover = Usdc.ZERO;
        for (Series series : all) {
            List<Line> own = sureBySeries.getOrDefault(series, List.of());
            List<List<Line>> others =
                    pendingBySeries.stream()
                            .filter(p -> p.containsKey(series))
                            .map(p -> p.get(series))
                            .toList();
            BigDecimal slope = slopeAtInfinity(own, others);
            if (slope.signum() < 0) {
                return new Unbounded(series, slope.negate());
            }
            cover = cover.plus(roundedUp(least(own, others)));
        }
        return new Finite(cover);
    }

    private static SortedMap<Series, List<Line>> bySeries(List<Line> lines) {
        SortedMap<Series, List<Line>> result = new TreeMap<>();
        for (Line line : lines) {
            result.computeIfAbsent(Series.of(line.contract()), s -> new ArrayList<>()).add(line);
        }
        return result;
    }

    private static BigDecimal slopeAtInfinity(List<Line> own, List<List<Line>> others) {
        BigDecimal slope = calls(own);
        for (List<Line> other : others) {
            slope = slope.add(calls(other).min(BigDecimal.ZERO));
        }
        return slope;
    }

    private static BigDecimal calls(List<Line> lines) {
        BigDecimal coins = BigDecimal.ZERO;
        for (Line line : lines) {
            if (line.contract().type() == OptionType.CALL) {
                coins = coins.add(line.coins());
            }
        }
        return coins;
    }

    private static BigDecimal least(List<Line> own, List<List<Line>> others) {
        SortedSet<BigDecimal> prices = new TreeSet<>();
        prices.add(BigDecimal.ZERO);
        own.forEach(line -> prices.add(line.contract().strike()));
        others.forEach(o -> o.forEach(line -> prices.add(line.contract().strike())));
        BigDecimal least = BigDecimal.ZERO;
        for (BigDecimal price : prices) {
            BigDecimal worth = payoff(own, price);
            for (List<Line> other : others) {
                worth = worth.add(payoff(other, price).min(BigDecimal.ZERO));
            }
            least = least.min(worth);
        }
        return least;
    }

    private static BigDecimal payoff(List<Line> lines, BigDecimal price) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Line line : lines) {
            sum = sum.add(line.contract().payoff(price).multiply(line.coins()));
        }
        return sum;
    }

    private static Usdc roundedUp(BigDecimal least) {
        return Usdc.of(least.negate().setScale(6, RoundingMode.CEILING));
    }
}
