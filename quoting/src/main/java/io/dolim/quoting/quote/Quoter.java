package io.dolim.quoting.quote;

import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.market.QuotableMarket;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.pricing.PricingVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;

/**
 * Prices packages of one underlying. Pure: a quote is a function of its basis and these rules; safe
 * on any thread, asks nobody.
 *
 * <p>Promises, for one basis: what a package costs and what its reverse costs add up to zero or more;
 * no price is under the package's least pay-off or the bounds of the displayed quotes; the lines add
 * up to the price, which is a whole number of ticks. Everything that is applied after the five
 * computed lines is applied in the pool's favour, save that an option is never bought below nothing:
 * of a sale that adds risk spread and fee are waived for it, and no more. What the floors add is part
 * of the spread line.
 */
public final class Quoter {

    private static final Usdc MICRO = new Usdc(1);

    /**
     * An expiry of which more than this share of its at-the-money volatility is unknown has no price; a
     * fitted slice's share is at most half of that.
     */
    private static final double ROUGHEST = 0.5;

    /** The first pricing version in which nothing of a charge is waived. */
    private static final int CHARGES_STAND = 3;

    private final ContractSpec spec;
    private final QuoteRules rules;
    private final boolean waivesCharges;
    private final SpreadLine spread;
    private final HedgeLine hedge;

    /** A quoter for the options of the contract's underlying, under the current pricing version. */
    public Quoter(ContractSpec spec, QuoteRules rules) {
        this(spec, rules, PricingVersion.CURRENT);
    }

    /**
     * A quoter that makes the prices of an earlier release again.
     *
     * @param pricingVersion {@link PricingVersion#EARLIEST} to {@link PricingVersion#CURRENT}
     * @throws IllegalArgumentException when it is another
     */
    public Quoter(ContractSpec spec, QuoteRules rules, int pricingVersion) {
        this.spec = spec;
        this.rules = rules;
        this.waivesCharges = PricingVersion.parse(Integer.toString(pricingVersion)) < CHARGES_STAND;
        this.spread = new SpreadLine(rules);
        this.hedge = new HedgeLine(rules);
    }

    /** How the options trade that it prices. */
    public ContractSpec spec() {
        return spec;
    }

    /** The rules it prices by. */
    public QuoteRules rules() {
        return rules;
    }

    /** The price of a package, or why it has none. */
    public Quote quote(QuoteBasis basis, OptionPackage asked) {
        return quote(
                basis.market(), basis.charge(), () -> leastOfDisplayedUsdc(basis, asked), asked);
    }

    /**
     * The same price from what was written down of its basis: of the displayed quotes only the least
     * that they let this package cost.
     *
     * @param leastUsdc as {@link #leastOfDisplayedUsdc} said then
     */
    public Quote quoteAgain(
            QuotableMarket market, CapitalCharge charge, double leastUsdc, OptionPackage asked) {
        return quote(market, charge, () -> leastUsdc, asked);
    }

    /** The least that the displayed quotes of a basis let a package cost, USDC. */
    public double leastOfDisplayedUsdc(QuoteBasis basis, OptionPackage asked) {
        return basis.bounds().leastUsdc(basis.market(), spec, asked);
    }

    private Quote quote(
            QuotableMarket market,
            CapitalCharge charge,
            DoubleSupplier leastUsdc,
            OptionPackage asked) {
        Optional<Quote> refused = refusal(market, asked);
        if (refused.isPresent()) {
            return refused.get();
        }
        return switch (charge.of(asked)) {
            case CapitalCharge.Charged charged ->
                    priced(market, charge, leastUsdc.getAsDouble(), asked, charged);
            case CapitalCharge.Unavailable none ->
                    new Quote.Refused(asked, QuoteRefusal.NO_CAPACITY, none.rule(), none.numbers());
        };
    }

    /**
     * How much more hedging a package costs than on its basis, USDC, when the pool's unhedged delta
     * has become another; negative when it costs less.
     */
    public double hedgeCostMovedUsdc(QuoteBasis basis, OptionPackage asked, double unhedgedCoins) {
        double before = basis.charge().unhedgedDeltaCoins(asked.underlying());
        return hedge.impactMovedUsdc(
                basis.market(), legs(basis.market(), asked), before, unhedgedCoins);
    }

