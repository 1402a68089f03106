package io.dolim.book;

import io.dolim.quoting.market.FeedEvent;
import io.dolim.quoting.market.GuardDecision;
import java.util.OptionalDouble;

/**
 * The event of a feed that turned a guard. A stored format.
 *
 * @param kind {@code index}, {@code future}, {@code chain}, {@code halted}, {@code resumed}, {@code
 *     listed} or {@code chain-end}
 * @param source who said it
 * @param priceUsdc the price it told, USDC per coin, a chain's forward; empty when it told none or no
 *     finite one
 * @param timeMs when the source says that it was, the feed's clock
 * @param verdict {@code accepted}, or the rule that held it, with its numbers
 */
public record GuardCause(
        String kind, String source, OptionalDouble priceUsdc, long timeMs, String verdict) {

    static GuardCause of(GuardDecision decision) {
        FeedEvent event = decision.event();
        String verdict =
                decision instanceof GuardDecision.Held held
                        ? "held " + held.reason() + " " + held.numbers()
                        : "accepted";
        return new GuardCause(
                kind(event), event.source().toString(), price(event), event.timeMs(), verdict);
    }

    /** In one line: what it said, who and when, and what was made of it. */
    public String words() {
        String price = priceUsdc.isPresent() ? " priceUsdc=" + priceUsdc.getAsDouble() : "";
        return kind + price + " source=" + source + " timeMs=" + timeMs + " " + verdict;
    }

    private static String kind(FeedEvent event) {
        return switch (event) {
            case FeedEvent.IndexTick _ -> "index";
            case FeedEvent.FutureTick _ -> "future";
            case FeedEvent.ChainQuotes _ -> "chain";
            case FeedEvent.Halted _ -> "halted";
            case FeedEvent.Resumed _ -> "resumed";
            case FeedEvent.InstrumentsListed _ -> "listed";
            case FeedEvent.ChainEnd _ -> "chain-end";
        };
    }

    private static OptionalDouble price(FeedEvent event) {
        double price =
                switch (event) {
                    case FeedEvent.IndexTick tick -> tick.priceUsdc();
                    case FeedEvent.FutureTick tick -> tick.priceUsdc();
                    case FeedEvent.ChainQuotes chain -> chain.forwardUsdc();
                    case FeedEvent.Halted _,
                            FeedEvent.Resumed _,
                            FeedEvent.InstrumentsListed _,
                            FeedEvent.ChainEnd _ ->
                            Double.NaN;
                };
        return Double.isFinite(price) ? OptionalDouble.of(price) : OptionalDouble.empty();
    }
}
