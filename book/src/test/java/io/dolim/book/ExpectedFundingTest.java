package io.dolim.book;

import static io.dolim.book.TestFeed.BTC;
import static io.dolim.book.TestFeed.SOURCE;
import static io.dolim.book.TestFeed.START_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import io.dolim.book.trade.Content;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.FeedGuard;
import io.dolim.quoting.market.GuardRules;
import io.dolim.quoting.market.MarketParts;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.PremiumRules;
import io.dolim.quoting.surface.KeptSmiles;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A market hears the perpetual beside the index, and freezes what funding that lets expect. */
class ExpectedFundingTest {

    private static final long MINUTE = 60_000L;
    private static final FeedGuard GUARD =
            new FeedGuard(BTC, GuardRules.standard(new TreeSet<>(List.of("venue")), 1));

    @Test
    void anHourOfPremiumIsExpectedAsFundingAndLessIsNot() {
        MarketState state = fitted();
        for (int minute = 0; minute < 59; minute++) {
            state = heard(state, minute, Optional.empty());
        }
        assertEquals(OptionalDouble.empty(), frozen(state, 58).fundingAnnual());
        MarketState hour = heard(state, 59, Optional.empty());
        // 0.1 % over the index each minute: 0.075 % for eight hours
        assertEquals(0.82125, frozen(hour, 59).fundingAnnual().getAsDouble(), 1e-9);
        assertEquals(
                frozen(hour, 59).fundingAnnual(),
                frozen(heard(hour, 59, Optional.empty()), 59).fundingAnnual(),
                "between two samples it stands");
        assertEquals(OptionalDouble.empty(), frozen(hour, 59 + 480).fundingAnnual());
    }

    @Test
    void whatIsExpectedIsRecordedWithTheMarketThatPriced() {
        MarketState state = fitted();
        for (int minute = 0; minute < 60; minute++) {
            state = heard(state, minute, Optional.empty());
        }
        MarketSnapshot market = frozen(state, 59);
        PricingTerms terms =
                PricingTerms.of(
                        ConfigFactory.defaultReferenceUnresolved().resolve(), TestFeed.SPEC);
        Content recorded = new RecordedInputs(market, Optional.empty(), terms).market();
        assertEquals("market.4", recorded.kind());
        assertEquals(
                market,
                MarketParts.decode(
                        recorded.bytes(), MarketParts.surface(market.surface()).bytes()));
    }

    @Test
    void aDatedFutureIsNoPerpetual() {
        MarketState state = fitted();
        for (int minute = 0; minute < 60; minute++) {
            state = heard(state, minute, Optional.of(TestFeed.EXPIRIES.getLast()));
        }
        assertEquals(OptionalDouble.empty(), frozen(state, 59).fundingAnnual());
    }

    private static MarketState fitted() {
        MarketState state = MarketState.initial(BTC, PremiumRules.standard());
        for (FeedEvent event : TestFeed.chain(START_MS, 60_000)) {
            state = state.on(GUARD, event, START_MS).state();
        }
        return state.refitted(START_MS, 60_000, new KeptSmiles(0.0005, 60_000));
    }

    /** The index, then what trades a tenth of a percent above it. */
    private static MarketState heard(MarketState state, int minute, Optional<Expiry> expiry) {
        long timeMs = START_MS + 1_000 + minute * MINUTE + state.seen().premium().samples().size();
        FeedEvent.FutureTick tick = new FeedEvent.FutureTick(BTC, SOURCE, timeMs, expiry, 60_060);
        MarketState indexed = state.on(GUARD, TestFeed.index(timeMs, 60_000), timeMs).state();
        return indexed.on(GUARD, tick, timeMs).state();
    }

    private static MarketSnapshot frozen(MarketState state, int minute) {
        return state.snapshot(GUARD, START_MS + 2_000 + minute * MINUTE).orElseThrow();
    }
}
