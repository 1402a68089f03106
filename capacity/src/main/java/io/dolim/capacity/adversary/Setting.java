package io.dolim.capacity.adversary;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.capacity.CapacityParameters;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.QuoteRules;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What sessions have in common: contracts, rules of quotes, parameters of capacity, the scenarios.
 *
 * @param closingMs an expiry stops quoting this long before it
 */
record Setting(CapacityParameters parameters, VectorPricer pricer, long closingMs) {

    static final Underlying BTC = new Underlying("BTC");
    static final Underlying ETH = new Underlying("ETH");

    private static final SortedMap<Underlying, ContractSpec> SPECS = specs();
    private static final double ETHER_IMPACT = 1e-7;

    /** Limits so wide that the price alone protects the pool. */
    private static final String WIDE =
            """
            limits {
              rac_floor_share = 0.000001, gamma_share = 10, vega_share = 1, short_notional_share = 100
              concentration_share = 1, mmp_vega_share = 1, mmp_loss_share = 1
              "unhedged_delta_coins.BTC" = 4000000, "unhedged_delta_coins.ETH" = 4000000
              "mmp_quantity_coins.BTC" = 4000000, "mmp_quantity_coins.ETH" = 4000000
              "mmp_delta_coins.BTC" = 4000000, "mmp_delta_coins.ETH" = 4000000
            }
            """;

    /** @throws RuntimeException naming what the configuration lacks */
    static Setting of(Config dolimCapacity) {
        CapacityParameters parameters = CapacityParameters.of(dolimCapacity);
        return new Setting(
                parameters, parameters.pricer(underlyings()), QuoteRules.standard().closingMs());
    }

    /**
     * The same without limits, and otherwise as said.
     *
     * @param more lines of configuration; none when empty
     */
    static Setting wide(Config dolimCapacity, String more) {
        return of(ConfigFactory.parseString(WIDE + more).withFallback(dolimCapacity));
    }

    Setting withClosing(long ms) {
        return new Setting(parameters, pricer, ms);
    }

    static SortedSet<Underlying> underlyings() {
        return new TreeSet<>(List.of(BTC, ETH));
    }

    static SortedMap<Underlying, ContractSpec> specs() {
        SortedMap<Underlying, ContractSpec> specs = new TreeMap<>();
        specs.put(BTC, spec(BTC, "0.1", "5"));
        specs.put(ETH, spec(ETH, "1", "0.5"));
        return specs;
    }

    static ContractSpec spec(Underlying underlying) {
        ContractSpec spec = SPECS.get(underlying);
        if (spec == null) {
            throw new IllegalArgumentException("underlying=" + underlying + " is not BTC or ETH");
        }
        return spec;
    }

    /** The reference rules, with each underlying's own impact. */
    QuoteRules rules(Underlying underlying) {
        QuoteRules standard = QuoteRules.standard();
        QuoteRules.HedgeRules hedge = standard.hedge();
        return new QuoteRules(
                closingMs,
                standard.quoteLifeMs(),
                standard.spread(),
                new QuoteRules.HedgeRules(
                        hedge.halfSpread(),
                        hedge.venueFee(),
                        underlying.equals(ETH) ? ETHER_IMPACT : hedge.impactPerCoin(),
                        hedge.fundingAnnual(),
                        hedge.fundingCapAnnual(),
                        hedge.fundingCreditShare(),
                        hedge.holdingDays()),
                standard.fee());
    }

    private static ContractSpec spec(Underlying underlying, String coins, String tick) {
        return new ContractSpec(
                underlying, new BigDecimal(coins), new BigDecimal(tick), 1, 1_000_000);
    }
}
