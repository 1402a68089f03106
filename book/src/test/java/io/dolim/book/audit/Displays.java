package io.dolim.book.audit;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.market.PricingMarket;
import io.dolim.quoting.pricing.Black76;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Displays to plant violations in: Black-76 at one volatility, a hundredth of a USDC to each side. */
final class Displays {

    static final Underlying BTC = new Underlying("BTC");
    static final Expiry NEAR = Expiry.parse("10FEB26");
    static final Expiry FAR = Expiry.parse("27FEB26");
    static final PricingMarket MARKET = new Carried();
    static final List<Integer> STRIKES = List.of(800, 900, 1_000, 1_100, 1_200);

    private Displays() {}

    /** Spot 1,000; a forward of one percent more at the later expiry. */
    private record Carried() implements PricingMarket {

        @Override
        public Underlying underlying() {
            return BTC;
        }

        @Override
        public long timeMs() {
            return Expiry.parse("1FEB26").epochMs();
        }

        @Override
        public double spotUsdc() {
            return 1_000;
        }

        @Override
        public double forwardUsdc(Expiry expiry) {
            return expiry.equals(FAR) ? 1_010 : 1_000;
        }

        @Override
        public double discount(Expiry expiry) {
            return expiry.equals(FAR) ? 0.99 : 1;
        }

        @Override
        public double volAnnual(Expiry expiry, double logMoneyness) {
            return 0.5;
        }
    }

    static OptionContract contract(Expiry expiry, int strike, OptionType type) {
        return new OptionContract(BTC, expiry, BigDecimal.valueOf(strike), type);
    }

    static OptionContract call(Expiry expiry, int strike) {
        return contract(expiry, strike, OptionType.CALL);
    }

    static OptionContract put(Expiry expiry, int strike) {
        return contract(expiry, strike, OptionType.PUT);
    }

    /** Both expiries, all strikes, of these types. */
    static List<Shown> clean(OptionType... types) {
        List<Shown> shown = new ArrayList<>();
        for (Expiry expiry : List.of(NEAR, FAR)) {
            for (int strike : STRIKES) {
                for (OptionType type : types) {
                    OptionContract contract = contract(expiry, strike, type);
                    double price = price(contract);
                    shown.add(shown(contract, price - 0.01, price + 0.01));
                }
            }
        }
        return shown;
    }

    static double price(OptionContract contract) {
        return Black76.price(
                contract.type(),
                MARKET.forwardUsdc(contract.expiry()),
                contract.strike().doubleValue(),
                contract.expiry().yearsFrom(MARKET.timeMs()),
                0.5,
                MARKET.discount(contract.expiry()));
    }

    static Shown shown(OptionContract contract, double bid, double ask) {
        return new Shown(
                contract,
                bid > 0 ? Optional.of(usdc(bid, RoundingMode.FLOOR)) : Optional.empty(),
                Optional.of(usdc(ask, RoundingMode.CEILING)),
                Optional.empty(),
                bid > 0 ? Optional.empty() : Optional.of("under_one_tick"));
    }

    /** The same with one contract shown otherwise. */
    static List<Shown> with(List<Shown> all, Shown other) {
        return all.stream()
                .map(one -> one.contract().equals(other.contract()) ? other : one)
                .toList();
    }

    static SortedSet<OptionContract> contracts(List<Shown> all) {
        TreeSet<OptionContract> contracts = new TreeSet<>();
        all.forEach(one -> contracts.add(one.contract()));
        return contracts;
    }

    private static BigDecimal usdc(double price, RoundingMode rounding) {
        return new BigDecimal(price).setScale(2, rounding);
    }
}
