package io.dolim.quoting.surface;

import io.dolim.quoting.instrument.DayCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How long smiles stay in force: as long as a new fit would hardly mark anything otherwise. Marks
 * then do not flicker with the noise of each chain, and the quotes of many chains share one surface.
 * Forwards are never kept: they are the new chain's.
 *
 * <p>Every chain is fitted all the same, and the fit is what the smiles in force are held to: at each
 * quoted strike, half way to the next and a deviation beyond the outermost,
 *
 * <pre>  |vol in force - vol fitted| &lt;= within sqrt(30 d / max(T, 1 d))</pre>
 *
 * as the spread goes with time: at the money the same price for every expiry. The uncertainties of
 * each expiry, which widen spreads, may lie as far apart. Another set of expiries, or a surface fixed
 * longer ago than allowed, gives way at once.
 *
 * @param within annual volatility at 30 days, decimal; above 0, at most 0.01
 * @param longestMs milliseconds between the moments of fixing; positive
 */
public record KeptSmiles(double within, long longestMs) {

    private static final double MOST = 0.01;
    private static final double DAY_YEARS = DayCount.MILLIS_PER_DAY / DayCount.MILLIS_PER_YEAR;
    private static final double MONTH_YEARS = 30 * DAY_YEARS;

    /** @throws IllegalArgumentException when a bound is missing or would mean "off" */
    public KeptSmiles {
        if (!(within > 0.0 && within <= MOST)) {
            throw new IllegalArgumentException("within=" + within + " not in (0, " + MOST + "]");
        }
        if (longestMs <= 0) {
            throw new IllegalArgumentException("longestMs=" + longestMs + " must be positive");
        }
    }

    /** What a volatility of this life may be off by, annual, decimal. */
    public double bound(double years) {
        return within * Math.sqrt(MONTH_YEARS / Math.max(years, DAY_YEARS));
    }

    /**
     * The smiles in force on the forwards of a new fit; empty when it must take their place.
     *
     * @param chains the quotes that were fitted
     */
    public Optional<VolSurface> kept(
            VolSurface inForce, VolSurface fitted, List<ExpiryQuotes> chains) {
        long older = fitted.fixedAtMs() - inForce.fixedAtMs();
        int slices = fitted.slices().size();
        if (older < 0 || older > longestMs || slices != inForce.slices().size()) {
            return Optional.empty();
        }
        List<Double> forwards = new ArrayList<>();
        for (int i = 0; i < slices; i++) {
            SviSlice fresh = fitted.slices().get(i);
            if (!explains(inForce.slices().get(i), fresh, chains)) {
                return Optional.empty();
            }
            forwards.add(fresh.forward());
        }
        return Optional.of(inForce.onForwards(forwards));
    }

    private boolean explains(SviSlice inForce, SviSlice fresh, List<ExpiryQuotes> chains) {
        double bound = bound(fresh.yearsToExpiry());
        if (inForce.expiryMs() != fresh.expiryMs()
                || !(Math.abs(inForce.uncertaintyVol() - fresh.uncertaintyVol()) <= bound)) {
            return false;
        }
        return looked(fresh, chains).stream()
                .allMatch(
                        k ->
                                Math.abs(inForce.volAtLogMoneyness(k) - fresh.volAtLogMoneyness(k))
                                        <= bound);
    }

    private static List<Double> looked(SviSlice fresh, List<ExpiryQuotes> chains) {
        List<Double> quoted =
                chains.stream()
                        .filter(chain -> chain.expiryMs() == fresh.expiryMs())
                        .flatMap(chain -> chain.quotes().stream())
                        .map(quote -> fresh.logMoneyness(quote.strike()))
                        .sorted()
                        .distinct()
                        .toList();
        double deviation = Math.sqrt(fresh.totalVariance(0.0));
        List<Double> looked = new ArrayList<>(quoted);
        looked.add(quoted.getFirst() - deviation);
        looked.add(quoted.getLast() + deviation);
        for (int i = 1; i < quoted.size(); i++) {
            looked.add(0.5 * (quoted.get(i - 1) + quoted.get(i)));
        }
        return looked;
    }
}
