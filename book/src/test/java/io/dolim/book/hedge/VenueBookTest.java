package io.dolim.book.hedge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.dolim.book.trade.BrokenInvariant;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VenueBookTest {

    private static final PerpetualSpec SPEC =
            new PerpetualSpec(Hedges.BTC, new BigDecimal("0.001"), new BigDecimal("0.1"));

    /** Cash less what the open position cost is minus all that was paid: exactly, after every trade. */
    @Test
    void profitIsWhatWasPaidToTheLastMicro() {
        for (long seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            VenueBook book = VenueBook.EMPTY;
            Usdc paid = Usdc.ZERO;
            long lots = 0;
            for (int i = 1; i <= 40; i++) {
                long traded = i == 40 ? -lots : random.nextLong(-5_000, 5_001);
                if (traded == 0) {
                    continue;
                }
                BigDecimal price = BigDecimal.valueOf(random.nextLong(500_000, 800_000), 1);
                Usdc fee = new Usdc(random.nextLong(0, 1_000_000));
                book = book.with(new VenueFill(i, "t" + i, i, "", traded, price, fee), SPEC);
                paid = paid.plus(SPEC.costUsdc(traded, price)).plus(fee);
                lots += traded;
                assertEquals(paid.negated(), book.cash().minus(book.cost()), "seed=" + seed);
                assertEquals(book.brought(), book.cash());
                assertEquals(lots, book.lots());
            }
            assertEquals(Usdc.ZERO, book.cost(), "seed=" + seed);
            assertEquals(paid.negated(), book.cash(), "seed=" + seed);
        }
    }

    @Test
    void averageCostStaysWhereAPartIsClosed() {
        VenueBook book =
                VenueBook.EMPTY
                        .with(fill(1, 10_000, "60000"), SPEC)
                        .with(fill(2, 10_000, "70000"), SPEC)
                        .with(fill(3, -5_000, "66000"), SPEC);
        assertEquals(Usdc.ofWhole(5_000), book.realised());
        assertEquals(Usdc.ofWhole(975_000), book.cost());
        assertEquals(15_000, book.unrealisedUsdc(SPEC, 66_000), 1e-6);
    }

    @Test
    void aTradeOrPaymentThatIsInAlreadyBreaksAnInvariant() {
        VenueBook book = VenueBook.EMPTY.with(fill(1, 10, "60000"), SPEC);
        assertThrows(BrokenInvariant.class, () -> book.with(fill(1, 10, "60000"), SPEC));
        VenuePayment funding = new VenuePayment(1, 1, VenuePayment.Kind.FUNDING, Usdc.ofWhole(-1));
        VenueBook paid = book.with(funding);
        assertEquals(Usdc.ofWhole(-1), paid.funding());
        assertThrows(BrokenInvariant.class, () -> paid.with(funding));
    }

    private static VenueFill fill(long sequence, long lots, String price) {
        return new VenueFill(
                sequence, "t" + sequence, sequence, "", lots, new BigDecimal(price), Usdc.ZERO);
    }
}
