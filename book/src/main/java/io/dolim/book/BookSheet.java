package io.dolim.book;

import io.dolim.book.trade.AccountId;
import io.dolim.capacity.ChargeAccount;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a Book's journal says, for those who read it.
 *
 * @param sequence how many events made it
 * @param trades how many trades are among them
 * @param listed how many contracts are open for trading
 * @param spec of the last listing
 * @param positions lots the pool holds
 * @param cash what trades and settlements brought the pool
 * @param takers what each taker has in this Book
 */
public record BookSheet(
        Underlying underlying,
        long sequence,
        long trades,
        int listed,
        Optional<ContractSpec> spec,
        SortedMap<OptionContract, Long> positions,
        Usdc cash,
        Usdc fees,
        ChargeAccount chargeAccount,
        SortedMap<AccountId, TakerSheet> takers) {

    /** A taker's cash from trades and his lots. */
    public record TakerSheet(Usdc cash, SortedMap<OptionContract, Long> lots) {}

    /** Copies the maps. */
    public BookSheet {
        positions = Collections.unmodifiableSortedMap(new TreeMap<>(positions));
        takers = Collections.unmodifiableSortedMap(new TreeMap<>(takers));
    }

    static BookSheet of(BookState state) {
        SortedMap<AccountId, TakerSheet> takers = new TreeMap<>();
        state.accounts()
                .forEach(
                        (account, holding) ->
                                takers.put(
                                        account, new TakerSheet(holding.cash(), holding.lots())));
        return new BookSheet(
                state.underlying(),
                state.sequence(),
                state.trades(),
                state.listed().size(),
                state.spec(),
                state.pool(),
                state.poolCash(),
                state.fees(),
                state.chargeAccount(),
                takers);
    }
}
