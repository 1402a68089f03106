package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.trade.BodyHash;
import io.dolim.book.trade.ClientOrderId;
import io.dolim.capacity.ReservationId;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;
import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

/** What an Account keeps of a Book that died, until it knows what that Book wrote. */
class StandingTest {

    private static final ReservationId BEFORE = new ReservationId(Samples.BTC, 1, 7);
    private static final ReservationId AFTER = new ReservationId(Samples.BTC, 2, 1);

    @Test
    void aRestartedBookThatAsksBeforeItsTotalsAreHereEndsNoHold() {
        Standing standing = Standing.NOTHING.with(report(1)).with(hold(BEFORE)).heard(AFTER);
        assertEquals(Usdc.ofWhole(90), standing.heldCash());
        assertTrue(standing.hold(new ClientOrderId("o-7")).isPresent(), "its order id is taken");
    }

    @Test
    void itsTotalsEndTheHoldsOfItsFormerStart() {
        Standing standing = Standing.NOTHING.with(report(1)).with(hold(BEFORE)).with(report(2));
        assertEquals(Usdc.ZERO, standing.heldCash());
        assertEquals(Usdc.ZERO, standing.with(hold(BEFORE)).heard(AFTER).heldCash());
    }

    private static Account.Hold hold(ReservationId id) {
        return new Account.Hold(
                id,
                new ClientOrderId("o-" + id.number()),
                BodyHash.of("body"),
                new OptionPackage(List.of(new Leg(Samples.CALL, 1))),
                BigDecimal.ONE,
                Usdc.ofWhole(90),
                TestInbox.<Account.HoldReply>create().getRef());
    }

    private static AccountReport report(long bookIncarnation) {
        return new AccountReport(
                Samples.BTC,
                bookIncarnation,
                OptionalLong.of(1),
                3,
                0,
                new TreeSet<>(),
                Usdc.ZERO,
                new TreeMap<>(),
                BigDecimal.ONE,
                List.of(),
                false);
    }
}
