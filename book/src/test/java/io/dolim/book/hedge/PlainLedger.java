package io.dolim.book.hedge;

import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Input of the tests: what a venue writes down of trades that a test says were made. Its cash is the sum of
 * all that was paid, with the open position valued at what it cost: reckoned otherwise than the books do.
 */
final class PlainLedger {

    private final PerpetualSpec spec;
    private final List<VenueFill> fills = new ArrayList<>();
    private final List<VenuePayment> payments = new ArrayList<>();
    private long lots;
    private Usdc paid = Usdc.ZERO;
    private Usdc other = Usdc.ZERO;

    PlainLedger(PerpetualSpec spec) {
        this.spec = spec;
    }

    VenueFill trade(String label, long traded, String price, long nowMs) {
        BigDecimal at = new BigDecimal(price);
        Usdc value = spec.costUsdc(traded, at);
        Usdc fee = new Usdc(Math.abs(value.micros()) / 2_000);
        long sequence = fills.size() + 1L;
        VenueFill fill = new VenueFill(sequence, "t" + sequence, nowMs, label, traded, at, fee);
        fills.add(fill);
        lots += traded;
        paid = paid.plus(value);
        other = other.minus(fee);
        return fill;
    }

    void pay(VenuePayment.Kind kind, Usdc amount, long nowMs) {
        payments.add(new VenuePayment(payments.size() + 1L, nowMs, kind, amount));
        other = other.plus(amount);
    }

    long lots() {
        return lots;
    }

    /** Cash when the open position cost so much. */
    Usdc cash(Usdc openCost) {
        return other.minus(paid).plus(openCost);
    }

    /** What the venue tells; the position's cost is what the books say, as venues reckon it likewise. */
    Venue.Ledger told(VenueBook known, Usdc openCost, long nowMs) {
        return new Venue.Ledger(
                Hedges.VENUE,
                spec.underlying(),
                nowMs,
                lots,
                cash(openCost),
                cash(openCost),
                Usdc.ZERO,
                Usdc.ZERO,
                BigDecimal.valueOf(65_000),
                fills.stream().filter(f -> f.sequence() > known.afterTrade()).toList(),
                payments.stream().filter(p -> p.sequence() > known.afterPayment()).toList(),
                true);
    }

    /** What the open position costs after all trades: the books' own average cost. */
    Usdc openCost(VenueBook known) {
        VenueBook book = known;
        for (VenueFill fill : fills) {
            if (fill.sequence() > known.afterTrade()) {
                book = book.with(fill, spec);
            }
        }
        return book.cost();
    }

    Venue.Ledger told(VenueBook known, long nowMs) {
        return told(known, openCost(known), nowMs);
    }
}
