package io.dolim.capacity;

import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.money.Usdc;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The hedges that a market view counts, as they were reported when it opened. With the view's spots,
 * scenarios and configuration they give every figure of theirs again.
 *
 * @param reports by underlying; none of one that nobody hedges
 * @param addOnUsdc what K is less by, as too much of it lies at one venue; at least 0
 */
public record FrozenHedges(SortedMap<Underlying, HedgeReport> reports, double addOnUsdc) {

    /** Nothing hedges. */
    public static final FrozenHedges NONE = new FrozenHedges(new TreeMap<>(), 0);

    /** Copies the reports. @throws IllegalArgumentException on a foreign report or a negative add-on */
    public FrozenHedges {
        reports = Collections.unmodifiableSortedMap(new TreeMap<>(reports));
        reports.forEach(
                (underlying, report) -> {
                    if (!report.underlying().equals(underlying)) {
                        throw new IllegalArgumentException(
                                "report of " + report.underlying() + " under " + underlying);
                    }
                });
        if (!(addOnUsdc >= 0)) {
            throw new IllegalArgumentException("addOnUsdc=" + addOnUsdc + " must not be negative");
        }
    }

    /** What hedging brought the pool, wherever it lies. */
    Usdc cash() {
        Usdc sum = Usdc.ZERO;
        for (HedgeReport report : reports.values()) {
            sum = sum.plus(report.cash());
        }
        return sum;
    }

    /** The pool's cash at venues. */
    Usdc posted() {
        Usdc sum = Usdc.ZERO;
        for (HedgeReport report : reports.values()) {
            for (HedgeReport.AtVenue at : report.byVenue().values()) {
                sum = sum.plus(at.postedUsdc());
            }
        }
        return sum;
    }
}
