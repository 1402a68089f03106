package io.dolim.book.hedge;

import io.dolim.quoting.math.Elementary;

/** When the net delta of an underlying is traded, and to where. A pure function of what it is handed. */
public sealed interface HedgePolicy {

    /**
     * How the perpetual trades, and when it did.
     *
     * @param costShare of trading a coin: half-spread and fee, share of its price
     * @param lotCoins smallest quantity that trades
     * @param mostCoins what may stay unhedged at most
     * @param sinceSignalMs since the last signal, on the feed's clock
     */
    record Trading(double costShare, double lotCoins, double mostCoins, long sinceSignalMs) {}

    /** The band of this moment. */
    Band band(HedgeInputs inputs, Trading trading);

    /** To no delta, every so often, whatever it costs. */
    record Passive(long intervalMs) implements HedgePolicy {
        @Override
        public Band band(HedgeInputs inputs, Trading trading) {
            if (trading.sinceSignalMs() < intervalMs) {
                return Band.none(
                        "passive: " + (intervalMs - trading.sinceSignalMs()) + " ms are left");
            }
            return around(0, trading.lotCoins(), 0, "passive: every " + intervalMs + " ms");
        }
    }

    /**
     * Once beyond a fixed band, to an inner one.
     *
     * @param bandCoins half its width
     * @param innerShare where it is brought, share of the half-width, 0 to 1
     */
    record Reactive(double bandCoins, double innerShare) implements HedgePolicy {
        @Override
        public Band band(HedgeInputs inputs, Trading trading) {
            double half = Math.max(Math.min(bandCoins, trading.mostCoins()), trading.lotCoins());
            return around(0, half, innerShare * half, "reactive: " + half + " coins");
        }
    }

    /**
     * A band where what hedging costs and what not hedging risks are in balance; traded to its nearest
     * edge, as cost is proportional.
     *
     * <pre>
     *   half-width = (3/2 k S G^2 / a)^(1/3)      a = g / K
     *   centre     = vanna (volatility - forecast)
     * </pre>
     *
     * Source: Whalley and Wilmott, <i>An asymptotic analysis of an optimal hedging model for option
     * pricing with transaction costs</i>, Mathematical Finance 7(3), 1997, without discounting. Floored
     * by a lot and by a share of the gross gamma, because a net gamma of about nothing is one only at
     * this spot; capped by what may stay unhedged. Where a forecast of volatility is used the delta is
     * that at the forecast, to first order.
     *
     * @param riskAversion g, of the pool's capital
     * @param grossShare of the gross gamma that counts at least, 0 to 1
     */
    record Proactive(double riskAversion, double grossShare) implements HedgePolicy {
        @Override
        public Band band(HedgeInputs inputs, Trading trading) {
            double gamma =
                    Math.max(Math.abs(inputs.gammaCoins()), grossShare * inputs.grossGammaCoins());
            double half = 0;
            if (inputs.capitalUsdc() > 0 && gamma > 0) {
                double cube =
                        1.5
                                * trading.costShare()
                                * inputs.spotUsdc()
                                * gamma
                                * gamma
                                * inputs.capitalUsdc()
                                / riskAversion;
                half = cube > 0 ? Elementary.exp(Elementary.log(cube) / 3) : 0;
            }
            half = Math.max(Math.min(half, trading.mostCoins()), trading.lotCoins());
            double centre = inputs.vannaCoins() * (inputs.volAnnual() - inputs.forecastVol());
            double room = trading.mostCoins() - half;
            centre = room > 0 ? Math.clamp(centre, -room, room) : 0;
            return around(centre, half, half, "proactive: " + half + " coins around " + centre);
        }
    }

    private static Band around(double centre, double half, double inner, String rule) {
        return new Band(centre - half, centre + half, centre - inner, centre + inner, rule);
    }
}
