package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.Posting;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How an expiry ends: samples of the index in the last 30 minutes, their mean as the one delivery
 * price, then positions into cash, some accounts at a time. Each step reads only the state, so it
 * continues where a crash left it.
 */
final class SettlementDecisions {

    private final BookSettings settings;

    SettlementDecisions(BookSettings settings) {
        this.settings = settings;
    }

    /** The sample that the index at a moment makes; none outside a window or when the slot has one. */
    Optional<BookEvent> sample(BookState state, Book.IndexSample index) {
        if (index.indexUsdc().signum() <= 0) {
            return Optional.empty();
        }
        Expiry expiry = Expiry.ofEpochMs(index.epochMs());
        long intoMs = index.epochMs() - (expiry.epochMs() - Settlement.WINDOW_MS);
        if (intoMs < 0 || intoMs >= Settlement.WINDOW_MS || !concerns(state, expiry)) {
            return Optional.empty();
        }
        int slot = (int) (intoMs / settings.sampleEvery().toMillis());
        Settlement settlement = state.settlement(expiry);
        return settlement.price().isPresent() || settlement.slots().containsKey(slot)
                ? Optional.empty()
                : Optional.of(
                        new BookEvent.SettlementSampled(
                                expiry, slot, index.epochMs(), index.indexUsdc()));
    }

    private static boolean concerns(BookState state, Expiry expiry) {
        return state.listed().keySet().stream().anyMatch(c -> c.expiry().equals(expiry))
                || state.pool().keySet().stream().anyMatch(c -> c.expiry().equals(expiry))
                || isHeld(state, expiry);
    }

    private static boolean isHeld(BookState state, Expiry expiry) {
        return state.accounts().values().stream()
                .anyMatch(h -> h.lots().keySet().stream().anyMatch(c -> c.expiry().equals(expiry)));
    }

    /** The expiries that have come and are not done, earliest first. */
    static SortedSet<Expiry> due(BookState state, long epochMs) {
        SortedSet<Expiry> due = new TreeSet<>();
        state.listed().keySet().forEach(c -> due.add(c.expiry()));
        state.accounts().values().forEach(h -> h.lots().keySet().forEach(c -> due.add(c.expiry())));
        due.removeIf(e -> e.epochMs() > epochMs);
        return due;
    }

    /** The next step of the first expiry that has one; empty when nothing that is due can be done now. */
    List<BookEvent> step(BookState state, long epochMs) {
        for (Expiry expiry : due(state, epochMs)) {
            List<BookEvent> step = step(state, expiry, epochMs);
            if (!step.isEmpty()) {
                return step;
            }
        }
        return List.of();
    }

    /** The next step of an expiry that has come; none when it waits for samples or for an operator. */
    List<BookEvent> step(BookState state, Expiry expiry, long epochMs) {
        Settlement settlement = state.settlement(expiry);
        if (settlement.price().isPresent()) {
            return settle(state, expiry, settlement.price().get(), epochMs);
        }
        if (!hasEverySample(settlement) && !isGraceOver(expiry, epochMs)) {
            return List.of();
        }
        if (hasEnoughSamples(settlement)) {
            return List.of(
                    new BookEvent.DeliveryPriceSet(
                            expiry,
                            settlement.averageUsdc(),
                            "twap-30m",
                            settlement.count(),
                            "settlement",
                            "",
                            epochMs));
        }
        return isHeld(state, expiry) ? List.of() : delist(state, expiry, epochMs);
    }

    private boolean hasEverySample(Settlement settlement) {
        return settlement.count() >= settings.slots();
    }

    /** Samples under way when the expiry came have arrived by now, or will not. */
    private boolean isGraceOver(Expiry expiry, long epochMs) {
        return epochMs - expiry.epochMs() >= settings.settleGrace().toMillis();
    }

    private boolean hasEnoughSamples(Settlement settlement) {
        return settlement.count() >= settings.leastSamples() * settings.slots();
    }

