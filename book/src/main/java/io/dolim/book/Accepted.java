package io.dolim.book;

import io.dolim.book.trade.FirmQuote;
import io.dolim.book.trade.QuoteToken;
import io.dolim.quoting.instrument.Underlying;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * What became of an accept, and how the market had moved between its quote and the answer: whoever
 * counts these can see whether refusals depend on which way the market moved (promise Q3). Answers
 * given again to an order id that was filled before are not among them.
 *
 * @param outcome {@code filled}, {@code conflict}, {@code retry}, {@code outcome_unknown}, or the
 *     refusal's reason: a closed set
 * @param move of the index since the quote's view
 * @param favour whom it favours: the package's delta at the quote times the move
 */
public record Accepted(Underlying underlying, String outcome, Move move, Favour favour) {

    /** Which way the index went. */
    public enum Move {
        UP,
        DOWN,
        FLAT,
        /** The token cannot be read, its view is forgotten, or there is no market. */
        UNKNOWN;

        /** The name in metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** To whom a stale price would have been a gift. */
    public enum Favour {
        TAKER,
        POOL,
        NEITHER,
        /** The move or the package's delta is unknown. */
        UNKNOWN;

        /** The name in metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Works accepts out beside a Book, whose reports must not wait for it, and hands them on. */
    static Behavior<Book.Count> tally(Underlying underlying, Book.Ports ports) {
        return Behaviors.receiveMessage(
                count -> {
                    ports.tally()
                            .accept(
                                    of(
                                            underlying,
                                            ports.views(),
                                            ports.tokens(),
                                            count.accept(),
                                            count.reply()));
                    return Behaviors.same();
                });
    }

    static Accepted of(
            Underlying underlying,
            PublishedViews views,
            QuoteToken tokens,
            Book.AcceptQuote accept,
            Book.Reply reply) {
        return tokens.open(accept.token()) instanceof QuoteToken.Genuine genuine
                        && genuine.quote().underlying().equals(underlying)
                ? of(views, genuine.quote(), outcome(reply))
                : new Accepted(underlying, outcome(reply), Move.UNKNOWN, Favour.UNKNOWN);
    }

    static Accepted of(PublishedViews views, FirmQuote quote, String outcome) {
        Underlying underlying = quote.underlying();
        Optional<PublishedViews.Published> quoted = views.find(underlying, quote.pricingView());
        Optional<? extends PublishedViews.Published> newest = views.newest(underlying);
        if (quoted.isEmpty() || newest.isEmpty()) {
            return new Accepted(underlying, outcome, Move.UNKNOWN, Favour.UNKNOWN);
        }
        double moved = newest.get().spotUsdc() - quoted.get().spotUsdc();
        return new Accepted(
                underlying,
                outcome,
                move(moved),
                favour(moved * quoted.get().deltaCoins(quote.legs())));
    }

    private static Move move(double usdc) {
        if (Double.isNaN(usdc)) {
            return Move.UNKNOWN;
        }
        return usdc > 0 ? Move.UP : usdc < 0 ? Move.DOWN : Move.FLAT;
    }

    private static Favour favour(double gain) {
        if (Double.isNaN(gain)) {
            return Favour.UNKNOWN;
        }
        return gain > 0 ? Favour.TAKER : gain < 0 ? Favour.POOL : Favour.NEITHER;
    }

    private static String outcome(Book.Reply reply) {
        return switch (reply) {
            case Book.Filled _ -> "filled";
            case Book.Conflict _ -> "conflict";
            case Book.Retry _ -> "retry";
            case Book.OutcomeUnknown _ -> "outcome_unknown";
            case Book.Refused refused -> refused.reason().code();
        };
    }
}
