package io.dolim.book.audit;

import io.dolim.quoting.instrument.Expiry;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.instrument.Underlying;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Contracts that no chain lists: strikes between listed ones, and days between listed expiries. */
final class Unlisted {

    /** Strikes that are asked for, over all expiries. */
    static final int STRIKES = 20;

    /** Expiries that are asked for. */
    static final int EXPIRIES = 2;

    private static final int FINEST = 64;
    private static final int STRIKES_A_DAY = 3;

    private final Underlying underlying;
    private final NavigableMap<Expiry, NavigableSet<BigDecimal>> strikes = new TreeMap<>();

    /** @param listed not yet expired; all of the underlying */
    Unlisted(Underlying underlying, SortedSet<OptionContract> listed) {
        this.underlying = underlying;
        for (OptionContract contract : listed) {
            strikes.computeIfAbsent(contract.expiry(), _ -> new TreeSet<>()).add(contract.strike());
        }
    }

    /** Call and put of {@link #STRIKES} strikes, spread evenly over all gaps between listed ones. */
    List<OptionContract> strikes() {
        List<OptionContract> calls = new ArrayList<>();
        for (int parts = 2; parts <= FINEST && calls.size() < STRIKES; parts *= 2) {
            for (Expiry expiry : strikes.keySet()) {
                calls.addAll(between(expiry, parts));
            }
        }
        return bothTypes(spread(calls, STRIKES));
    }

    /** The odd fractions of all gaps of an expiry. */
    private List<OptionContract> between(Expiry expiry, int parts) {
        List<OptionContract> found = new ArrayList<>();
        List<BigDecimal> all = List.copyOf(strikes.getOrDefault(expiry, new TreeSet<>()));
        for (int i = 1; i < all.size(); i++) {
            BigDecimal gap = all.get(i).subtract(all.get(i - 1));
            for (int k = 1; k < parts; k += 2) {
                BigDecimal strike =
                        all.get(i - 1)
                                .add(
                                        gap.multiply(BigDecimal.valueOf(k))
                                                .divide(BigDecimal.valueOf(parts)));
                if (strike.stripTrailingZeros().scale() <= 6) {
                    found.add(new OptionContract(underlying, expiry, strike, OptionType.CALL));
                }
            }
        }
        return found;
    }

    /** Call and put of strikes near the money on {@link #EXPIRIES} days on which nothing expires. */
    List<OptionContract> expiries(double spotUsdc) {
        List<Expiry> days = new ArrayList<>();
        if (!strikes.isEmpty()) {
            Expiry last = strikes.lastKey();
            for (Expiry day = next(strikes.firstKey()); day.compareTo(last) < 0; day = next(day)) {
                if (!strikes.containsKey(day)) {
                    days.add(day);
                }
            }
        }
        List<OptionContract> calls = new ArrayList<>();
        for (Expiry day : spread(days, EXPIRIES)) {
            for (BigDecimal strike : nearest(strikes.higherEntry(day).getValue(), spotUsdc)) {
                calls.add(new OptionContract(underlying, day, strike, OptionType.CALL));
            }
        }
        return bothTypes(calls);
    }

    private static List<BigDecimal> nearest(NavigableSet<BigDecimal> of, double spotUsdc) {
        List<BigDecimal> all = List.copyOf(of);
        int at = of.headSet(BigDecimal.valueOf(spotUsdc)).size();
        int from = Math.clamp(at - 1, 0, Math.max(0, all.size() - STRIKES_A_DAY));
        return all.subList(from, Math.min(all.size(), from + STRIKES_A_DAY));
    }

    private static Expiry next(Expiry day) {
        return new Expiry(day.date().plusDays(1));
    }

    /** At most so many of them, at even distances, the first and the last among them. */
    private static <T> List<T> spread(List<T> all, int most) {
        if (all.size() <= most) {
            return all;
        }
        List<T> some = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            some.add(all.get((int) ((long) i * (all.size() - 1) / (most - 1))));
        }
        return some;
    }

    private static List<OptionContract> bothTypes(List<OptionContract> calls) {
        List<OptionContract> both = new ArrayList<>();
        for (OptionContract call : calls) {
            both.add(call);
            both.add(
                    new OptionContract(
                            call.underlying(), call.expiry(), call.strike(), OptionType.PUT));
        }
        return both;
    }
}
