package io.dolim.capacity.vector;

import static io.dolim.quoting.math.ElementaryLanes.SPECIES;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.math.ElementaryLanes;
import io.dolim.quoting.pricing.Black76Kernel;
import io.dolim.quoting.surface.VolSurface;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;

/**
 * Columns in which one option is priced over one run of scenarios, by the run's places. One to a
 * thread. Lanes beyond the run's end are computed and mean nothing.
 */
final class Workspace {

    private static final int LANES = SPECIES.length();

    private final Black76Kernel kernel = new Black76Kernel();
    private final double[] logMoves;
    private final double[] factors;
    private final double[] logMoneyness;
    private final double[] vols;
    private final double[] forwards;

    /** Prices of one coin's option. */
    final double[] prices;

    /** Derivatives of these by the forward; of the grid alone. */
    final double[] deltas;

    Workspace(int scenarios) {
        int size = scenarios + VolSurface.ROOM;
        logMoves = new double[size];
        factors = new double[size];
        logMoneyness = new double[size];
        vols = new double[size];
        forwards = new double[size];
        prices = new double[size];
        deltas = new double[size];
    }

    /** What is priced, at the frozen market; the smile's shape is read where the scenarios lead. */
    record Option(
            PricingMarket market,
            OptionContract contract,
            double forward,
            double strike,
            double discount,
            double logMoneyness,
            double shockPower,
            double perDeviation,
            VectorParameters bounds) {}

    /** Over the horizon: the move is a share of the whole one, and so many years are left. */
    void priceHorizon(Option option, UnderlyingMoves.Run run, double share, double yearsLeft) {
        move(option, run, share);
        if (yearsLeft > 0) {
            volatilities(option, run);
        } else {
            Arrays.fill(vols, 0, run.count, 0);
        }
        kernel.reprice(
                option.contract().type(),
                option.strike(),
                yearsLeft,
                option.discount(),
                forwards,
                vols,
                run.count,
                prices);
    }

    /** On the grid, where no time passes. */
    void priceGrid(Option option, UnderlyingMoves.Run run, double years) {
        move(option, run, 1);
        volatilities(option, run);
        kernel.repriceWithDelta(
                option.contract().type(),
                option.strike(),
                years,
                option.discount(),
                forwards,
                vols,
                run.count,
                prices,
                deltas);
    }

    /** Spot after over spot before, at a place of the run priced last. */
    double factor(int place) {
        return factors[place];
    }

    /**
     * Profit of so many coins at all places of the run, and the same hedged and damped.
     *
     * @param priceNow of one coin's option
     * @param deltaCoins the hedger's, of all of them
     * @param profit takes by scenario {@code coins (price - priceNow)}
     * @param hedged takes by scenario {@code damping (profit - deltaCoins (S_s - S))}
     */
    void into(
            UnderlyingMoves.Run run,
            double coins,
            double priceNow,
            double spot,
            double deltaCoins,
            double[] profit,
            double[] hedged) {
        for (int i = 0; i < run.count; i += LANES) {
            DoubleVector gain = DoubleVector.fromArray(SPECIES, prices, i).sub(priceNow).mul(coins);
            DoubleVector move =
                    DoubleVector.fromArray(SPECIES, factors, i).mul(spot).sub(spot).mul(deltaCoins);
            gain.intoArray(forwards, i);
            gain.sub(move)
                    .mul(DoubleVector.fromArray(SPECIES, run.damping, i))
                    .intoArray(logMoneyness, i);
        }
        for (int i = 0; i < run.count; i++) {
            profit[run.scenario[i]] = forwards[i];
            hedged[run.scenario[i]] = logMoneyness[i];
        }
    }

    private void move(Option option, UnderlyingMoves.Run run, double share) {
        for (int i = 0; i < run.count; i += LANES) {
            DoubleVector move = DoubleVector.fromArray(SPECIES, run.logSpot, i).mul(share);
            DoubleVector factor =
                    share == 1
                            ? DoubleVector.fromArray(SPECIES, run.factor, i)
                            : ElementaryLanes.exp(move);
            factor.intoArray(factors, i);
            move.intoArray(logMoves, i);
            factor.mul(option.forward()).intoArray(forwards, i);
            DoubleVector.broadcast(SPECIES, option.logMoneyness())
                    .sub(move)
                    .intoArray(logMoneyness, i);
        }
    }

    private void volatilities(Option option, UnderlyingMoves.Run run) {
        option.market().volsAnnual(option.contract().expiry(), logMoneyness, run.count, vols);
        VectorParameters bounds = option.bounds();
        for (int i = 0; i < run.count; i += LANES) {
            DoubleVector factor =
                    DoubleVector.fromArray(SPECIES, run.volShock, i)
                            .mul(option.shockPower())
                            .add(1.0);
            if (run.tilts()) {
                DoubleVector deviations =
                        DoubleVector.fromArray(SPECIES, logMoneyness, i).mul(option.perDeviation());
                factor =
                        factor.add(
                                bent(deviations, bounds.tiltReach())
                                        .mul(DoubleVector.fromArray(SPECIES, run.tilt, i)));
            }
            DoubleVector.fromArray(SPECIES, vols, i)
                    .mul(factor)
                    .max(bounds.volFloorAnnual())
                    .min(bounds.volCapAnnual())
                    .intoArray(vols, i);
        }
    }

    /** Deviations as far as a tilt counts them; bent smoothly, because a kink is a butterfly. */
    private static DoubleVector bent(DoubleVector deviations, double reach) {
        DoubleVector share = deviations.div(reach);
        return deviations.div(share.mul(share).add(1.0).sqrt());
    }
}
