package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.book.trade.RequestId;
import io.dolim.capacity.ChargeAccount;
import io.dolim.capacity.journal.EarlierShape;
import io.dolim.capacity.journal.StoredEvent;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A state as {@code book-state.1} and {@code .2} have it: of a Book that never took an order. Written for such to this day. */
record BookState2(
        Underlying underlying,
        long sequence,
        long trades,
        Optional<ContractSpec> spec,
        SortedMap<OptionContract, ContractSpec> listed,
        SortedMap<AccountId, Holding> accounts,
        SortedMap<OptionContract, Long> pool,
        Usdc poolCash,
        Usdc fees,
        ChargeAccount chargeAccount,
        List<String> inputs,
        SortedMap<Expiry, Settlement> settlements,
        List<RequestId> adjustments)
        implements EarlierShape {

    /** A state that has no orders. */
    static BookState2 of(BookState state) {
        return new BookState2(
                state.underlying(),
                state.sequence(),
                state.trades(),
                state.spec(),
                state.listed(),
                state.accounts(),
                state.pool(),
                state.poolCash(),
                state.fees(),
                state.chargeAccount(),
                state.inputs(),
                state.settlements(),
                state.adjustments());
    }

    @Override
    public StoredEvent today() {
        return new BookState(
                underlying,
                sequence,
                trades,
                spec,
                listed,
                accounts,
                pool,
                poolCash,
                fees,
                chargeAccount,
                inputs,
                settlements,
                adjustments,
                Optional.empty());
    }
}
