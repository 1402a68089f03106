package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.RefusalReason;
import io.dolim.capacity.AccountLimits;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What an account may hold of a Book's contracts, judged on the Book's own state just before a trade is
 * written: the Book is the one writer of them, so nothing can come between. An account that is
 * beyond a limit may go no further, but come nearer.
 */
final class AccountRule {

    private final BigDecimal coinsPerLot;
    private final SortedMap<OptionContract, Long> before;
    private final SortedMap<OptionContract, Long> after;
    private final OptionPackage asked;
    private final double spotUsdc;

    private AccountRule(
            BigDecimal coinsPerLot,
            SortedMap<OptionContract, Long> before,
            OptionPackage asked,
            double spotUsdc) {
        this.coinsPerLot = coinsPerLot;
        this.before = before;
        this.asked = asked;
        this.spotUsdc = spotUsdc;
        SortedMap<OptionContract, Long> lots = before;
        for (Leg leg : asked.legs()) {
            lots = Holding.added(lots, leg.contract(), leg.lots());
        }
        after = lots;
    }

    /**
     * The first limit that a package breaks, with what would be used and what is allowed.
     *
     * @param spotUsdc USDC per coin
     */
    static Optional<Book.Refused> broken(
            BookState state,
            AccountId account,
            OptionPackage asked,
            AccountLimits limits,
            double spotUsdc) {
        AccountRule rule =
                new AccountRule(
                        state.coinsPerLot().orElseThrow(),
                        state.holding(account).lots(),
                        asked,
                        spotUsdc);
        return rule.broken(state.underlying(), limits);
    }

    private Optional<Book.Refused> broken(Underlying underlying, AccountLimits limits) {
        double order = coins(asked.grossLots());
        if (!(order <= limits.orderCoins())) {
            return Optional.of(
                    refused(
                            RefusalReason.SIZE_OUT_OF_BOUNDS,
                            AccountLimits.ORDER + underlying,
                            order,
                            limits.orderCoins()));
        }
        return beyond(
                        AccountLimits.COINS + underlying,
                        gross(before, _ -> true),
                        gross(after, _ -> true),
                        limits.coins())
                .or(() -> beyondInAnExpiry(underlying, limits.expiryCoins()))
                .or(
                        () ->
                                beyond(
                                        AccountLimits.SHORT_NOTIONAL,
                                        shortUsdc(before),
                                        shortUsdc(after),
                                        limits.shortNotionalUsdc()));
    }

    private Optional<Book.Refused> beyondInAnExpiry(Underlying underlying, double allowed) {
        for (Leg leg : asked.legs()) {
            Expiry expiry = leg.contract().expiry();
            Optional<Book.Refused> beyond =
                    beyond(
                            AccountLimits.EXPIRY + underlying,
                            gross(before, one -> one.expiry().equals(expiry)),
                            gross(after, one -> one.expiry().equals(expiry)),
                            allowed);
            if (beyond.isPresent()) {
                return beyond;
            }
        }
        return Optional.empty();
    }

    private static Optional<Book.Refused> beyond(
            String limit, double before, double used, double allowed) {
        return used <= Math.max(allowed, before)
                ? Optional.empty()
                : Optional.of(refused(RefusalReason.ACCOUNT_LIMIT, limit, used, allowed));
    }

    private double gross(SortedMap<OptionContract, Long> lots, Predicate<OptionContract> of) {
        long sum = 0;
        for (var each : lots.entrySet()) {
            if (of.test(each.getKey())) {
                sum = Math.addExact(sum, Math.absExact(each.getValue()));
            }
        }
        return coins(sum);
    }

    private double shortUsdc(SortedMap<OptionContract, Long> lots) {
        SortedMap<Expiry, Long> calls = new TreeMap<>();
        SortedMap<Expiry, Long> puts = new TreeMap<>();
        lots.forEach(
                (contract, held) ->
                        (contract.type() == OptionType.CALL ? calls : puts)
                                .merge(contract.expiry(), held, Math::addExact));
        return coins(Math.addExact(owed(calls), owed(puts))) * spotUsdc;
    }

    private static long owed(SortedMap<Expiry, Long> net) {
        long lots = 0;
        for (long each : net.values()) {
            lots = Math.addExact(lots, Math.max(-each, 0));
        }
        return lots;
    }

    private double coins(long lots) {
        return coinsPerLot.multiply(BigDecimal.valueOf(lots)).doubleValue();
    }

    private static Book.Refused refused(
            RefusalReason reason, String limit, double used, double allowed) {
        SortedMap<String, Double> numbers = new TreeMap<>();
        numbers.put("used", used);
        numbers.put("allowed", allowed);
        return new Book.Refused(reason, limit, numbers);
    }
}
