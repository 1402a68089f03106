package io.dolim.capacity;

import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.capacity.vector.Series;
import io.dolim.quoting.instrument.OptionContract;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The pool's expected shortfall by what makes it, USDC ({@link TailMeasure}). The instruments, the hedges
 * at venues and the collateral add up to it, so do the expiries with these, and so do the venues with
 * what lies at none; what hedges the rest is negative.
 *
 * @param expected ES of the horizon families
 * @param byInstrument of each option held
 * @param byExpiry of all options that end together
 * @param byVenue of the perpetuals and the cash at each venue; options and the peg of all cash stand
 *     under {@link #NO_VENUE}
 * @param collateral of what the peg does to cash
 */
public record Contributions(
        double expected,
        SortedMap<OptionContract, Double> byInstrument,
        SortedMap<Series, Double> byExpiry,
        SortedMap<String, Double> byVenue,
        double collateral) {

    /** What no venue holds: options, and what the peg does to cash. */
    public static final String NO_VENUE = "none";

    /** Copies the maps. */
    public Contributions {
        byInstrument = Collections.unmodifiableSortedMap(new TreeMap<>(byInstrument));
        byExpiry = Collections.unmodifiableSortedMap(new TreeMap<>(byExpiry));
        byVenue = Collections.unmodifiableSortedMap(new TreeMap<>(byVenue));
    }

    /** Lots of an instrument that the pool holds, signed. */
    record Held(InstrumentVectors one, long lots) {}

    /**
     * Of a pool that holds these, each instrument once, hedges and so much cash.
     *
     * @param cashAtRiskUsdc at least 0
     * @param level of the shortfall, in (0, 1)
     */
    static Contributions of(
            ScenarioSet scenarios,
            List<Held> held,
            Hedges hedges,
            double cashAtRiskUsdc,
            double level) {
        double[] cash = Collateral.of(scenarios, cashAtRiskUsdc).into(new double[scenarios.size()]);
        double[] unhedged = options(scenarios, held);
        for (int s = 0; s < unhedged.length; s++) {
            unhedged[s] += cash[s];
        }
        TailMeasure tail = TailMeasure.of(scenarios, hedges.into(unhedged.clone()), level);
        SortedMap<String, Double> byVenue = new TreeMap<>();
        byVenue.put(NO_VENUE, tail.part(unhedged));
        hedges.byVenue().forEach((venue, values) -> byVenue.put(venue, tail.part(values)));
        SortedMap<OptionContract, Double> byInstrument = new TreeMap<>();
        SortedMap<Series, Double> byExpiry = new TreeMap<>();
        double[] own = new double[scenarios.size()];
        for (Held each : held) {
            for (int s = 0; s < own.length; s++) {
                own[s] = each.lots() * each.one().value(s);
            }
            OptionContract contract = each.one().contract();
            double part = tail.part(own);
            byInstrument.put(contract, part);
            byExpiry.merge(new Series(contract.underlying(), contract.expiry()), part, Double::sum);
        }
        return new Contributions(
                tail.expectedShortfall(), byInstrument, byExpiry, byVenue, tail.part(cash));
    }

    /** Profit and loss of all options by scenario: exact, as the parts are (see vectors). */
    static double[] options(ScenarioSet scenarios, List<Held> held) {
        double[] sum = new double[scenarios.size()];
        for (Held each : held) {
            for (int s = 0; s < sum.length; s++) {
                sum[s] += each.lots() * each.one().value(s);
            }
        }
        return sum;
    }
}
