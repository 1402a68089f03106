package io.dolim.deploy;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.pricing.Black76;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A made-up market that never moves: one recorded chain of BTC and ETH, replayed so slowly that its
 * clock stands. What prices do then is the pool's doing alone.
 */
final class StandingMarket {

    private static final Instant AT = Instant.parse("2026-03-01T09:00:00Z");
    private static final List<String> EXPIRIES = List.of("27MAR26", "24APR26", "26JUN26");
    private static final double HALF_SPREAD_VOL = 0.004;
    private static final double CARRY = 0.04;

    private StandingMarket() {}

    /** Writes the recording into a folder. */
    static void write(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(
                "timestamp,instrument_name,bid_price,ask_price,mark_price,futures_price,"
                        + "implied_volatility,delta,vega,open_interest,volume,index_price");
        coin(lines, "BTC", 65_000, 0.50, 40_000, 2_500, 22);
        coin(lines, "ETH", 2_500, 0.65, 1_500, 100, 22);
        Files.createDirectories(folder);
        Files.write(folder.resolve("20260301T090000Z.csv"), lines);
    }

    private static void coin(
            List<String> lines,
            String coin,
            double index,
            double vol,
            int first,
            int step,
            int count) {
        for (String code : EXPIRIES) {
            Expiry expiry = Expiry.parse(code);
            double years = expiry.yearsFrom(AT.toEpochMilli());
            double future = index * (1 + CARRY * years);
            for (int i = 0; i < count; i++) {
                int strike = first + i * step;
                for (OptionType type : OptionType.values()) {
                    String name =
                            new OptionContract(
                                            new Underlying(coin),
                                            expiry,
                                            BigDecimal.valueOf(strike),
                                            type)
                                    .name()
                                    .replace("_USDC", "");
                    double sigma = smile(Math.log(strike / future), vol, years);
                    lines.add(
                            String.format(
                                    Locale.ROOT,
                                    "%s,%s,%.10f,%.10f,%.10f,%.2f,%.6f,0,0,0,0,%.2f",
                                    AT,
                                    name,
                                    coins(type, future, strike, years, sigma - HALF_SPREAD_VOL),
                                    coins(type, future, strike, years, sigma + HALF_SPREAD_VOL),
                                    coins(type, future, strike, years, sigma),
                                    future,
                                    sigma,
                                    index));
                }
            }
        }
    }

    private static double coins(
            OptionType type, double future, double strike, double years, double vol) {
        return Black76.price(type, future, strike, years, vol, 1) / future;
    }

    /** SSVI with rho -0.2 and phi sqrt(theta) = 0.8, free of arbitrage; Gatheral and Jacquier 2014. */
    private static double smile(double k, double vol, double years) {
        double theta = vol * vol * years;
        double rho = -0.2;
        double x = 0.8 / Math.sqrt(theta) * k;
        double variance =
                0.5 * theta * (1 + rho * x + Math.sqrt((x + rho) * (x + rho) + 1 - rho * rho));
        return Math.sqrt(variance / years);
    }
}
