package io.dolim.book.prints;

import io.dolim.book.BookEvent;
import io.dolim.book.trade.Trade;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.pricing.Black76;
import io.dolim.quoting.pricing.ImpliedVolatility;
import io.dolim.quoting.quote.Leg;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One trade as prints, a print for each leg. */
final class PrintedLegs {

    /** Of a price that one trade agreed to: as orders are answered. */
    private static final int EXACT = 12;

    /** Of a price that is a leg's share. */
    private static final int SHARED = 6;

    private final Prints prints;
    private final Trade trade;
    private final Optional<MarketSnapshot> market;

    /** @param market that marked it; empty when it is not recorded */
    PrintedLegs(Prints prints, BookEvent.TradeExecuted executed, Optional<MarketSnapshot> market) {
        this.prints = prints;
        this.trade = executed.trade();
        this.market = market;
    }

    List<Print> all() {
        List<Leg> legs = trade.legs().legs();
        double[] marks = new double[legs.size()];
        double[] coins = new double[legs.size()];
        double worth = 0.0;
        for (int i = 0; i < marks.length; i++) {
            coins[i] = coins(legs.get(i)).doubleValue();
            marks[i] = mark(legs.get(i).contract(), coins[i]);
            worth += Math.abs(coins[i]) * marks[i];
        }
        double[] prices = LegPrices.of(marks, coins, trade.price().toDouble());
        List<Print> all = new ArrayList<>();
        Usdc fees = Usdc.ZERO;
        for (int i = 0; i < marks.length; i++) {
            boolean isLast = i == marks.length - 1;
            double share = worth > 0.0 ? Math.abs(coins[i]) * marks[i] / worth : 0.0;
            Usdc fee =
                    isLast
                            ? trade.lines().fee().minus(fees)
                            : Usdc.nearest(share * trade.lines().fee().toDouble());
            fees = fees.plus(fee);
            all.add(print(i, marks[i], prices[i], fee));
        }
        return all;
    }

    private Print print(int place, double mark, double share, Usdc fee) {
        Leg leg = trade.legs().legs().get(place);
        BigDecimal coins = coins(leg).abs();
        BigDecimal price = trade.legs().legs().size() == 1 ? agreed(coins) : plain(share, SHARED);
        return new Print(
                trade.id(),
                place + 1,
                trade.legs().legs().size(),
                trade.account(),
                trade.orderId(),
                leg.contract(),
                leg.lots(),
                coins,
                price,
                prints.instrument(leg.contract()).tick(price),
                mark,
                market.map(on -> vol(on, leg.contract(), price.doubleValue())).orElse(0.0),
                market.map(MarketSnapshot::spotUsdc).orElse(0.0),
                fee,
                trade.epochMs());
    }

    private BigDecimal agreed(BigDecimal coins) {
        return trade.price()
                .toDecimal()
                .abs()
                .divide(coins, EXACT, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
    }

    private static BigDecimal plain(double price, int decimals) {
        return new BigDecimal(price)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
    }

    private BigDecimal coins(Leg leg) {
        return prints.instrument(leg.contract()).coins(leg.lots());
    }

    private double mark(OptionContract contract, double coins) {
        if (market.isEmpty()) {
            boolean isAlone = trade.legs().legs().size() == 1;
            return isAlone ? Math.abs(trade.lines().mark().toDouble() / coins) : 0.0;
        }
        MarketSnapshot on = market.get();
        double strike = contract.strike().doubleValue();
        double forward = on.forwardUsdc(contract.expiry());
        return Black76.price(
                contract.type(),
                forward,
                strike,
                contract.expiry().yearsFrom(on.timeMs()),
                on.volAnnual(contract.expiry(), Elementary.log(strike / forward)),
                on.discount(contract.expiry()));
    }

    private static double vol(MarketSnapshot on, OptionContract contract, double price) {
        ImpliedVolatility implied =
                ImpliedVolatility.of(
                        contract.type(),
                        on.forwardUsdc(contract.expiry()),
                        contract.strike().doubleValue(),
                        contract.expiry().yearsFrom(on.timeMs()),
                        price,
                        on.discount(contract.expiry()));
        return switch (implied) {
            case ImpliedVolatility.Found found -> found.volAnnual();
            case ImpliedVolatility.Refused _ -> 0.0;
        };
    }
}
