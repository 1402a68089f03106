package io.dolim.api.method;

import io.dolim.api.rpc.Params;
import io.dolim.api.rpc.Refused;
import io.dolim.book.PricingBoard;
import io.dolim.book.PricingView;
import io.dolim.book.prints.DayFigures;
import io.dolim.book.prints.Prints;
import io.dolim.book.trade.QuoteToken;
import io.dolim.capacity.CapacityView;
import io.dolim.quoting.instrument.ContractSpec;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.DisplayedQuotes;
import io.dolim.quoting.quote.OptionPackage;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What prices are read from, without asking an actor.
 *
 * @param board the published views
 * @param specs how the options of each underlying trade: the underlyings this pool quotes
 * @param prints what was traded
 * @param seal makes a quote firm
 * @param quoteIds never the same twice within a boot
 * @param quoteLife how long a firm quote lives from the publishing of its view
 * @param monotonicNs the process's monotonic clock
 * @param wallMs milliseconds since 1970, for what is told to clients
 */
public record Floor(
        PricingBoard board,
        SortedMap<Underlying, ContractSpec> specs,
        Prints prints,
        QuoteToken seal,
        Supplier<String> quoteIds,
        Duration quoteLife,
        LongSupplier monotonicNs,
        LongSupplier wallMs) {

    /** Copies the specs. */
    public Floor {
        specs = Collections.unmodifiableSortedMap(new TreeMap<>(specs));
    }

    Asked asked() {
        return new Asked(specs);
    }

    /** A package of contracts, from the parameters. */
    OptionPackage asPackage(Params params) {
        return asked().asPackage(params);
    }

    /** The latest view of an underlying. @throws Refused before there is one */
    PricingView view(Underlying underlying) {
        return board.latest(underlying)
                .orElseThrow(() -> new Refused(Refusals.noMarket(underlying)));
    }

    /** The pool as it was last published; nothing before the first market view opens. */
    Optional<CapacityView> newestPool() {
        return board.latest().values().stream()
                .flatMap(view -> view.capacity().stream())
                .reduce((one, other) -> other.revision() > one.revision() ? other : one);
    }

    /** A contract that is listed or was lately. @throws Refused when it is neither */
    OptionContract knownContract(Params params) {
        OptionContract contract = asked().contract(params);
        boolean isListed =
                board.latest(contract.underlying())
                        .filter(view -> view.listed().contains(contract))
                        .isPresent();
        if (!isListed && !prints.knows(contract)) {
            throw new Refused(Refusals.instrument(contract.name(), "must be listed"));
        }
        return contract;
    }

    /** What trading made of the day of a displayed contract. */
    DayFigures day(PricingView view, DisplayedQuotes.Row row) {
        return prints.day(row.contract(), view.market().timeMs());
    }

    /** The feed's clock, as the latest view of an underlying has it. @throws Refused before there is one */
    long nowMs(Underlying underlying) {
        return view(underlying).market().timeMs();
    }

    ContractSpec spec(OptionContract contract) {
        return asked().spec(contract);
    }
}