    /**
     * A package's greeks on a market, signed from the taker.
     *
     * @throws IllegalArgumentException when the market's figures make no price
     */
    public PackageGreeks greeks(QuotableMarket market, OptionPackage asked) {
        return LegValue.greeks(legs(market, asked));
    }

    /**
     * What a package is worth on a market, USDC, signed from the taker.
     *
     * @throws IllegalArgumentException when the market's figures make no price
     */
    public double markUsdc(QuotableMarket market, OptionPackage asked) {
        return LegValue.mark(legs(market, asked));
    }

    /** The smallest step of a package's price: a tick on the smallest of its legs. */
    public Usdc tickOf(OptionPackage asked) {
        long smallest = Long.MAX_VALUE;
        for (Leg leg : asked.legs()) {
            smallest = Math.min(smallest, Math.absExact(leg.lots()));
        }
        return spec.tickOf(smallest);
    }

    private Optional<Quote> refusal(QuotableMarket market, OptionPackage asked) {
        if (!asked.underlying().equals(market.underlying())) {
            return refused(asked, QuoteRefusal.FOREIGN_UNDERLYING, Map.of());
        }
        for (Leg leg : asked.legs()) {
            double lots = Math.abs((double) leg.lots());
            if (lots < spec.minLots() || lots > spec.maxLots()) {
                return refused(
                        asked,
                        QuoteRefusal.INVALID_SIZE,
                        Map.of(
                                "lots", lots,
                                "min_lots", (double) spec.minLots(),
                                "max_lots", (double) spec.maxLots()));
            }
            long leftMs = leg.contract().expiry().epochMs() - market.timeMs();
            if (leftMs <= rules.closingMs()) {
                return refused(
                        asked,
                        leftMs <= 0 ? QuoteRefusal.EXPIRED : QuoteRefusal.EXPIRY_CLOSING,
                        Map.of(
                                "left_ms", (double) leftMs,
                                "closing_ms", (double) rules.closingMs()));
            }
        }
        return rough(market, asked);
    }

    private static Optional<Quote> rough(QuotableMarket market, OptionPackage asked) {
        for (Leg leg : asked.legs()) {
            Expiry expiry = leg.contract().expiry();
            double unknown = market.uncertaintyVol(expiry);
            double vol = market.volAnnual(expiry, 0.0);
            if (!(unknown <= ROUGHEST * vol)) {
                return Optional.of(
                        new Quote.Refused(
                                asked,
                                QuoteRefusal.UNPRICEABLE,
                                "rough_surface",
                                new TreeMap<>(
                                        Map.of(
                                                "uncertainty_vol",
                                                unknown,
                                                "at_the_money_vol",
                                                vol))));
            }
        }
        return Optional.empty();
    }

    private Quote priced(
            QuotableMarket market,
            CapitalCharge charge,
            double leastUsdc,
            OptionPackage asked,
            CapitalCharge.Charged charged) {
        List<LegValue> legs = legs(market, asked);
        double strain = charge.strain();
        double unhedged = charge.unhedgedDeltaCoins(asked.underlying());
        Amounts amounts =
                new Amounts(
                        LegValue.mark(legs),
                        spread.usdc(market, legs, charged.risingShare(), strain),
                        hedge.usdc(market, legs, unhedged),
                        charged.usdc(),
                        fee(market, legs),
                        floor(market, leastUsdc, asked));
        Optional<Quote> none =
                unknown(asked, amounts, charged.risingShare(), strain)
                        .or(() -> aboveValue(asked, amounts, charged.reducing()));
        return none.orElseGet(
                () ->
                        new Quote.Quoted(
                                asked,
                                lines(asked, amounts),
                                LegValue.greeks(legs),
                                charged.reducing()));
    }

    private List<LegValue> legs(QuotableMarket market, OptionPackage asked) {
        return asked.legs().stream()
                .map(
                        leg ->
                                LegValue.of(
                                        market,
                                        leg.contract(),
                                        spec.coins(leg.lots()).doubleValue()))
                .toList();
    }

    /** The computed amounts, USDC, and the least they may add up to. */
    private record Amounts(
            double mark, double spread, double hedge, double capital, double fee, double floor) {

        double sum() {
            return mark + spread + hedge + capital + fee;
        }

        /** Of what no part is waived: with all of it no cycle of trades pays. */
        double standing() {
            return mark + hedge + capital;
        }
    }

