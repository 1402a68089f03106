package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.Accepted.Favour;
import io.dolim.book.Accepted.Move;
import io.dolim.book.trade.FirmQuote;
import io.dolim.book.trade.RefusalReason;
import io.dolim.capacity.Moment;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Q3: what is refused does not depend on which way the market moved, and can be counted by it. */
class MirroredMovesTest {

    /** A power of two: moves of a whole number of 2^-20 are exact, up and down. */
    private static final double SPOT = 65_536.0;

    private static final double STEP = 0x1.0p-20;
    private static final long SEED = 11;

    private final Engine engine = new Engine();

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void aMoveAndItsMirrorHaveTheSameOutcomeForWhateverIsAsked() {
        BookDecisions decisions = new BookDecisions(Engine.settings(), Samples.TERMS);
        BookState state =
                BookState.empty(Samples.BTC)
                        .apply(Samples.listed(Samples.CALL))
                        .apply(Samples.listed(Samples.PUT));
        SplittableRandom random = new SplittableRandom(SEED);
        int refused = 0;
        int tries = 4_000;
        for (int i = 0; i < tries; i++) {
            // up to twice the collar of 1 %, and its very edge
            long steps = i == 0 ? 10_486 : random.nextLong(1, 20_972);
            long ageNs = random.nextLong(0, 2_100_000_000L);
            boolean call = random.nextBoolean();
            long lots = random.nextBoolean() ? 1 : -1;
            FirmQuote quote =
                    Samples.quote(
                            engine.tokens,
                            "q",
                            Samples.ALICE,
                            1,
                            "100",
                            new Leg(call ? Samples.CALL : Samples.PUT, lots));
            Moment now = new Moment(Engine.START_MS, ageNs);
            Optional<Book.Refused> up = lapsed(decisions, state, quote, 1 + steps * STEP, now);
            Optional<Book.Refused> down = lapsed(decisions, state, quote, 1 - steps * STEP, now);
            assertEquals(up, down, "seed=" + SEED + " steps=" + steps + " quote=" + quote.legs());
            refused += up.isPresent() ? 1 : 0;
        }
        assertTrue(refused > tries / 4 && refused < tries * 3 / 4, "refused=" + refused);
    }

    @Test
    void acceptsAreCountedByOutcomeMoveAndWhomItFavours() {
        engine.deposit(Samples.ALICE, 100_000);
        engine.market(SPOT);
        engine.publish(2);
        // the index at acceptance, the taker's lots
        count(1, SPOT, 1, "filled", Move.FLAT, Favour.NEITHER);
        count(2, SPOT * 1.005, 1, "filled", Move.UP, Favour.TAKER);
        count(3, SPOT * 1.005, -1, "filled", Move.UP, Favour.POOL);
        count(4, SPOT * 0.995, 1, "filled", Move.DOWN, Favour.POOL);
        count(5, SPOT * 1.02, 1, "market_moved", Move.UP, Favour.TAKER);
        count(6, SPOT * 0.98, 1, "market_moved", Move.DOWN, Favour.POOL);
        count(7, SPOT * 0.98, -1, "market_moved", Move.DOWN, Favour.TAKER);
    }

    @Test
    void anAnswerGivenAgainIsNotCountedTwiceAndAnUnreadableTokenHasNoMove() {
        engine.deposit(Samples.ALICE, 1_000);
        String token = engine.token(Samples.ALICE, 1, "60", new Leg(Samples.CALL, 1));
        Book.Reply first = engine.acceptedAtLast(Samples.ALICE, "o-1", token);
        Engine.await(
                () -> engine.tally.stream().anyMatch(one -> one.outcome().equals("filled")),
                "it is counted");
        engine.tally.clear();
        assertEquals(first, engine.accepted(Samples.ALICE, "o-1", token));
        assertEquals(List.of(), engine.tally);
        assertEquals(
                RefusalReason.TOKEN_MALFORMED,
                assertInstanceOf(
                                Book.Refused.class,
                                engine.acceptedAtLast(Samples.ALICE, "o-2", "nonsense"))
                        .reason());
        Engine.await(() -> !engine.tally.isEmpty(), "it is counted");
        assertEquals(
                List.of(new Accepted(Samples.BTC, "token_malformed", Move.UNKNOWN, Favour.UNKNOWN)),
                engine.tally.stream().distinct().toList());
    }

    private void count(
            int number, double spot, long lots, String outcome, Move move, Favour favour) {
        long view = 10L * number;
        engine.market(SPOT);
        engine.publish(view);
        engine.market(spot);
        engine.publish(view + 1);
        engine.tally.clear();
        String price = lots > 0 ? "60" : "-60";
        engine.accepted(
                Samples.ALICE,
                "n-" + number,
                engine.token(Samples.ALICE, view, price, new Leg(Samples.PUT, lots)));
        Engine.await(() -> !engine.tally.isEmpty(), "it is counted");
        assertEquals(
                List.of(new Accepted(Samples.BTC, outcome, move, favour)),
                engine.tally,
                "accept " + number);
    }

    private static Optional<Book.Refused> lapsed(
            BookDecisions decisions, BookState state, FirmQuote quote, double factor, Moment now) {
        PublishedViews.Published quoted = published(SPOT);
        PublishedViews views = new OneMove(quoted, published(SPOT * factor));
        return decisions.lapsed(state, quote, quoted, views, now);
    }

    private record OneMove(PublishedViews.Published quoted, PublishedViews.Published latest)
            implements PublishedViews {
        @Override
        public Optional<Published> find(Underlying underlying, long pricingView) {
            return Optional.of(quoted);
        }

        @Override
        public Optional<Published> newest(Underlying underlying) {
            return Optional.of(latest);
        }
    }

    private static PublishedViews.Published published(double spot) {
        return new PublishedViews.Published() {
            @Override
            public long publishedAtNs() {
                return 0;
            }

            @Override
            public List<String> stopped() {
                return List.of();
            }

            @Override
            public double spotUsdc() {
                return spot;
            }

            @Override
            public PricingInputs inputs() {
                return Samples.inputs(1);
            }

            @Override
            public double deltaCoins(OptionPackage asked) {
                return 0.005;
            }

            @Override
            public double leastOfDisplayedUsdc(OptionPackage asked) {
                return Double.NEGATIVE_INFINITY;
            }

            @Override
            public double hedgeCostMovedUsdc(OptionPackage asked, double unhedgedCoins) {
                return 0;
            }
        };
    }
}
