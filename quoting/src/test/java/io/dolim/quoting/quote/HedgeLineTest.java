package io.dolim.quoting.quote;

import static io.dolim.quoting.quote.Quoting.QUOTER;
import static io.dolim.quoting.quote.Quoting.SPEC;
import static io.dolim.quoting.quote.Quoting.basis;
import static io.dolim.quoting.quote.Quoting.quoted;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What flattening a package costs, and the funding that its hedge is expected to pay. */
class HedgeLineTest {

    private static final FlatMarket MARKET = FlatMarket.of(60_000.0, 0.5);

    private static final OptionContract CALL = FlatMarket.contract(30, 60_000, OptionType.CALL);

    @Test
    void impactTelescopesOverSplitOrders() {
        double once = hedge(0.0, 200);
        double first = hedge(0.0, 100);
        double delta =
                quoted(QUOTER, basis(MARKET, ConvexPool.flat()), buy(CALL, 100))
                        .greeks()
                        .deltaCoins();
        assertEquals(once, first + hedge(-delta, 100), 1e-5);
        assertTrue(hedge(delta, 100) < hedge(0.0, 100), "what flattens the pool costs less");
    }

    @Test
    void whatHedgingCostsMoreIsTheDifferenceOfBothQuotes() {
        QuoteBasis basis = basis(MARKET, ConvexPool.flat());
        for (double unhedged : new double[] {-250.0, -0.5, 0.0, 3.0, 400.0}) {
            assertEquals(
                    hedge(unhedged, 100) - hedge(0.0, 100),
                    QUOTER.hedgeCostMovedUsdc(basis, buy(CALL, 100), unhedged),
                    3e-6,
                    "unhedged=" + unhedged);
        }
    }

    @Test
    void fundingIsCappedAndACreditIsHalved() {
        double none = hedgeWithFunding(0.0, 100);
        double paid = hedgeWithFunding(0.2, 100) - none;
        assertTrue(paid > 0.0);
        assertEquals(paid * 2.5, hedgeWithFunding(9.0, 100) - none, 1e-4);
        assertEquals(-paid / 2, hedgeWithFunding(-0.2, 100) - none, 1e-4);
    }

    @Test
    void whatTheMarketExpectsGoesBeforeTheConfiguredFundingAndIsCappedLikeIt() {
        double none = hedgeWithFunding(0.0, 100);
        double paid = hedgeWithFunding(0.2, 100) - none;
        assertEquals(paid, hedgeExpecting(0.2) - none, 0.0);
        assertEquals(0.0, hedgeExpecting(0.0) - none, 0.0);
        assertEquals(paid * 2.5, hedgeExpecting(9.0) - none, 1e-4);
        assertEquals(-paid / 2, hedgeExpecting(-0.2) - none, 1e-4);
    }

    /** With funding of a tenth a year configured. */
    private static double hedgeExpecting(double annual) {
        FlatMarket market =
                new FlatMarket(
                        MARKET.timeMs(),
                        MARKET.spotUsdc(),
                        MARKET.vol(),
                        MARKET.carry(),
                        MARKET.rate(),
                        MARKET.uncertainty(),
                        OptionalDouble.of(annual));
        return hedgeWithFunding(market, 0.1, 100);
    }

    private static OptionPackage buy(OptionContract contract, long lots) {
        return OptionPackage.of(new Leg(contract, lots));
    }

    private static double hedge(double unhedged, long lots) {
        return quoted(QUOTER, basis(MARKET, new ConvexPool(1, 0.0, 0.0, unhedged)), buy(CALL, lots))
                .lines()
                .hedgeCost()
                .toDouble();
    }

    private static double hedgeWithFunding(double annual, long lots) {
        return hedgeWithFunding(MARKET, annual, lots);
    }

    private static double hedgeWithFunding(FlatMarket market, double annual, long lots) {
        QuoteRules standard = QuoteRules.standard();
        QuoteRules funded =
                new QuoteRules(
                        standard.closingMs(),
                        standard.quoteLifeMs(),
                        standard.spread(),
                        new QuoteRules.HedgeRules(0.0001, 0.0004, 2e-6, annual, 0.5, 0.5, 10.0),
                        standard.fee());
        return quoted(new Quoter(SPEC, funded), basis(market, ConvexPool.flat()), buy(CALL, lots))
                .lines()
                .hedgeCost()
                .toDouble();
    }
}
