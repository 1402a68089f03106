package io.dolim.book.hedge;

import io.dolim.book.trade.BodyHash;
import io.dolim.capacity.Moment;
import io.dolim.capacity.journal.StoredEventSerializer;
import java.util.List;
import java.util.Optional;

/** What a Hedger says of itself. */
final class HedgeSummaries {

    private HedgeSummaries() {}

    static HedgeTotals totals(
            HedgeState state, HedgeTerms terms, long incarnation, Optional<Residual> residual) {
        double band =
                residual.map(Residual::band)
                        .map(Band::halfWidthCoins)
                        .filter(Double::isFinite)
                        .orElse(terms.mostCoins());
        return new HedgeTotals(
                state.underlying(),
                terms.spec(),
                incarnation,
                state.sequence(),
                state.brought(),
                Math.min(band, terms.mostCoins()),
                terms.margin(),
                state.venues());
    }

    /** With the state's hash. */
    static HedgeSummary hashed(
            HedgeState state, HedgeTerms terms, Moment now, Optional<Residual> residual) {
        String hash = BodyHash.ofBytes(StoredEventSerializer.canonicalBytes(state)).hex();
        return of(state, terms, now, residual, hash);
    }

    /** Without the state's hash. */
    static HedgeSummary of(
            HedgeState state, HedgeTerms terms, Moment now, Optional<Residual> residual) {
        return of(state, terms, now, residual, "");
    }

    private static HedgeSummary of(
            HedgeState state,
            HedgeTerms terms,
            Moment now,
            Optional<Residual> residual,
            String hash) {
        List<Lease> live = state.leases().values().stream().filter(Lease::isLive).toList();
        return new HedgeSummary(
                state.underlying(),
                terms.spec(),
                state.sequence(),
                hash,
                state.policy().orElse(terms.policy()),
                state.venues(),
                List.copyOf(state.jobs().values()),
                live,
                state.keepers(),
                state.brought(),
                state.purse().at(now.epochMs(), terms.buffer()),
                state.stopped(),
                residual);
    }
}
