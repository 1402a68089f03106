package io.dolim.capacity;

import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The pool's equity by what it is for. The parts add up to it to the micro-USDC. Each part but writing is
 * an amount that events fix; what the pool gains or loses is writing's. What equity no longer suffices for
 * is lost in the opposite order: writing first, then hedging, the reserve, what is pending.
 *
 * @param equity at mark
 * @param pending paid in, and not yet in the capital K of the open view
 * @param reserve for emergencies
 * @param hedging for hedges
 * @param atVenues the pool's cash that lies at venues, which {@code hedging} is for; of which part of
 *     equity it is, no event says
 * @param writing what options are written on: the rest, negative only when equity is
 */
public record Allocation(
        AllocationTerms terms,
        Usdc equity,
        Usdc pending,
        Usdc reserve,
        Usdc hedging,
        Usdc writing,
        Usdc atVenues) {

    /**
     * The waterfall.
     *
     * @param paidIn capital paid in less paid out, all of it
     * @param unused of that, what is not in the open view's K yet; at least 0
     * @param atVenues cash that lies at venues
     */
    static Allocation of(
            AllocationTerms terms, Usdc equity, Usdc paidIn, Usdc unused, Usdc atVenues) {
        Usdc used = larger(paidIn.minus(unused), Usdc.ZERO);
        Usdc left = larger(equity, Usdc.ZERO);
        Usdc pending = smaller(left, unused);
        left = left.minus(pending);
        Usdc reserve = smaller(left, share(used, terms.reserveShare()));
        left = left.minus(reserve);
        Usdc hedging = smaller(left, share(used, terms.hedgingShare()));
        Usdc writing = equity.minus(pending).minus(reserve).minus(hedging);
        return new Allocation(terms, equity, pending, reserve, hedging, writing, atVenues);
    }

    /** What capital is to cover, USDC: the over-collateralisation factor times the expected shortfall. */
    public double requiredUsdc(Measures measures) {
        return terms.overCollateralisation() * Math.max(measures.expectedShortfall(), 0);
    }

    /** ES-RAC, USDC: K less what it is to cover and the hedging buffer. It decides nothing. */
    public double shortfallRacUsdc(Measures measures) {
        return measures.capital() - requiredUsdc(measures) - measures.hedgingBuffer();
    }

    private static Usdc share(Usdc amount, double share) {
        return Usdc.of(
                amount.toDecimal()
                        .multiply(BigDecimal.valueOf(share))
                        .setScale(6, RoundingMode.FLOOR));
    }

    private static Usdc smaller(Usdc one, Usdc other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Usdc larger(Usdc one, Usdc other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
