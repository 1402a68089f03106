package io.dolim.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.dolim.book.trade.RefusalReason;
import io.dolim.book.trade.RequestId;
import io.dolim.quoting.money.Usdc;
import io.dolim.quoting.quote.Leg;
import java.math.BigDecimal;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** C4: what a position is worth is no cash before it is sold or settled, however much it is worth. */
class UnrealisedGainsTest {

    private static final double BEFORE = 100_000;
    private static final double AFTER = 1_000_000;
    private static final Leg CALLS = new Leg(Samples.CALL, 500);

    private final Engine engine = new Engine();

    /** Alice paid 900 of her 1,000 for five coins of calls that are worth 4.5 million by now. */
    @BeforeEach
    void gain() {
        engine.deposit(Samples.ALICE, 1_000);
        engine.market(BEFORE);
        engine.publish(2);
        assertInstanceOf(
                Book.Filled.class,
                engine.acceptedAtLast(
                        Samples.ALICE, "bought", engine.token(Samples.ALICE, 2, "900", CALLS)));
        engine.market(AFTER);
        engine.publish(3);
        engine.revalue(Samples.BTC, 2, AFTER);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void aGainCannotBeWithdrawn() {
        assertRefused(withdraw("w-1", "100.000001"));
        assertInstanceOf(Account.MoneyMoved.class, withdraw("w-2", "100"));
        assertRefused(withdraw("w-3", "0.000001"));
        assertEquals(Usdc.ZERO, engine.summary(Samples.ALICE).cash());
    }

    @Test
    void aGainPaysNoPurchase() {
        Leg more = new Leg(Samples.HIGHER, 1);
        assertRefused("p-1", "100.000001", more);
        assertInstanceOf(
                Book.Filled.class,
                engine.acceptedAtLast(
                        Samples.ALICE, "p-2", engine.token(Samples.ALICE, 3, "100", more)));
    }

    @Test
    void aGainCoversNoSale() {
        // a put at 90,000 on a hundredth of a coin may cost 900; 100 and the premium are there
        Leg put = new Leg(Samples.PUT, -1);
        assertRefused("s-1", "-799.999999", put);
        assertInstanceOf(
                Book.Filled.class,
                engine.acceptedAtLast(
                        Samples.ALICE, "s-2", engine.token(Samples.ALICE, 3, "-800", put)));
    }

    @Test
    void aGainThatWasSoldIsCash() {
        Leg back = new Leg(Samples.CALL, -500);
        assertInstanceOf(
                Book.Filled.class,
                engine.acceptedAtLast(
                        Samples.ALICE, "sold", engine.token(Samples.ALICE, 3, "-4000000", back)));
        assertInstanceOf(Account.MoneyMoved.class, withdraw("w-1", "4000100"));
    }

    private void assertRefused(String orderId, String price, Leg leg) {
        Book.Refused refused =
                assertInstanceOf(
                        Book.Refused.class,
                        engine.acceptedAtLast(
                                Samples.ALICE,
                                orderId,
                                engine.token(Samples.ALICE, 3, price, leg)));
        assertEquals(RefusalReason.INSUFFICIENT_FUNDS, refused.reason());
    }

    private static void assertRefused(Account.Moved moved) {
        Account.MoneyRefused refused = assertInstanceOf(Account.MoneyRefused.class, moved);
        assertEquals(RefusalReason.INSUFFICIENT_FUNDS, refused.reason());
    }

    private Account.Moved withdraw(String id, String usdc) {
        TestProbe<Account.Moved> probe = engine.kit.createTestProbe(Account.Moved.class);
        engine.toAccount(
                Samples.ALICE,
                new Account.Withdraw(
                        new RequestId(id), "alice", Usdc.of(new BigDecimal(usdc)), probe.ref()));
        return probe.receiveMessage(Engine.PATIENCE);
    }
}
