package io.dolim.book;

import io.dolim.book.trade.Posting;
import io.dolim.book.trade.Trade;
import io.dolim.capacity.ChargeAccount;
import io.dolim.capacity.journal.EarlierShape;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A trade as {@code trade-executed.1} has it: without the bound of the displayed quotes. */
record TradeExecuted1(
        Trade trade,
        long pricingView,
        String marketHash,
        String viewHash,
        Usdc decidedCharge,
        long marketView,
        SortedMap<Underlying, Long> cut,
        List<String> countedPending,
        String pricingVersion,
        ChargeAccount chargeAccount,
        List<Posting> postings)
        implements EarlierShape {

    @Override
    public StoredEvent today() {
        return new BookEvent.TradeExecuted(
                trade,
                pricingView,
                marketHash,
                viewHash,
                decidedCharge,
                marketView,
                cut,
                countedPending,
                pricingVersion,
                chargeAccount,
                postings,
                Optional.empty());
    }
}
