package io.dolim.quoting.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;

/** A guard of one BTC market under three sources, and what a test says to it. */
abstract class GuardedMarket {
    static final Underlying BTC = new Underlying("BTC");
    static final Expiry MARCH = Expiry.parse("27MAR26");
    static final long START = Expiry.parse("1FEB26").epochMs();
    static final GuardRules RULES = GuardRules.standard(new TreeSet<>(List.of("a", "b", "c")), 2);

    final FeedGuard guard = new FeedGuard(BTC, RULES);
    GuardState state = GuardState.initial();
    long nowMs = START;

    GuardStatus statusWithFreshChain() {
        hear(chain(81_100, row(80_000, 0.5)));
        return guard.status(state, nowMs);
    }

    void open() {
        openWith("a", "b", "c");
    }

    void openWith(String... sources) {
        for (String source : sources) {
            hear(tick(source, 80_000));
        }
        hear(chain(80_100, row(80_000, 0.5)));
        assertEquals(new GuardStatus.Open(), guard.status(state, nowMs));
    }

    void move(double price) {
        hear(tick("a", price));
        hear(tick("b", price));
        hear(tick("c", price));
    }

    void later(long ms) {
        nowMs += ms;
    }

    FeedGuard.Step hear(FeedEvent event) {
        FeedGuard.Step step = guard.on(state, event, nowMs);
        state = step.state();
        return step;
    }

    HoldReason heldReason(FeedEvent event) {
        return assertInstanceOf(GuardDecision.Held.class, hear(event).decision()).reason();
    }

    void assertStopped(String part) {
        GuardStatus.Stopped stopped =
                assertInstanceOf(GuardStatus.Stopped.class, guard.status(state, nowMs));
        assertTrue(
                stopped.reasons().stream().anyMatch(reason -> reason.contains(part)),
                stopped::toString);
    }

    FeedEvent.IndexTick tick(String source, double price) {
        return tickAt(source, price, nowMs);
    }

    static FeedEvent.IndexTick tickAt(String source, double price, long timeMs) {
        return new FeedEvent.IndexTick(BTC, source(source), timeMs, price);
    }

    FeedEvent.ChainQuotes chain(double forward, OptionQuote... rows) {
        return new FeedEvent.ChainQuotes(BTC, source("a"), nowMs, MARCH, forward, List.of(rows));
    }

    static OptionQuote row(double strike, double vol) {
        return new OptionQuote(
                new BigDecimal(strike),
                OptionType.CALL,
                80_100,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                vol);
    }

    static OptionQuote priced(double strike, double vol, double bid, double ask) {
        return new OptionQuote(
                new BigDecimal(strike),
                OptionType.CALL,
                80_100,
                OptionalDouble.of(bid),
                OptionalDouble.of(ask),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                vol);
    }

    static FeedSource source(String name) {
        return FeedSource.synthetic(name);
    }
}
