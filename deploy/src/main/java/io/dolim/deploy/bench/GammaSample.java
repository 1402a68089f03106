package io.dolim.deploy.bench;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.Quote;
import io.dolim.quoting.quote.QuoteLines;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a coin's quotes and the pool were at one market view.
 *
 * @param isFlat whether the pool holds nothing, of no coin
 * @param heldCoins options on this coin that the pool is short of, both types together
 * @param deltaCoins the pool's, on this coin
 * @param gammaUsdc its change in USDC for 1 % of spot
 * @param probe a straddle of one coin, at the money in 30 days
 * @param call its call alone
 * @param held a tenth of what the pool is short of; empty when that is nothing
 */
record GammaSample(
        long timeMs,
        Underlying underlying,
        boolean isFlat,
        double heldCoins,
        double spotUsdc,
        double strain,
        double racUsdc,
        double capitalUsdc,
        double deltaCoins,
        double gammaUsdc,
        Pair probe,
        Pair call,
        Optional<Pair> held) {

    /** Quotes of one side. */
    record Side(Quote.Quoted here, Quote.Quoted flat) {

        double chargeUsdc() {
            return here.lines().capitalCharge().toDouble();
        }

        double flatChargeUsdc() {
            return flat.lines().capitalCharge().toDouble();
        }

        /** The computed line that lies farthest from that of the flat pool, and the price: share of the latter. */
        double farthestShare() {
            List<Double> shares =
                    List.of(
                            share(QuoteLines::mark),
                            share(QuoteLines::spread),
                            share(QuoteLines::hedgeCost),
                            share(QuoteLines::capitalCharge),
                            share(QuoteLines::fee),
                            share(QuoteLines::total));
            double farthest = 0;
            for (double share : shares) {
                farthest = Math.max(farthest, share);
            }
            return farthest;
        }

        private double share(
                java.util.function.Function<QuoteLines, io.dolim.quoting.money.Usdc> line) {
            double is = line.apply(here.lines()).toDouble();
            double flatly = line.apply(flat.lines()).toDouble();
            return is == flatly ? 0 : Math.abs(is - flatly) / Math.abs(flatly);
        }
    }

    /** Bought from the pool and sold to it, on its own inventory and on none. */
    record Pair(Side buy, Side sell) {

        /** Ask less bid, volatility points. */
        double widthPoints() {
            return points(total(buy.here), total(sell.here));
        }

        /** The same of the flat pool. */
        double flatWidthPoints() {
            return points(total(buy.flat), total(sell.flat));
        }

        /** The spread lines of both sides together, volatility points. */
        double spreadPoints() {
            return points(spread(buy.here), spread(sell.here));
        }

        /** The same of the flat pool. */
        double flatSpreadPoints() {
            return points(spread(buy.flat), spread(sell.flat));
        }

        private static double total(Quote.Quoted quote) {
            return quote.price().toDouble();
        }

        private static double spread(Quote.Quoted quote) {
            return quote.lines().spread().toDouble();
        }

        private double points(double ofBuying, double ofSelling) {
            return 100 * (ofBuying + ofSelling) / vegaUsdc();
        }

        private double vegaUsdc() {
            return buy.here.greeks().vegaUsdc();
        }

        double farthestShare() {
            return Math.max(buy.farthestShare(), sell.farthestShare());
        }
    }

    /** Of the probe's and its call's lines, the one farthest from that of the flat pool, share of the latter. */
    double farthestShare() {
        return Math.max(probe.farthestShare(), call.farthestShare());
    }

    static String head() {
        return "time,coin,short_coins,spot,strain,rac,capital,delta_coins,gamma_usdc,width_points,"
                + "flat_width_points,spread_points,flat_spread_points,charge_buy,charge_sell,flat_charge_buy,flat_charge_sell,"
                + "held_charge_buy,held_charge_sell,held_flat_charge_buy,held_flat_charge_sell";
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "%s,%s,%.1f,%.1f,%.4f,%.0f,%.0f,%.2f,%.0f,%.3f,%.3f,%.3f,%.3f,%.2f,%.2f,%.2f,%.2f,%s",
                Instant.ofEpochMilli(timeMs),
                underlying,
                heldCoins,
                spotUsdc,
                strain,
                racUsdc,
                capitalUsdc,
                deltaCoins,
                gammaUsdc,
                probe.widthPoints(),
                probe.flatWidthPoints(),
                probe.spreadPoints(),
                probe.flatSpreadPoints(),
                probe.buy.chargeUsdc(),
                probe.sell.chargeUsdc(),
                probe.buy.flatChargeUsdc(),
                probe.sell.flatChargeUsdc(),
                held.map(GammaSample::charges).orElse(",,,"));
    }

    private static String charges(Pair pair) {
        return String.format(
                Locale.ROOT,
                "%.2f,%.2f,%.2f,%.2f",
                pair.buy.chargeUsdc(),
                pair.sell.chargeUsdc(),
                pair.buy.flatChargeUsdc(),
                pair.sell.flatChargeUsdc());
    }
}
