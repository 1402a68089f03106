package io.dolim.quoting.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ListingRuleTest {

    private static final Underlying BTC = new Underlying("BTC");
    private static final ListingRule RULE =
            new ListingRule(BTC, 3, 3, 3, 4, List.of(ladder(2, "500", 2), ladder(400, "5000", 3)));

    @Test
    void expiriesAreThoseDeribitListedOnThatDay() {
        // Deribit on 2026-01-30 15:45 UTC listed, among others, 31JAN 1FEB 2FEB | 6FEB 13FEB 20FEB
        // |
        // 27FEB 27MAR 24APR | 26JUN 25SEP 25DEC
        assertEquals(
                "[31JAN26, 1FEB26, 2FEB26, 6FEB26, 13FEB26, 20FEB26, 27FEB26, 27MAR26, 24APR26,"
                        + " 26JUN26, 25SEP26, 25DEC26]",
                RULE.expiries(at("2026-01-30T15:45:00Z")).toString());
    }

    @Test
    void anExpiryLeavesTheListAtEightAndNotBefore() {
        Expiry daily = Expiry.parse("30JAN26");
        assertTrue(RULE.expiries(daily.epochMs() - 1).contains(daily));
        assertEquals(Expiry.parse("31JAN26"), RULE.expiries(daily.epochMs()).first());
    }

    @Test
    void strikesStandAroundTheSpotInTheStepOfTheirTenor() {
        SortedSet<OptionContract> contracts = RULE.contracts(83_133.66, at("2026-01-30T15:45:00Z"));
        assertEquals(
                List.of("82000", "82500", "83000", "83500", "84000"),
                strikes(contracts, "31JAN26"));
        assertEquals(
                List.of("70000", "75000", "80000", "85000", "90000", "95000", "100000"),
                strikes(contracts, "25DEC26"));
        assertEquals(12 * 2 * 7 - 2 * 2 * 2, contracts.size(), "two expiries have five strikes");
    }

    @Test
    void strikesOfACheapCoinStayPositiveAndKeepTheirDecimals() {
        ListingRule xrp =
                new ListingRule(
                        new Underlying("XRP"), 1, 0, 0, 0, List.of(ladder(400, "0.05", 20)));
        SortedSet<OptionContract> contracts = xrp.contracts(0.43, at("2026-01-30T15:45:00Z"));
        assertEquals("XRP_USDC-31JAN26-0d05-C", contracts.first().name());
        assertEquals(
                new BigDecimal("1.45"), contracts.last().strike(), "0.45 and twenty steps above");
    }

    @Test
    void additionsNeverTakeAwayWhateverTheSpotDoes() {
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        TreeSet<OptionContract> listed = new TreeSet<>();
        double spot = 80_000;
        long nowMs = at("2026-01-30T15:45:00Z");
        for (int i = 0; i < 300; i++) {
            SortedSet<OptionContract> added = RULE.additions(listed, spot, nowMs);
            assertTrue(added.stream().noneMatch(listed::contains), "seed=" + seed + " i=" + i);
            listed.addAll(added);
            assertTrue(listed.containsAll(RULE.contracts(spot, nowMs)), "seed=" + seed);
            assertEquals(
                    new TreeSet<OptionContract>(), RULE.additions(listed, spot, nowMs), "i=" + i);
            spot *= 1 + 0.05 * (random.nextDouble() - 0.5);
            nowMs += random.nextLong(12 * 3_600_000L);
        }
    }

    @Test
    void noExpiryEverLiesFartherThanItSays() {
        for (int[] counts :
                new int[][] {
                    {0, 0, 0, 0},
                    {3, 0, 0, 0},
                    {9, 1, 0, 0},
                    {1, 2, 0, 0},
                    {0, 0, 1, 0},
                    {0, 0, 5, 1},
                    {2, 2, 2, 2},
                    {1, 0, 0, 1},
                    {0, 0, 0, 9}
                }) {
            ListingRule rule =
                    new ListingRule(
                            BTC,
                            counts[0],
                            counts[1],
                            counts[2],
                            counts[3],
                            List.of(ladder(1, "1", 1)));
            long farthest = 0;
            long nowMs = at("2024-01-01T08:00:00Z");
            for (int day = 0; day < 5 * 365; day++) {
                for (Expiry expiry : rule.expiries(nowMs)) {
                    farthest = Math.max(farthest, expiry.epochMs() - nowMs);
                }
                nowMs += DayCount.MILLIS_PER_DAY;
            }
            long days = Math.ceilDiv(farthest, DayCount.MILLIS_PER_DAY);
            int said = rule.mostDays();
            assertTrue(days <= said && said <= days + 10 + days / 50, rule + ": " + days);
        }
    }

    @Test
    void anExpiryBeyondTheLastLadderIsNotListed() {
        ListingRule shortRule = new ListingRule(BTC, 1, 0, 0, 4, List.of(ladder(30, "1000", 1)));
        SortedSet<OptionContract> contracts =
                shortRule.contracts(83_000, at("2026-01-30T15:45:00Z"));
        assertEquals(6, contracts.size());
        assertEquals(Expiry.parse("31JAN26"), contracts.last().expiry());
    }

    @Test
    void aRuleOrSpotThatMakesNoSenseIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new ListingRule(BTC, 1, 1, 1, 1, List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new ListingRule(
                                BTC, 1, 1, 1, 1, List.of(ladder(9, "1", 1), ladder(2, "1", 1))));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ListingRule(BTC, -1, 1, 1, 1, List.of(ladder(9, "1", 1))));
        assertThrows(IllegalArgumentException.class, () -> ladder(9, "0", 1));
        assertThrows(IllegalArgumentException.class, () -> ladder(9, "1", 0));
        for (double spot : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(
                    IllegalArgumentException.class, () -> RULE.contracts(spot, 0), "spot=" + spot);
        }
    }

    private static List<String> strikes(SortedSet<OptionContract> contracts, String expiry) {
        return contracts.stream()
                .filter(contract -> contract.expiry().equals(Expiry.parse(expiry)))
                .filter(contract -> contract.type() == OptionType.CALL)
                .map(contract -> contract.strike().toPlainString())
                .toList();
    }

    private static ListingRule.Ladder ladder(int maxDays, String step, int perSide) {
        return new ListingRule.Ladder(maxDays, new BigDecimal(step), perSide);
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
