package io.dolim.book.hedge;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.dolim.quoting.instrument.Underlying;
import java.util.ArrayList;
import java.util.List;

/** Inputs of the tests: the terms of reference.conf, and a state with the events that made it. */
final class Hedges {

    static final Underlying BTC = new Underlying("BTC");
    static final KeeperId ANNA = new KeeperId("anna");
    static final KeeperId BERT = new KeeperId("bert");
    static final String VENUE = "sim";
    static final long START_MS = 1_790_000_000_000L;

    final HedgeTerms terms;
    final List<HedgeEvent> events = new ArrayList<>();
    HedgeState state;

    private Hedges(HedgeTerms terms) {
        this.terms = terms;
        this.state = HedgeState.empty(terms.spec().underlying());
    }

    /** A Hedger that has begun and whose venue stands; {@code overrides} are of {@code dolim.book.hedge}. */
    static Hedges begun(String overrides) {
        Hedges hedges = new Hedges(terms(overrides));
        hedges.add(
                List.of(
                        new HedgeEvent.HedgingBegun(
                                BTC,
                                START_MS,
                                hedges.terms.spec(),
                                hedges.terms.policy(),
                                List.of(VENUE))));
        return hedges;
    }

    static HedgeTerms terms(String overrides) {
        Config config =
                ConfigFactory.parseString(overrides)
                        .withFallback(ConfigFactory.load().getConfig("dolim.book.hedge"));
        return HedgeTerms.of(BTC, config);
    }

    void add(List<HedgeEvent> more) {
        for (HedgeEvent event : more) {
            events.add(event);
            state = state.apply(event);
        }
    }

    /** Judges a market on which the pool's options have so much delta, and no gamma. */
    Residual judge(long nowMs, double spotUsdc, double optionDeltaCoins) {
        return judge(inputs(nowMs, spotUsdc, optionDeltaCoins, 0));
    }

    Residual judge(HedgeInputs inputs) {
        SignalDecisions.Judged judged = SignalDecisions.of(state, inputs, terms);
        add(judged.events());
        return judged.residual();
    }

    static HedgeInputs inputs(long nowMs, double spotUsdc, double deltaCoins, double gammaCoins) {
        return new HedgeInputs(
                nowMs,
                spotUsdc,
                deltaCoins,
                gammaCoins,
                Math.abs(gammaCoins),
                0,
                0.5,
                10_000_000,
                0.5);
    }

    BoardDecisions.Decision claim(KeeperId keeper, long job, long lots, long nowMs) {
        return taken(BoardDecisions.claim(state, terms, keeper, job, lots, nowMs));
    }

    BoardDecisions.Decision report(
            KeeperId keeper, long fence, String trade, long lots, long nowMs) {
        return taken(BoardDecisions.report(state, keeper, fence, VENUE, trade, lots, nowMs));
    }

    BoardDecisions.Decision release(KeeperId keeper, long fence, long nowMs) {
        return taken(BoardDecisions.release(state, keeper, fence, nowMs));
    }

    void hear(Venue.Ledger ledger, long nowMs) {
        add(LedgerDecisions.of(state, terms, ledger, true, nowMs));
    }

    Lease lease(long fence) {
        return java.util.Objects.requireNonNull(state.leases().get(fence));
    }

    private BoardDecisions.Decision taken(BoardDecisions.Decision decision) {
        if (decision instanceof BoardDecisions.Write write) {
            add(write.events());
        }
        return decision;
    }
}
