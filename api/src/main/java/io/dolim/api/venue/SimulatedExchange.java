package io.dolim.api.venue;

import io.dolim.api.feed.Bounds;
import io.dolim.api.feed.Dice;
import io.dolim.book.hedge.PerpetualSpec;
import io.dolim.book.hedge.Venue;
import io.dolim.book.hedge.VenueBook;
import io.dolim.book.hedge.VenueFill;
import io.dolim.book.hedge.VenueOrder;
import io.dolim.book.hedge.VenuePayment;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.money.Usdc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A perpetual exchange with one account, as a deterministic state machine: the same calls and the same
 * dice give the same bits. It has no clock, no thread and no actor; time and prices are handed in.
 *
 * <p>When equity is below the maintenance margin every position is closed at what the book pays, at its
 * last level's price beyond it, and a fee on the notional is taken as far as there is cash. What is
 * missing then stays owed: cash may be negative. The model stands in {@code api/doc/venues.md}.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class SimulatedExchange {

    private static final int MOST_OUTAGES = 1_000;

    private final ExchangeRules rules;
    private final Dice dice;
    private final ExchangeAccount account;
    private final Matching matching;
    private final List<Outage> outages = new ArrayList<>();
    private long nowMs;

    /**
     * @param startMs its clock, milliseconds since 1970
     * @param dice all its chance
     */
    public SimulatedExchange(ExchangeRules rules, long startMs, Dice dice) {
        this.rules = rules;
        this.dice = dice;
        this.nowMs = startMs;
        this.account = new ExchangeAccount(rules);
        this.matching = new Matching(rules, account, dice);
    }

    /**
     * Time passes: funding accrues and is paid when due, the book refills. An earlier time than the last
     * changes nothing.
     */
    public void advance(long epochMs) {
        while (nowMs < epochMs) {
            long due = (Math.floorDiv(nowMs, rules.fundingEveryMs()) + 1) * rules.fundingEveryMs();
            long next = Math.min(due, epochMs);
            account.pass(next - nowMs);
            nowMs = next;
            if (next == due) {
                account.payFunding(nowMs);
            }
        }
    }

    /** The index moved; the mark follows at a premium of this exchange's own. Liquidates where due. */
    public void observe(Underlying underlying, long epochMs, double indexUsdc) {
        SimulatedPerpetual perpetual = account.known(underlying);
        double index = price("indexUsdc", indexUsdc);
        advance(epochMs);
        perpetual.price(nowMs, index, dice);
        liquidateWhereDue();
    }

    /** Index and mark moved. Liquidates where due. */
    public void observe(Underlying underlying, long epochMs, double indexUsdc, double markUsdc) {
        SimulatedPerpetual perpetual = account.known(underlying);
        double index = price("indexUsdc", indexUsdc);
        double mark = price("markUsdc", markUsdc);
        advance(epochMs);
        perpetual.price(nowMs, index, mark);
        liquidateWhereDue();
    }

    private static double price(String name, double usdc) {
        Bounds.within(name, usdc, 1e-6, 1e9);
        return usdc;
    }

    private void liquidateWhereDue() {
        if (!isRefusing()) {
            account.liquidateWhereDue(nowMs);
        }
    }

    /**
     * Carries out an order now; whoever calls has let its {@link #latencyMs} pass. A label that was seen
     * before is answered as before and trades nothing.
     */
    public ExchangeAnswer trade(VenueOrder order) {
        if (isRefusing()) {
            return down();
        }
        ExchangeAnswer answer = matching.trade(order, nowMs);
        account.liquidateWhereDue(nowMs);
        return answer;
    }

    private ExchangeAnswer down() {
        return Matching.refused(ExchangeAnswer.Reason.DOWN, "nowMs=" + nowMs);
    }

    /** Moves the account's cash in (positive) or out; once for each label. */
    public ExchangeAnswer transfer(Usdc amount, String label) {
        if (isRefusing()) {
            return down();
        }
        Optional<Usdc> seen = account.ledger().transfer(label);
        if (seen.isPresent()) {
            return seen.get().equals(amount)
                    ? new ExchangeAnswer.Moved(label)
                    : Matching.refused(ExchangeAnswer.Reason.LABEL_USED, "label=" + label);
        }
        if (account.ledger().kept() >= rules.mostRecords()) {
            return Matching.refused(
                    ExchangeAnswer.Reason.LEDGER_FULL, "mostRecords=" + rules.mostRecords());
        }
        Usdc free = account.free();
        if (amount.signum() < 0 && free.plus(amount).signum() < 0) {
            return Matching.refused(
                    ExchangeAnswer.Reason.NOT_ENOUGH_FUNDS,
                    "amountUsdc=" + amount + " freeUsdc=" + free);
        }
        account.ledger().rememberTransfer(label, amount, nowMs);
        account.pay(nowMs, VenuePayment.Kind.TRANSFER, amount, "");
        return new ExchangeAnswer.Moved(label);
    }

    /** An operator of the venue moves the position outside: it is another one, at the mark, without a trade. */
    public void movePosition(Underlying underlying, long toLots) {
        long most = SimulatedPerpetual.MOST_LOTS;
        Bounds.within("toLots", toLots, -most, most);
        account.known(underlying).move(toLots);
    }

    /**
     * Plans an outage.
     *
     * @throws IllegalArgumentException when too many are planned
     */
    public void plan(Outage outage) {
        outages.removeIf(past -> past.untilMs() <= nowMs);
        Bounds.within("outages", outages.size(), 0, MOST_OUTAGES - 1);
        outages.add(outage);
    }

    /**
     * Begins with the account that a pool's books remember, if nothing was traded or paid here yet: an
     * exchange that lives in the pool's own process forgets with it.
     */
    public void restore(Underlying underlying, VenueBook book) {
        if (account.ledger().isEmpty()) {
            account.restore(underlying, book);
        }
    }

    /** What goes wrong by chance from now on. */
    public void set(ExchangeRules.Chances chances) {
        matching.set(chances);
    }

    /** How the exchange is not itself now; the first that was planned counts. */
    public Optional<Outage.Kind> outage() {
        for (Outage outage : outages) {
            if (outage.holds(nowMs)) {
                return Optional.of(outage.kind());
            }
        }
        return Optional.empty();
    }

    private boolean isRefusing() {
        return !outages.isEmpty()
                && outage().filter(kind -> kind != Outage.Kind.ANSWERS_LOST).isPresent();
    }

    /** How long the next order is under way, milliseconds; drawn anew at each call. */
    public long latencyMs() {
        ExchangeRules.Latency latency = rules.latency();
        if (latency.meanMs() == 0) {
            return latency.leastMs();
        }
        double more = -latency.meanMs() * Elementary.log(1.0 - dice.uniform());
        return Math.min(latency.mostMs(), latency.leastMs() + (long) more);
    }

    /** Forgets trades, payments, orders and labels of before, to make room. */
    public void forget(long beforeMs) {
        account.ledger().forget(beforeMs);
    }

    /** Whether a perpetual of this underlying is traded. */
    public boolean lists(Underlying underlying) {
        return account.perpetual(underlying).isPresent();
    }

    /** How the perpetuals trade, in order of their underlyings. */
    public List<PerpetualSpec> specs() {
        return account.perpetuals().stream().map(SimulatedPerpetual::spec).toList();
    }

    /**
     * The account as one perpetual shows it.
     *
     * @param venue the name to tell it under
     * @param most trades, and payments, of one answer
     */
    public Venue.Ledger ledger(
            String venue, Underlying underlying, long afterTrade, long afterPayment, int most) {
        SimulatedPerpetual perpetual = account.known(underlying);
        ExchangeLedger ledger = account.ledger();
        List<VenueFill> fills = ledger.fills(underlying, afterTrade, most);
        List<VenuePayment> payments =
                ledger.lines(afterPayment, most).stream()
                        .map(ExchangeLedger.Line::payment)
                        .toList();
        boolean whole =
                (fills.isEmpty() || fills.getLast().sequence() == ledger.lastFill(underlying))
                        && (payments.isEmpty()
                                || payments.getLast().sequence() == ledger.lastPayment());
        return new Venue.Ledger(
                venue,
                underlying,
                nowMs,
                perpetual.lots(),
                cash(),
                equity(),
                account.initial(),
                account.maintenance(),
                perpetual.exactMark(),
                fills,
                payments,
                whole);
    }

    /** The order book; empty sides before the first index. */
    public Venue.Depth depth(String venue, Underlying underlying) {
        SimulatedPerpetual perpetual = account.known(underlying);
        return new Venue.Depth(
                venue,
                underlying,
                perpetual.bids(),
                perpetual.asks(),
                perpetual.rules().takerFee().doubleValue());
    }

    /** Position, lots. */
    public long lots(Underlying underlying) {
        return account.known(underlying).lots();
    }

    /** The mark, USDC per coin; 0 before the first index. */
    public double markUsdc(Underlying underlying) {
        return account.known(underlying).markUsdc();
    }

    /** What lies there: transfers, realised profit and funding, less fees. */
    public Usdc cash() {
        return account.cash();
    }

    /** Cash, what is not realised, and what accrued of funding. */
    public Usdc equity() {
        return account.equity();
    }

    /** Profit realised so far, before fees. */
    public Usdc realised() {
        return account.realised();
    }

    /** Funding that accrued and is not paid yet. */
    public Usdc accrued() {
        return account.accrued();
    }

    /** Whether equity no longer covers the initial margin: the venue calls for more. */
    public boolean isCalled() {
        return equity().compareTo(account.initial()) < 0;
    }

    /** How often it closed everything by itself. */
    public long liquidations() {
        return account.liquidations();
    }

    /** Its clock, milliseconds since 1970. */
    public long nowMs() {
        return nowMs;
    }

    ExchangeAccount account() {
        return account;
    }
}
