package io.dolim.book.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.book.BookEvent;
import io.dolim.book.trade.AccountId;
import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.money.Usdc;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a Book's pool held at an earlier event, with all trades and without some. */
class PastTest {

    private static final List<AccountId> TAKERS = List.of(Made.ALICE, Made.BOB);
    private static final List<OptionContract> CONTRACTS = List.of(Made.CALL, Made.PUT, Made.LATER);
    private static final String PRICE = "104321.777777";

    /** What happens: a trade, its adjustment, or the settlement of the first expiry. */
    private record Step(long trade, AccountId account, OptionContract contract, long lots) {

        static final long SETTLEMENT = 0;

        boolean isAdjustment() {
            return lots == 0;
        }
    }

    private static List<Step> life(SplittableRandom random) {
        List<Step> life = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            long lots = random.nextLong(1, 4) * (random.nextInt(2) == 0 ? 1 : -1);
            OptionContract contract = i <= 25 ? CONTRACTS.get(random.nextInt(3)) : Made.LATER;
            if (i == 26) {
                life.add(new Step(Step.SETTLEMENT, Made.ALICE, Made.CALL, 1));
            }
            life.add(new Step(i, TAKERS.get(random.nextInt(2)), contract, lots));
            if (random.nextInt(5) == 0) {
                Step of = life.getLast();
                life.add(new Step(of.trade, of.account, of.contract, 0));
            }
        }
        return life;
    }

    /** The log of a life; one without some of the trades is what the pool would have been. */
    private static final class Life {
        private final Made made = new Made().listed(Made.CALL, Made.PUT, Made.LATER);
        private final SortedMap<AccountId, SortedMap<OptionContract, Long>> held = new TreeMap<>();

        void step(Step step, long number) {
            if (step.trade == Step.SETTLEMENT) {
                settle(Made.CALL.expiry());
            } else if (step.isAdjustment()) {
                made.adjusted(number, step.account, 7);
            } else {
                made.traded(step.account, 10 + step.trade, step.contract, step.lots);
                held.computeIfAbsent(step.account, _ -> new TreeMap<>())
                        .merge(step.contract, step.lots, Long::sum);
            }
        }

        private void settle(Expiry expiry) {
            made.priced(expiry, PRICE);
            for (var entry : held.entrySet()) {
                SortedMap<OptionContract, Long> lots = new TreeMap<>(entry.getValue());
                lots.entrySet()
                        .removeIf(
                                one ->
                                        one.getValue() == 0
                                                || !one.getKey().expiry().equals(expiry));
                entry.getValue().keySet().removeIf(c -> c.expiry().equals(expiry));
                if (!lots.isEmpty()) {
                    SortedMap<AccountId, Made.Settled> part = new TreeMap<>();
                    part.put(entry.getKey(), new Made.Settled(lots, worth(lots)));
                    made.settled(expiry, PRICE, part);
                }
            }
        }
    }

    private static Usdc worth(SortedMap<OptionContract, Long> lots) {
        BigDecimal spot = new BigDecimal(PRICE);
        BigDecimal sum = BigDecimal.ZERO;
        for (var one : lots.entrySet()) {
            BigDecimal strike =
                    BigDecimal.valueOf(one.getKey().equals(Made.CALL) ? 100_000 : 90_000);
            BigDecimal pay =
                    one.getKey().equals(Made.CALL) ? spot.subtract(strike) : strike.subtract(spot);
            sum =
                    sum.add(
                            pay.max(BigDecimal.ZERO)
                                    .multiply(new BigDecimal("0.01"))
                                    .multiply(BigDecimal.valueOf(one.getValue())));
        }
        return Usdc.of(sum.setScale(6, RoundingMode.FLOOR));
    }

    @Test
    void withoutTradesThePoolIsTheOneOfAJournalThatNeverHadThem() {
        for (long seed = 1; seed <= 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Step> life = life(random);
            Set<Long> out = new TreeSet<>();
            for (long trade = 1; trade <= 40; trade++) {
                if (random.nextInt(3) == 0) {
                    out.add(trade);
                }
            }
            check(life, out, "seed=" + seed);
        }
    }

    /** Who bought what is taken out, and sold it, is in no part of the settlement. */
    @Test
    void anAccountThatHoldsNothingAtTheEndStillOwesWhatItSold() {
        for (OptionContract contract : List.of(Made.CALL, Made.PUT)) {
            List<Step> life =
                    List.of(
                            new Step(1, Made.ALICE, contract, 3),
                            new Step(2, Made.BOB, contract, 2),
                            new Step(3, Made.ALICE, contract, -3),
                            new Step(Step.SETTLEMENT, Made.ALICE, contract, 1),
                            new Step(4, Made.ALICE, Made.LATER, 1));
            check(life, Set.of(1L), contract.name());
            check(life, Set.of(2L, 3L), contract.name());
        }
    }

    private static void check(List<Step> life, Set<Long> out, String where) {
        Life with = new Life();
        Life without = new Life();
        SortedMap<Long, Long> numbers = new TreeMap<>();
        Past past = new Past();
        Past other = new Past();
        SortedMap<Long, Past.Held> expected = new TreeMap<>();
        SortedMap<Long, Past.Held> all = new TreeMap<>();
        for (Step step : life) {
            with.step(step, step.trade);
            if (step.trade == Step.SETTLEMENT || !out.contains(step.trade)) {
                if (step.trade != Step.SETTLEMENT && !step.isAdjustment()) {
                    numbers.put(step.trade, numbers.size() + 1L);
                }
                without.step(step, numbers.getOrDefault(step.trade, 0L));
            }
            taken(other, without, new TreeSet<>());
            taken(past, with, out);
            long sequence = past.replay().sequence(Made.BTC);
            expected.put(sequence, other.held(Made.BTC));
            all.put(sequence, past.held(Made.BTC));
        }
        expected.forEach(
                (sequence, held) ->
                        assertEquals(
                                held,
                                past.held(Made.BTC, sequence, Past.Trades.NOT_TAKEN_OUT),
                                where + " at " + sequence));
        all.forEach(
                (sequence, held) ->
                        assertEquals(held, past.held(Made.BTC, sequence, Past.Trades.ALL), where));
    }

    private static void taken(Past past, Life life, Set<Long> out) {
        List<Written> log = life.made.log();
        long read = past.replay().sequence(Made.BTC);
        for (Written one : log.subList((int) read, log.size())) {
            past.apply(one);
            if (one.event() instanceof BookEvent.TradeExecuted trade
                    && out.contains(trade.trade().id().number())) {
                past.takeOut(trade);
            }
        }
    }

    @Test
    void aTradeStaysOutHoweverManyFollowAndWhatIsForgottenIsRefused() {
        Made made = new Made().listed(Made.CALL, Made.PUT);
        Past past = new Past();
        made.traded(Made.ALICE, 10, Made.PUT, 5);
        made.log().forEach(past::apply);
        past.takeOut(past.lastTrade().orElseThrow());
        for (int i = 0; i <= Past.REACH; i++) {
            past.apply(made.traded(Made.BOB, 10, Made.CALL, i % 2 == 0 ? 1 : -1));
        }
        long now = past.replay().sequence(Made.BTC);
        SortedMap<OptionContract, Long> left = new TreeMap<>();
        left.put(Made.CALL, -1L);
        assertEquals(
                new Past.Held(left, Usdc.ofWhole(9 * (Past.REACH + 1L))),
                past.held(Made.BTC, now, Past.Trades.NOT_TAKEN_OUT));
        left.clear();
        assertEquals(left, past.held(Made.BTC, now - 1, Past.Trades.NOT_TAKEN_OUT).lots());
        assertTrue(
                String.valueOf(
                                assertThrows(
                                                IllegalArgumentException.class,
                                                () -> past.held(Made.BTC, 2, Past.Trades.ALL))
                                        .getMessage())
                        .startsWith("book-BTC event=2 is too far back"));
    }
}