    /**
     * What adds risk is not taken for nothing when its charge and its hedge cost more than it is worth,
     * by more than a micro: prices are whole ticks, so that less than one makes no cycle pay.
     */
    private Optional<Quote> aboveValue(OptionPackage asked, Amounts amounts, boolean reducing) {
        if (waivesCharges
                || reducing
                || !isSale(asked)
                || !(amounts.standing() > MICRO.toDouble())) {
            return Optional.empty();
        }
        return Optional.of(
                new Quote.Refused(
                        asked,
                        QuoteRefusal.NO_CAPACITY,
                        "costs_exceed_value",
                        new TreeMap<>(
                                Map.of(
                                        "value", -amounts.mark(),
                                        "hedge_cost", amounts.hedge(),
                                        "capital_charge", amounts.capital()))));
    }

    private static boolean isSale(OptionPackage asked) {
        return asked.legs().size() == 1 && asked.legs().getFirst().lots() < 0;
    }

    private double floor(QuotableMarket market, double leastUsdc, OptionPackage asked) {
        PayoffFloor payoff = PayoffFloor.of(market, spec, asked);
        return Math.max(
                Math.max(payoff.leastUsdc() + tickOf(asked).toDouble(), payoff.withForwardUsdc()),
                leastUsdc);
    }

    private double fee(PricingMarket market, List<LegValue> legs) {
        double fee = 0.0;
        for (LegValue leg : legs) {
            double notional = Math.abs(leg.coins()) * market.spotUsdc();
            fee +=
                    Math.min(
                            rules.fee().notionalShare() * notional,
                            rules.fee().markCap() * Math.abs(leg.markUsdc()));
        }
        return fee;
    }

    private QuoteLines lines(OptionPackage asked, Amounts amounts) {
        QuoteLines lines =
                new QuoteLines(
                        up(amounts.mark()),
                        up(amounts.spread()),
                        up(amounts.hedge()),
                        up(amounts.capital()),
                        up(amounts.fee()),
                        Usdc.ZERO);
        double missing = amounts.floor() - lines.total().toDouble();
        if (missing > 0.0) {
            lines = withSpread(lines, up(missing));
        }
        if (isSale(asked) && lines.total().signum() > 0) {
            lines = withSpread(lines, lines.total().negated());
        }
        return withTick(lines, tickOf(asked));
    }

    private static QuoteLines withSpread(QuoteLines lines, Usdc more) {
        return new QuoteLines(
                lines.mark(),
                lines.spread().plus(more),
                lines.hedgeCost(),
                lines.capitalCharge(),
                lines.fee(),
                lines.tick());
    }

    private static QuoteLines withTick(QuoteLines lines, Usdc step) {
        long over = Math.floorMod(lines.total().micros(), step.micros());
        return new QuoteLines(
                lines.mark(),
                lines.spread(),
                lines.hedgeCost(),
                lines.capitalCharge(),
                lines.fee(),
                new Usdc(over == 0 ? 0 : step.micros() - over));
    }

    private static Usdc up(double usdc) {
        return Usdc.dueFromTaker(usdc, MICRO);
    }

    private static Optional<Quote> unknown(
            OptionPackage asked, Amounts amounts, double risingShare, double strain) {
        boolean known =
                Math.abs(amounts.sum()) < LARGEST_USDC
                        && amounts.floor() < LARGEST_USDC
                        && risingShare >= 0.0
                        && risingShare <= 1.0
                        && strain >= 0.0
                        && strain <= 1.0;
        SortedMap<String, Double> numbers = new TreeMap<>();
        numbers.put("mark", amounts.mark());
        numbers.put("spread", amounts.spread());
        numbers.put("hedge_cost", amounts.hedge());
        numbers.put("capital_charge", amounts.capital());
        numbers.put("fee", amounts.fee());
        numbers.put("floor", amounts.floor());
        numbers.put("rising_share", risingShare);
        numbers.put("strain", strain);
        return known ? Optional.empty() : refused(asked, QuoteRefusal.UNPRICEABLE, numbers);
    }

    private static Optional<Quote> refused(
            OptionPackage asked, QuoteRefusal reason, Map<String, Double> numbers) {
        return Optional.of(new Quote.Refused(asked, reason, reason.code(), new TreeMap<>(numbers)));
    }

    /** Prices beyond this are no prices. */
    private static final double LARGEST_USDC = 1e12;
}
