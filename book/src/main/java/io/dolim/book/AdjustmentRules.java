package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.Posting;
import io.dolim.book.trade.RefusalReason;
import io.dolim.quoting.instrument.OptionContract;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** When a trade may be adjusted; pure. A trade has one taker, and nobody else is adjusted for it. */
final class AdjustmentRules {

    private AdjustmentRules() {}

    /** Why an adjustment cannot be made, whoever had the trade. */
    static Optional<Book.Refused> unadjustable(BookState state, Book.AdjustTrade order) {
        if (!order.trade().underlying().equals(state.underlying())
                || order.trade().number() > state.trades()) {
            return Optional.of(Book.Refused.of(RefusalReason.UNKNOWN, new TreeMap<>()));
        }
        SortedMap<String, Long> sums = new TreeMap<>();
        for (Posting posting : order.postings()) {
            sums.merge(posting.asset(), posting.amount(), Math::addExact);
            if (posting.ledger().equals(Posting.EXTERNAL) || !isOurs(state, posting)) {
                return Optional.of(Book.Refused.of(RefusalReason.UNKNOWN, new TreeMap<>()));
            }
        }
        return order.postings().isEmpty() || sums.values().stream().anyMatch(sum -> sum != 0)
                ? Optional.of(Book.Refused.of(RefusalReason.CONTRADICTS, new TreeMap<>()))
                : Optional.empty();
    }

    /** Whether the journal alone knows who had the trade, or whether the request was carried out. */
    static boolean isForgotten(BookState state, Book.AdjustTrade order) {
        return state.adjustments().size() >= BookState.RECENT_ADJUSTMENTS
                || Posting.takers(order.postings()).stream()
                        .anyMatch(
                                taker ->
                                        state.holding(taker).evicted()
                                                && !isRecent(state, taker, order));
    }

    /** An account that had no part in the trade. */
    static Optional<Book.Refused> stranger(
            BookState state, Book.AdjustTrade order, Optional<TradeIndex.Recalled> recalled) {
        Optional<AccountId> party = recalled.flatMap(TradeIndex.Recalled::taker);
        return Posting.takers(order.postings()).stream()
                .filter(taker -> !isRecent(state, taker, order))
                .filter(taker -> party.filter(taker::equals).isEmpty())
                .findFirst()
                .map(
                        taker -> {
                            SortedMap<String, Double> numbers = new TreeMap<>();
                            numbers.put("trade", (double) order.trade().number());
                            return new Book.Refused(
                                    RefusalReason.NOT_A_PARTY, "no_part_in_it", numbers);
                        });
    }

    private static boolean isRecent(BookState state, AccountId taker, Book.AdjustTrade order) {
        return state.holding(taker).recent().stream()
                .anyMatch(trade -> trade.id().equals(order.trade()));
    }

    /** Lots move in contracts that are listed or held, so that every position can be valued and settled. */
    private static boolean isOurs(BookState state, Posting posting) {
        if (posting.isCash()) {
            return true;
        }
        OptionContract contract = OptionContract.parse(posting.asset());
        boolean ledger = posting.isTaker() || posting.ledger().equals(Posting.POOL);
        return ledger
                && state.settlement(contract.expiry()).price().isEmpty()
                && (state.listed().containsKey(contract) || state.pool().containsKey(contract));
    }
}
