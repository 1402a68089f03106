package io.dolim.quoting.surface;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Fits a surface to a chain's quotes, free of butterfly and calendar arbitrage, or says why not. A
 * pure function of its arguments: nothing is remembered from an earlier fit.
 */
public final class SurfaceFit {

    /** More expiries than any venue lists at once. */
    public static final int MOST_EXPIRIES = 64;

    /** More quotes than any venue lists for an expiry, calls and puts. */
    public static final int MOST_QUOTES = 1_024;

    /** An expiry nearer than this is not fitted. */
    public static final long LEAST_LIFE_MS = 60_000L;

    /** An expiry nearer than this is priced for what is held, from its neighbour's smile. */
    public static final long CLOSING_MS = 1_800_000L;

    /** A slice farther from its quotes than this share of its at-the-money volatility is no smile. */
    public static final double ROUGHEST = 0.25;

    private SurfaceFit() {}

    /** What came of a fit. */
    public sealed interface Outcome {}

    /**
     * A surface free of static arbitrage, and how each expiry fared.
     *
     * @param surface the surface
     * @param reports one for each expiry handed in, in rising expiry
     */
    public record Fitted(VolSurface surface, List<Report> reports) implements Outcome {

        /** Copies the list. */
        public Fitted {
            reports = List.copyOf(reports);
        }
    }

    /**
     * No surface.
     *
     * @param reason the rule that refused
     * @param numbers what it refused, by name
     */
    public record Refused(Reason reason, Map<String, Double> numbers) implements Outcome {

        /** Copies the map into one ordered by name. */
        public Refused {
            numbers = java.util.Collections.unmodifiableMap(new TreeMap<>(numbers));
        }
    }

    /** Why there is no surface. */
    public enum Reason {
        /** More expiries or quotes than the bounds. */
        TOO_MANY,
        /** A forward or discount factor that is not positive and finite. */
        BAD_FORWARD,
        /** Two chains of one expiry. */
        DUPLICATE_EXPIRY,
        /** No expiry has a usable quote. */
        NO_QUOTES,
        /** A butterfly that no repair removed. */
        BUTTERFLY,
        /** A calendar spread that no repair removed. */
        CALENDAR,
        /** Of no expiry an arbitrage-free smile comes near the quotes. */
        ROUGH
    }

    /** What was done with an expiry. */
    public enum Treatment {
        /** A smile through its quotes. */
        SMILE,
        /** Too few quotes for a smile: one volatility, of wide uncertainty. */
        FLAT,
        /** About to expire, or no arbitrage-free smile comes near its quotes: its neighbour's smile. */
        BORROWED,
        /** Left out: expired, about to, or without a usable quote. */
        LEFT_OUT
    }

    /**
     * How an expiry fared.
     *
     * @param expiryMs which
     * @param treatment what was done
     * @param usedQuotes strikes the fit rests on
     * @param outliers strikes set aside because they stand out of their neighbours
     * @param floors earlier expiries whose smiles hold this one up somewhere, or nearly
     * @param rmseVol root mean square of fitted less quoted volatility, annual, as a decimal
     */
    public record Report(
            long expiryMs,
            Treatment treatment,
            int usedQuotes,
            int outliers,
            int floors,
            double rmseVol) {}