    /** The expiries that wait for an operator's price. */
    List<Expiry> waiting(BookState state, long epochMs) {
        return due(state, epochMs).stream()
                .filter(e -> isGraceOver(e, epochMs) && step(state, e, epochMs).isEmpty())
                .toList();
    }

    /** An operator's price for an expiry that waits for one; none when it doesn't. */
    Optional<BookEvent> settleAt(BookState state, Book.SettleAt order, long epochMs) {
        return waiting(state, epochMs).contains(order.expiry())
                ? Optional.of(
                        new BookEvent.DeliveryPriceSet(
                                order.expiry(),
                                order.priceUsdc(),
                                "operator",
                                state.settlement(order.expiry()).count(),
                                order.by(),
                                order.why(),
                                epochMs))
                : Optional.empty();
    }

    private List<BookEvent> settle(BookState state, Expiry expiry, BigDecimal price, long epochMs) {
        List<Posting> postings = new ArrayList<>();
        SortedMap<OptionContract, Long> pool = new TreeMap<>();
        Usdc poolCash = Usdc.ZERO;
        int settled = 0;
        for (Map.Entry<AccountId, Holding> entry : state.accounts().entrySet()) {
            SortedMap<OptionContract, Long> lots = of(expiry, entry.getValue().lots());
            if (lots.isEmpty()) {
                continue;
            }
            if (settled == settings.settleAccounts()) {
                return events(expiry, price, epochMs, postings, pool, poolCash);
            }
            settled++;
            String taker = Posting.taker(entry.getKey());
            Usdc worth = worth(state, lots, price);
            postings.add(Posting.cash(taker, worth));
            poolCash = poolCash.minus(worth);
            lots.forEach(
                    (contract, held) -> {
                        postings.add(Posting.lots(taker, contract, -held));
                        pool.merge(contract, held, Math::addExact);
                    });
        }
        List<BookEvent> last = new ArrayList<>();
        if (settled > 0) {
            last.addAll(events(expiry, price, epochMs, postings, pool, poolCash));
        }
        last.addAll(delist(state, expiry, epochMs));
        return last;
    }

    private static List<BookEvent> events(
            Expiry expiry,
            BigDecimal price,
            long epochMs,
            List<Posting> takers,
            SortedMap<OptionContract, Long> pool,
            Usdc poolCash) {
        List<Posting> postings = new ArrayList<>(takers);
        postings.add(Posting.cash(Posting.POOL, poolCash));
        pool.forEach((c, lots) -> postings.add(Posting.lots(Posting.POOL, c, lots)));
        return List.of(new BookEvent.ExpirySettled(expiry, price, epochMs, postings));
    }

    private static SortedMap<OptionContract, Long> of(
            Expiry expiry, SortedMap<OptionContract, Long> lots) {
        SortedMap<OptionContract, Long> own = new TreeMap<>(lots);
        own.keySet().removeIf(c -> !c.expiry().equals(expiry));
        return own;
    }

    /** What an account receives for an expiry, rounded once and down: in the pool's favour. */
    private static Usdc worth(
            BookState state, SortedMap<OptionContract, Long> lots, BigDecimal price) {
        BigDecimal coinsPerLot = state.coinsPerLot().orElseThrow();
        BigDecimal sum = BigDecimal.ZERO;
        for (Map.Entry<OptionContract, Long> entry : lots.entrySet()) {
            BigDecimal coins = coinsPerLot.multiply(BigDecimal.valueOf(entry.getValue()));
            sum = sum.add(entry.getKey().payoff(price).multiply(coins));
        }
        return Usdc.of(sum.setScale(6, RoundingMode.FLOOR));
    }

    private static List<BookEvent> delist(BookState state, Expiry expiry, long epochMs) {
        List<BookEvent> events = new ArrayList<>();
        for (OptionContract contract : state.listed().keySet()) {
            if (contract.expiry().equals(expiry)) {
                events.add(new BookEvent.InstrumentDelisted(epochMs, "settlement", contract));
            }
        }
        return events;
    }
}
