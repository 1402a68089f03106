package io.dolim.book;

import static io.dolim.book.TestFeed.BTC;
import static io.dolim.book.TestFeed.SPEC;
import static io.dolim.book.TestFeed.START_MS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.DayCount;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.market.GuardRules;
import io.dolim.quoting.market.MarketSnapshot;
import io.dolim.quoting.market.Uncertainty;
import io.dolim.quoting.quote.QuoteRules;
import io.dolim.quoting.quote.Quoter;
import io.dolim.quoting.surface.SviSlice;
import io.dolim.quoting.surface.SviSmile;
import io.dolim.quoting.surface.VolSurface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PricingBoardTest {

    private static final long SECOND_NS = 1_000_000_000L;
    private static final Expiry EXPIRY = Expiry.parse("27MAR26");
    private static final VolSurface SURFACE =
            new VolSurface(
                    START_MS,
                    List.of(
                            new SviSlice(
                                    EXPIRY.epochMs(),
                                    DayCount.years(START_MS, EXPIRY.epochMs()),
                                    60_000.0,
                                    1.0,
                                    SviSmile.flat(0.03),
                                    List.of(),
                                    0.0)));

    private final PricingBoard board = new PricingBoard(10_000);

    @Test
    void aViewIsFoundByItsNumberUntilItIsTooOld() {
        PricingView first = view(1, 0);
        board.publish(first);
        board.publish(view(2, 10 * SECOND_NS));
        assertSame(first, board.find(BTC, 1).orElseThrow());
        assertEquals(0, board.find(BTC, 1).orElseThrow().publishedAtNs());
        PricingView third = view(3, 10 * SECOND_NS + 1);
        board.publish(third);
        assertEquals(Optional.empty(), board.find(BTC, 1));
        assertTrue(board.find(BTC, 2).isPresent());
        assertSame(third, board.latest(BTC).orElseThrow());
        assertEquals(Optional.empty(), board.find(BTC, 4));
    }

    @Tag("slow")
    @Test
    void howManyViewsAreKeptIsBounded() {
        for (long number = 1; number <= PricingBoard.MAX_VIEWS + 10L; number++) {
            board.publish(view(number, number));
        }
        assertEquals(Optional.empty(), board.find(BTC, 10));
        assertTrue(board.find(BTC, 11).isPresent());
    }

    @Test
    void numbersThatDoNotRiseAreRefused() {
        board.publish(view(5, 0));
        assertThrows(IllegalArgumentException.class, () -> board.publish(view(5, 1)));
        assertEquals(0, board.latest(BTC).orElseThrow().publishedAtNs());
    }

    @Test
    void listenersHearEveryViewUntilTheyLeave() throws Exception {
        List<Long> heard = new ArrayList<>();
        AutoCloseable subscription = board.subscribe(view -> heard.add(view.number()));
        board.publish(view(1, 0));
        board.publish(view(2, 1));
        subscription.close();
        board.publish(view(3, 2));
        assertEquals(List.of(1L, 2L), heard);
        assertEquals(3, board.latest().sequencedValues().getFirst().number());
    }

    private static PricingView view(long number, long publishedAtNs) {
        return new PricingView(
                number,
                publishedAtNs,
                new MarketSnapshot(BTC, START_MS, 60_000.0, SURFACE, 60_000.0, Uncertainty.NONE),
                Optional.empty(),
                List.of(),
                new TreeSet<>(),
                Optional.empty(),
                new Quoter(SPEC, QuoteRules.standard()),
                MarketRules.standard(
                        SPEC,
                        GuardRules.standard(new TreeSet<>(List.of("venue")), 1),
                        Optional.empty()));
    }
}