    /** Fits the chains of one underlying, quoted at {@code fixedAtMs}. */
    public static Outcome fit(long fixedAtMs, List<ExpiryQuotes> chains) {
        if (chains.size() > MOST_EXPIRIES) {
            return new Refused(Reason.TOO_MANY, Map.of("expiries", (double) chains.size()));
        }
        List<ExpiryQuotes> sorted = new ArrayList<>(chains);
        sorted.sort(Comparator.comparingLong(ExpiryQuotes::expiryMs));
        List<SliceFit> fits = new ArrayList<>();
        List<Report> leftOut = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i++) {
            ExpiryQuotes chain = sorted.get(i);
            if (i > 0 && chain.expiryMs() == sorted.get(i - 1).expiryMs()) {
                return refused(Reason.DUPLICATE_EXPIRY, chain, chain.quotes().size());
            }
            if (chain.quotes().size() > MOST_QUOTES) {
                return refused(Reason.TOO_MANY, chain, chain.quotes().size());
            }
            if (!positive(chain.forward()) || !positive(chain.discount())) {
                return refused(Reason.BAD_FORWARD, chain, chain.forward());
            }
            boolean alive = chain.expiryMs() - fixedAtMs >= LEAST_LIFE_MS;
            SmileQuotes quotes = alive ? SmileQuotes.of(fixedAtMs, chain) : SmileQuotes.none(chain);
            if (quotes.size() == 0) {
                leftOut.add(new Report(chain.expiryMs(), Treatment.LEFT_OUT, 0, 0, 0, 0.0));
            } else {
                fits.add(new SliceFit(quotes));
            }
        }
        return fits.isEmpty()
                ? new Refused(Reason.NO_QUOTES, Map.of("expiries", (double) chains.size()))
                : together(fixedAtMs, fits, leftOut);
    }

    /**
     * The expiries whose quotes make slices, and the others between them. A rough smile is nobody's
     * floor: it is taken out before it can lift later ones.
     */
    private static Outcome together(long fixedAtMs, List<SliceFit> fits, List<Report> leftOut) {
        List<SliceFit> own = new ArrayList<>();
        for (SliceFit fit : fits) {
            boolean isClosing = fit.quotes.expiryMs - fixedAtMs <= CLOSING_MS;
            if (!isClosing && !SliceFit.isRough(fit.slice(List.of()))) {
                own.add(fit);
            }
        }
        if (own.isEmpty()) {
            // nothing to borrow from: the nearest to a smile decides alone
            own.addAll(fits);
        }
        List<SviSlice> slices = List.of();
        for (boolean isFound = false; !isFound; ) {
            Calendar calendar = new Calendar(own);
            slices = calendar.slices();
            Optional<Refused> flaw = flaw(calendar, own, slices);
            if (flaw.isPresent()) {
                return flaw.get();
            }
            int rough = firstRough(slices);
            isFound = rough < 0;
            if (!isFound && own.size() == 1) {
                return refused(Reason.ROUGH, slices.getFirst());
            }
            if (!isFound) {
                own.remove(rough);
            }
        }
        return fitted(fixedAtMs, fits, slices, leftOut);
    }

    private static int firstRough(List<SviSlice> slices) {
        for (int i = 0; i < slices.size(); i++) {
            if (SliceFit.isRough(slices.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Refused> flaw(
            Calendar calendar, List<SliceFit> fits, List<SviSlice> slices) {
        for (int i = 0; i < slices.size(); i++) {
            SviSlice slice = slices.get(i);
            SmileQuotes quotes = fits.get(i).quotes;
            if (!SmileCheck.passes(slice.smile(), quotes.fromK(), quotes.toK())) {
                return Optional.of(refused(Reason.BUTTERFLY, slice));
            }
            if (i > 0 && !calendar.holds(slices.get(i - 1), slice)) {
                return Optional.of(refused(Reason.CALENDAR, slice));
            }
        }
        return Optional.empty();
    }

    private static Fitted fitted(
            long fixedAtMs, List<SliceFit> fits, List<SviSlice> own, List<Report> leftOut) {
        List<SviSlice> slices = new ArrayList<>();
        List<Report> reports = new ArrayList<>(leftOut);
        int next = 0;
        for (SliceFit fit : fits) {
            boolean isOwn = next < own.size() && own.get(next).expiryMs() == fit.quotes.expiryMs;
            SviSlice slice =
                    isOwn
                            ? own.get(next)
                            : Borrowed.slice(
                                    fit,
                                    slices.isEmpty() ? List.of() : List.of(slices.getLast()),
                                    own.subList(next, own.size()));
            next += isOwn ? 1 : 0;
            slices.add(slice);
            Treatment treatment = fit.flat() ? Treatment.FLAT : Treatment.SMILE;
            reports.add(report(fit, slice, isOwn ? treatment : Treatment.BORROWED));
        }
        reports.sort(Comparator.comparingLong(Report::expiryMs));
        return new Fitted(VolSurface.blended(fixedAtMs, slices), reports);
    }

    private static Report report(SliceFit fit, SviSlice slice, Treatment treatment) {
        return new Report(
                slice.expiryMs(),
                treatment,
                fit.usable.size(),
                fit.quotes.size() - fit.usable.size(),
                slice.floors().size(),
                slice.uncertaintyVol());
    }

    private static Refused refused(Reason reason, ExpiryQuotes chain, double number) {
        return new Refused(reason, Map.of("expiryMs", (double) chain.expiryMs(), "value", number));
    }

    private static Refused refused(Reason reason, SviSlice slice) {
        return new Refused(
                reason,
                Map.of(
                        "expiryMs", (double) slice.expiryMs(),
                        "yearsToExpiry", slice.yearsToExpiry(),
                        "atTheMoneyVol", slice.volAtLogMoneyness(0.0),
                        "rmseVol", slice.uncertaintyVol()));
    }

    private static boolean positive(double value) {
        return value > 0.0 && Double.isFinite(value);
    }
}
