package io.dolim.quoting.quote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.market.QuotableMarket;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the tests of quotes share: one contract, its quoter, and random packages. */
final class Quoting {

    static final ContractSpec SPEC =
            new ContractSpec(
                    FlatMarket.BTC, new BigDecimal("0.01"), new BigDecimal("0.5"), 1, 1_000_000);
    static final Quoter QUOTER = new Quoter(SPEC, QuoteRules.standard());

    private Quoting() {}

    static Quote.Quoted quoted(Quoter quoter, QuoteBasis basis, OptionPackage asked) {
        return assertInstanceOf(Quote.Quoted.class, quoter.quote(basis, asked));
    }

    static Usdc price(QuoteBasis basis, OptionPackage asked) {
        return quoted(QUOTER, basis, asked).price();
    }

    /** The quote; empty when it would be a sale that costs the pool more than it is worth. */
    static Optional<Quote.Quoted> offered(QuoteBasis basis, OptionPackage asked) {
        return switch (QUOTER.quote(basis, asked)) {
            case Quote.Quoted quoted -> Optional.of(quoted);
            case Quote.Refused refused -> {
                assertEquals("costs_exceed_value", refused.rule());
                assertEquals(1, asked.legs().size());
                assertTrue(asked.legs().getFirst().lots() < 0, refused::toString);
                yield Optional.empty();
            }
        };
    }

    static QuoteBasis basis(QuotableMarket market, CapitalCharge charge) {
        return new QuoteBasis(market, charge, StaticBounds.none());
    }

    static SortedSet<OptionContract> chain() {
        TreeSet<OptionContract> chain = new TreeSet<>();
        for (int days : new int[] {1, 3, 10, 45}) {
            for (long strike = 40_000; strike <= 90_000; strike += 2_500) {
                chain.add(FlatMarket.contract(days, strike, OptionType.CALL));
                chain.add(FlatMarket.contract(days, strike, OptionType.PUT));
            }
        }
        return chain;
    }

    static OptionPackage randomPackage(SplittableRandom random, SortedSet<OptionContract> from) {
        OptionContract[] all = from.toArray(OptionContract[]::new);
        SortedMap<OptionContract, Long> legs = new TreeMap<>();
        int count = random.nextInt(1, 6);
        while (legs.size() < count) {
            long lots = random.nextLong(1, 400);
            legs.put(all[random.nextInt(all.length)], random.nextBoolean() ? lots : -lots);
        }
        return new OptionPackage(
                legs.entrySet().stream().map(e -> new Leg(e.getKey(), e.getValue())).toList());
    }
}
