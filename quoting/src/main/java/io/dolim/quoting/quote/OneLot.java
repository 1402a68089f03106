package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.market.QuotableMarket;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * The smallest quantity of a contract, quoted both ways before the batch's bounds are known.
 *
 * @param coin one coin at mark
 */
record OneLot(LegValue coin, Quote ask, Quote bid) {

    /** Ticks have fewer decimals than this. */
    private static final int SCALE = 18;

    static OneLot of(Quoter quoter, QuoteBasis basis, OptionContract contract) {
        long lots = quoter.spec().minLots();
        return new OneLot(
                LegValue.of(basis.market(), contract, 1.0),
                quoter.quote(basis, OptionPackage.of(new Leg(contract, lots))),
                quoter.quote(basis, OptionPackage.of(new Leg(contract, -lots))));
    }

    /**
     * USDC per coin before the price was rounded up: bounds under it leave the rounding in the tick
     * line of every size.
     */
    Optional<Double> askBeforeTickUsdc(ContractSpec spec) {
        return switch (ask) {
            case Quote.Quoted quoted ->
                    Optional.of(
                            quoted.price().minus(quoted.lines().tick()).toDouble()
                                    / spec.coins(spec.minLots()).doubleValue());
            case Quote.Refused _ -> Optional.empty();
        };
    }

    private Optional<BigDecimal> askUsdc(ContractSpec spec) {
        return perCoin(spec, ask);
    }

    DisplayedQuotes.Row row(QuotableMarket market, ContractSpec spec, StaticBounds bounds) {
        Optional<BigDecimal> asComputed = perCoin(spec, bid);
        Optional<BigDecimal> lowered =
                asComputed
                        .map(usdc -> usdc.min(most(market, spec, bounds)))
                        .filter(usdc -> usdc.signum() > 0);
        return new DisplayedQuotes.Row(
                coin.contract(),
                coin.markUsdc(),
                coin.vol(),
                market.forwardUsdc(coin.expiry()),
                coin.greeks(),
                lowered.map(usdc -> price(market, usdc)),
                askUsdc(spec).map(usdc -> price(market, usdc)),
                refusal(ask).or(() -> refusal(bid)),
                lowered.isPresent() ? Optional.empty() : asComputed.map(OneLot::noBid));
    }

    private static DisplayedQuotes.NoBid noBid(BigDecimal asComputed) {
        return asComputed.signum() > 0
                ? DisplayedQuotes.NoBid.HELD_UNDER_ASKS
                : DisplayedQuotes.NoBid.UNDER_ONE_TICK;
    }

    private BigDecimal most(PricingMarket market, ContractSpec spec, StaticBounds bounds) {
        BigDecimal usdc = new BigDecimal(bounds.mostUsdc(market, coin.contract()));
        return usdc.divide(spec.tickUsdc(), 0, RoundingMode.FLOOR).multiply(spec.tickUsdc());
    }

    private DisplayedQuotes.Price price(PricingMarket market, BigDecimal usdc) {
        return new DisplayedQuotes.Price(
                usdc, LegValue.impliedVol(market, coin.contract(), usdc.doubleValue()));
    }

    private static Optional<BigDecimal> perCoin(ContractSpec spec, Quote quote) {
        return switch (quote) {
            case Quote.Quoted quoted ->
                    Optional.of(
                            quoted.price()
                                    .toDecimal()
                                    .abs()
                                    .divide(
                                            spec.coins(spec.minLots()),
                                            SCALE,
                                            RoundingMode.UNNECESSARY));
            case Quote.Refused _ -> Optional.empty();
        };
    }

    private static Optional<Quote.Refused> refusal(Quote quote) {
        return quote instanceof Quote.Refused refused ? Optional.of(refused) : Optional.empty();
    }
}
