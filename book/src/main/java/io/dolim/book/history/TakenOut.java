package io.dolim.book.history;

import io.dolim.book.BookEvent;
import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.TradeId;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What trades that are taken out brought a Book's pool: their lots and cash, their share of the
 * settlement of their expiries, their adjustments. Not safe for threads.
 */
final class TakenOut {

    private final Set<String> trades = new TreeSet<>();
    private final SortedMap<AccountId, SortedMap<OptionContract, Long>> takers = new TreeMap<>();
    private final SortedMap<OptionContract, Long> lots = new TreeMap<>();
    private final Deque<Ledger.Change> recent = new ArrayDeque<>();
    private BigDecimal coinsPerLot = BigDecimal.ZERO;
    private Usdc cash = Usdc.ZERO;

    /** What a Book's takers hold. */
    interface Takers {
        SortedMap<OptionContract, Long> lots(AccountId account);
    }

    /** Takes out the last trade of the Book. */
    void add(long sequence, BookEvent.TradeExecuted trade, BigDecimal coins) {
        coinsPerLot = coins;
        trades.add(trade.trade().id().toString());
        change(Ledger.Change.of(sequence, trade.postings()));
        SortedMap<OptionContract, Long> own =
                takers.computeIfAbsent(trade.trade().account(), _ -> new TreeMap<>());
        trade.trade()
                .legs()
                .legs()
                .forEach(leg -> own.merge(leg.contract(), leg.lots(), Math::addExact));
    }

    /** Takes the next event of the Book. */
    void note(long sequence, BookEvent event, Takers all) {
        if (trades.isEmpty()) {
            return;
        }
        switch (event) {
            case BookEvent.DeliveryPriceSet priced -> settleAbsent(sequence, priced, all);
            case BookEvent.ExpirySettled settled -> settle(sequence, settled);
            case BookEvent.TradeAdjusted adjusted when isOut(adjusted.trade()) ->
                    change(Ledger.Change.of(sequence, adjusted.postings()));
            default -> {}
        }
    }

    private boolean isOut(TradeId trade) {
        return trades.contains(trade.toString());
    }

    /** Accounts that hold nothing of the expiry, and so are in no part of its settlement. */
    private void settleAbsent(long sequence, BookEvent.DeliveryPriceSet priced, Takers all) {
        for (AccountId account : List.copyOf(takers.keySet())) {
            if (of(priced.expiry(), all.lots(account)).isEmpty()) {
                settle(sequence, account, priced.expiry(), priced.priceUsdc(), new TreeMap<>());
            }
        }
    }

    private void settle(long sequence, BookEvent.ExpirySettled settled) {
        SortedMap<AccountId, SortedMap<OptionContract, Long>> held = new TreeMap<>();
        for (Posting posting : settled.postings()) {
            if (posting.isTaker() && !posting.isCash()) {
                held.computeIfAbsent(posting.account(), _ -> new TreeMap<>())
                        .put(OptionContract.parse(posting.asset()), -posting.amount());
            }
        }
        held.forEach(
                (account, own) ->
                        settle(sequence, account, settled.expiry(), settled.priceUsdc(), own));
    }

    /** The settlement as it was, less the settlement of what the account held without these trades. */
    private void settle(
            long sequence,
            AccountId account,
            Expiry expiry,
            BigDecimal price,
            SortedMap<OptionContract, Long> held) {
        SortedMap<OptionContract, Long> own = takers.getOrDefault(account, new TreeMap<>());
        SortedMap<OptionContract, Long> out = of(expiry, own);
        if (out.isEmpty()) {
            return;
        }
        SortedMap<OptionContract, Long> without = new TreeMap<>(held);
        out.forEach((contract, amount) -> without.merge(contract, -amount, Math::addExact));
        own.keySet().removeAll(out.keySet());
        Usdc paidLess = worth(without, price).minus(worth(held, price));
        change(new Ledger.Change(sequence, out, paidLess));
    }

    private static SortedMap<OptionContract, Long> of(
            Expiry expiry, SortedMap<OptionContract, Long> all) {
        SortedMap<OptionContract, Long> own = new TreeMap<>(all);
        own.keySet().removeIf(contract -> !contract.expiry().equals(expiry));
        own.values().removeIf(amount -> amount == 0);
        return own;
    }

    /** As the Book rounds it: once for an account, down. */
    private Usdc worth(SortedMap<OptionContract, Long> held, BigDecimal price) {
        BigDecimal sum = BigDecimal.ZERO;
        for (var entry : held.entrySet()) {
            BigDecimal coins = coinsPerLot.multiply(BigDecimal.valueOf(entry.getValue()));
            sum = sum.add(entry.getKey().payoff(price).multiply(coins));
        }
        return Usdc.of(sum.setScale(6, RoundingMode.FLOOR));
    }

    private void change(Ledger.Change one) {
        one.lots().forEach((contract, more) -> lots.merge(contract, more, Math::addExact));
        lots.values().removeIf(amount -> amount == 0);
        cash = cash.plus(one.cash());
        recent.addLast(one);
        if (recent.size() > Past.REACH) {
            recent.removeFirst();
        }
    }

    /** Takes from lots what these trades brought until an event, and answers the cash. */
    Usdc until(long sequence, SortedMap<OptionContract, Long> from) {
        SortedMap<OptionContract, Long> brought = new TreeMap<>(lots);
        Usdc then = cash.minus(Ledger.undone(recent, sequence, brought));
        brought.forEach((contract, more) -> from.merge(contract, -more, Math::addExact));
        return then;
    }
}
