package io.dolim.capacity.adversary;

import io.dolim.capacity.CapacityView;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.vector.InstrumentVectors;
import io.dolim.quoting.instrument.OptionContract;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.quote.Leg;
import io.dolim.quoting.quote.OptionPackage;

/**
 * The price of inventory as it was before it had layers: an option counts for the whole holding time
 * by one factor of its life. What rolling short options against a long book earned from.
 *
 * <pre>
 *   X = sum of lots sqrt(min(T, 10 d) / 10 d) H      sum_s p_s U(K + X_s + C) = U(K),  U(x) = -1/x
 *   Phi = C 10 d / h
 * </pre>
 */
final class OneFactor {

    private static final double HOLDING_DAYS = 10;
    private static final int HALVINGS = 200;

    private final Session session;
    private final CapacityView view;
    private final ScenarioSet scenarios;

    OneFactor(Session session) {
        this.session = session;
        this.view = session.pool.view();
        this.scenarios = view.pricer().scenarios();
    }

    /** What it would have charged, USDC. */
    double charge(OptionPackage asked) {
        double[] held = new double[scenarios.size()];
        for (Underlying underlying : Setting.underlyings()) {
            session.pool.positions(underlying).forEach((one, lots) -> add(held, one, lots));
        }
        double[] after = held.clone();
        for (Leg leg : asked.legs()) {
            add(after, leg.contract(), -leg.lots());
        }
        return (certainty(after) - certainty(held)) * HOLDING_DAYS / scenarios.horizonDays();
    }

    private void add(double[] sum, OptionContract contract, long lots) {
        InstrumentVectors one =
                view.pricer()
                        .of(
                                session.market(contract.underlying()),
                                Setting.spec(contract.underlying()),
                                contract);
        double days =
                (contract.expiry().epochMs() - session.pool.now().epochMs())
                        / (double) Session.DAY_MS;
        // the first layer's share is that of the first day in which it lives
        double factor =
                Math.sqrt(Math.min(days, HOLDING_DAYS) / HOLDING_DAYS)
                        / Math.sqrt(Math.min(days, 1));
        for (int s = 0; s < sum.length; s++) {
            sum[s] += lots * factor * one.hedged(0, s);
        }
    }

    private double certainty(double[] x) {
        double capital = view.inputs().capital();
        double low = -capital;
        double high = 0;
        for (double each : x) {
            low = Math.max(low, -capital - each);
            high = Math.max(high, -each);
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = 0.5 * (low + high);
            double gain = 0;
            for (int s = 0; s < x.length; s++) {
                gain += scenarios.probability(s) * (1 / capital - 1 / (capital + x[s] + middle));
            }
            if (capital + middle > 0 && gain >= 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }
}
