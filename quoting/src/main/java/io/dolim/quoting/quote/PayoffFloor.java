package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.market.PricingMarket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a package is worth at least, whatever the price at each expiry, USDC from the taker's side.
 *
 * <p>Per expiry the pay-off f is piecewise linear in the price S >= 0 with kinks at the strikes:
 *
 * <pre>  least        = DF min_S f(S)
 *   with forward = DF (greatest convex minorant of f)(F)      hedged by a forward bought at F</pre>
 *
 * For a call the second is the intrinsic value on the forward, for a sold call -DF F.
 *
 * @param leastUsdc present value of the least pay-off; negative infinity when nothing bounds it
 * @param withForwardUsdc the same when a forward is traded beside; finite
 */
record PayoffFloor(double leastUsdc, double withForwardUsdc) {

    /** A piece of a pay-off of one expiry. */
    private record Piece(OptionType type, double strike, double coins) {

        double at(double price) {
            return coins * Math.max(0.0, type.sign() * (price - strike));
        }
    }

    static PayoffFloor of(PricingMarket market, ContractSpec spec, OptionPackage asked) {
        SortedMap<Expiry, List<Piece>> byExpiry = new TreeMap<>();
        for (Leg leg : asked.legs()) {
            byExpiry.computeIfAbsent(leg.contract().expiry(), _ -> new ArrayList<>())
                    .add(
                            new Piece(
                                    leg.contract().type(),
                                    leg.contract().strike().doubleValue(),
                                    spec.coins(leg.lots()).doubleValue()));
        }
        double least = 0.0;
        double withForward = 0.0;
        for (Map.Entry<Expiry, List<Piece>> one : byExpiry.entrySet()) {
            double discount = market.discount(one.getKey());
            double forward = market.forwardUsdc(one.getKey());
            least += discount * least(one.getValue());
            withForward += discount * convexMinorantAt(forward, one.getValue());
        }
        return new PayoffFloor(least, withForward);
    }

    private static double least(List<Piece> pieces) {
        if (slopeAtInfinity(pieces) < 0.0) {
            return Double.NEGATIVE_INFINITY;
        }
        double least = payoff(pieces, 0.0);
        for (Piece kink : pieces) {
            least = Math.min(least, payoff(pieces, kink.strike()));
        }
        return least;
    }

    /** The lowest of all chords between kinks, and of all rays of the last slope, over the forward. */
    private static double convexMinorantAt(double forward, List<Piece> pieces) {
        List<Double> kinks = new ArrayList<>(List.of(0.0));
        pieces.forEach(piece -> kinks.add(piece.strike()));
        double slope = slopeAtInfinity(pieces);
        double lowest = payoff(pieces, forward);
        for (double left : kinks) {
            if (left > forward) {
                continue;
            }
            double from = payoff(pieces, left);
            lowest = Math.min(lowest, Math.fma(slope, forward - left, from));
            for (double right : kinks) {
                if (right > forward) {
                    double share = (forward - left) / (right - left);
                    lowest = Math.min(lowest, from + share * (payoff(pieces, right) - from));
                }
            }
        }
        return lowest;
    }

    private static double slopeAtInfinity(List<Piece> pieces) {
        double slope = 0.0;
        for (Piece piece : pieces) {
            slope += piece.type() == OptionType.CALL ? piece.coins() : 0.0;
        }
        return slope;
    }

    private static double payoff(List<Piece> pieces, double price) {
        double sum = 0.0;
        for (Piece piece : pieces) {
            sum += piece.at(price);
        }
        return sum;
    }
}
