package io.dolim.quoting.instrument;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which options of an underlying are to be listed, given where it trades and when it is. Expiries
 * are Deribit's: days, Fridays, last Fridays of a month and of a quarter, at 08:00 UTC; strikes
 * stand around the spot, in steps that widen with the time to expiry.
 *
 * <p>A rule only adds. What was listed stays so until it expires, however far the spot has gone.
 *
 * @param dailies how many of the next days' expiries
 * @param weeklies how many of the next Fridays
 * @param monthlies how many of the next months' last Fridays
 * @param quarterlies how many of the next quarters' last Fridays
 * @param ladders strikes by tenor, in rising order of {@code maxDays}; the last must reach the
 *     farthest expiry, and what lies beyond it is not listed
 */
public record ListingRule(
        Underlying underlying,
        int dailies,
        int weeklies,
        int monthlies,
        int quarterlies,
        List<Ladder> ladders) {

    private static final int MOST_EXPIRIES_OF_A_KIND = 60;
    private static final int MOST_STRIKES_A_SIDE = 200;

    /**
     * The strikes of expiries up to so many days away.
     *
     * @param maxDays days from now to expiry, rounded up; at least 1
     * @param stepUsdc distance between strikes, USDC per coin
     * @param strikesPerSide strikes on each side of the one nearest to the spot
     */
    public record Ladder(int maxDays, BigDecimal stepUsdc, int strikesPerSide) {

        /** @throws IllegalArgumentException when a number is not positive or beyond its bound */
        public Ladder {
            if (maxDays < 1
                    || stepUsdc.signum() <= 0
                    || stepUsdc.stripTrailingZeros().scale() > 6) {
                throw new IllegalArgumentException(
                        "maxDays=" + maxDays + " stepUsdc=" + stepUsdc + " must be positive");
            }
            if (strikesPerSide < 1 || strikesPerSide > MOST_STRIKES_A_SIDE) {
                throw new IllegalArgumentException(
                        "strikesPerSide="
                                + strikesPerSide
                                + " must lie in 1 to "
                                + MOST_STRIKES_A_SIDE);
            }
        }

        /** Strikes around a spot, all positive. */
        private SortedSet<BigDecimal> strikes(BigDecimal spotUsdc) {
            BigDecimal middle =
                    spotUsdc.divide(stepUsdc, 0, RoundingMode.HALF_EVEN).multiply(stepUsdc);
            TreeSet<BigDecimal> strikes = new TreeSet<>();
            for (int i = -strikesPerSide; i <= strikesPerSide; i++) {
                BigDecimal strike = middle.add(stepUsdc.multiply(BigDecimal.valueOf(i)));
                if (strike.signum() > 0) {
                    strikes.add(strike);
                }
            }
            return strikes;
        }
    }

    /** @throws IllegalArgumentException when a count is negative or too large, or ladders disagree */
    public ListingRule {
        ladders = List.copyOf(ladders);
        for (int count : new int[] {dailies, weeklies, monthlies, quarterlies}) {
            if (count < 0 || count > MOST_EXPIRIES_OF_A_KIND) {
                throw new IllegalArgumentException(
                        "expiries=" + count + " must lie in 0 to " + MOST_EXPIRIES_OF_A_KIND);
            }
        }
        List<Ladder> sorted =
                ladders.stream().sorted(Comparator.comparingInt(Ladder::maxDays)).toList();
        if (ladders.isEmpty() || !sorted.equals(ladders)) {
            throw new IllegalArgumentException(
                    "ladders=" + ladders + " must be some, in rising order of maxDays");
        }
    }

    /**
     * Days to the farthest expiry that it may ever list, rounded up; a last ladder that reaches so far
     * leaves none without strikes. Periods are counted at their longest, and a period's last Friday
     * may be over up to six days before the period is.
     */
    public int mostDays() {
        int friday = 7;
        int month = 31;
        int quarter = 92;
        int fixed = Math.max(dailies, friday * weeklies);
        int last = Math.max(month * monthlies, quarter * quarterlies);
        return Math.max(fixed, last == 0 ? 0 : last + friday);
    }

    /** The expiries to be listed at a moment; all lie behind it. */
    public SortedSet<Expiry> expiries(long nowMs) {
        LocalDate today = Expiry.ofEpochMs(nowMs).date();
        LocalDate first = new Expiry(today).epochMs() > nowMs ? today : today.plusDays(1);
        TreeSet<Expiry> expiries = new TreeSet<>();
        for (int i = 0; i < dailies; i++) {
            expiries.add(new Expiry(first.plusDays(i)));
        }
        LocalDate friday = first.with(TemporalAdjusters.nextOrSame(DayOfWeek.FRIDAY));
        for (int i = 0; i < weeklies; i++) {
            expiries.add(new Expiry(friday.plusWeeks(i)));
        }
        addLastFridays(expiries, first, monthlies, 1);
        addLastFridays(expiries, first, quarterlies, 3);
        return Collections.unmodifiableSortedSet(expiries);
    }

    /**
     * The options to be listed at a moment.
     *
     * @param spotUsdc the index, USDC per coin; positive
     * @throws IllegalArgumentException when the spot is not a positive number
     */
    public SortedSet<OptionContract> contracts(double spotUsdc, long nowMs) {
        if (!(spotUsdc > 0 && spotUsdc < 1e12)) {
            throw new IllegalArgumentException("spotUsdc=" + spotUsdc + " must be positive");
        }
        BigDecimal spot = new BigDecimal(spotUsdc);
        TreeSet<OptionContract> contracts = new TreeSet<>();
        for (Expiry expiry : expiries(nowMs)) {
            long days = Math.ceilDiv(expiry.epochMs() - nowMs, DayCount.MILLIS_PER_DAY);
            ladders.stream()
                    .filter(ladder -> days <= ladder.maxDays)
                    .findFirst()
                    .ifPresent(ladder -> add(contracts, expiry, ladder.strikes(spot)));
        }
        return Collections.unmodifiableSortedSet(contracts);
    }

    /** What has to be added to what is listed already; nothing is ever taken away. */
    public SortedSet<OptionContract> additions(
            SortedSet<OptionContract> listed, double spotUsdc, long nowMs) {
        TreeSet<OptionContract> missing = new TreeSet<>(contracts(spotUsdc, nowMs));
        missing.removeAll(listed);
        return Collections.unmodifiableSortedSet(missing);
    }

    private void add(
            SortedSet<OptionContract> contracts, Expiry expiry, SortedSet<BigDecimal> strikes) {
        for (BigDecimal strike : strikes) {
            contracts.add(new OptionContract(underlying, expiry, strike, OptionType.CALL));
            contracts.add(new OptionContract(underlying, expiry, strike, OptionType.PUT));
        }
    }

    private static void addLastFridays(
            SortedSet<Expiry> expiries, LocalDate first, int count, int everyMonths) {
        int added = 0;
        for (YearMonth month = YearMonth.from(first); added < count; month = month.plusMonths(1)) {
            LocalDate friday =
                    month.atEndOfMonth().with(TemporalAdjusters.previousOrSame(DayOfWeek.FRIDAY));
            if (month.getMonthValue() % everyMonths == 0 && !friday.isBefore(first)) {
                expiries.add(new Expiry(friday));
                added++;
            }
        }
    }
}
