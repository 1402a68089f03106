package io.dolim.quoting.pricing;

import static io.dolim.quoting.math.ElementaryLanes.SPECIES;

import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.math.ElementaryLanes;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * {@link Black76} for many options: structure of arrays, vector lanes, several short passes over blocks of 128.
 *
 * <p>Each lane does the operations of {@link Black76} in the same order, so the bits are the same as the scalar path's and the same on every
 * width. What is left over at the end of a block, and rows without variance, go through the scalar path itself.
 *
 * <p>Short passes, because one long loop spills registers. The machine code is there after about a thousand calls: warm it up before it is
 * waited for. Holds scratch space: one kernel to a thread.
 */
public final class Black76Kernel {
    static final int BLOCK = 128;
    private static final int LANES = SPECIES.length();

    private final double[] root = new double[BLOCK];
    private final double[] deviation = new double[BLOCK];
    private final double[] u = new double[BLOCK];
    private final double[] w = new double[BLOCK];
    private final double[] density = new double[BLOCK];
    private final double[] upper = new double[BLOCK];
    private final double[] lower = new double[BLOCK];
    private final OptionColumns scenario = new OptionColumns(BLOCK);
    private final double[] scenarioPrice = new double[BLOCK];
    private final double[] scenarioDelta = new double[BLOCK];

    /** Calls after which the lanes have their machine code. */
    public static final int WARM_CALLS = 1_000;

    /** Runs every pass often enough to have its machine code; done beside the start, before anyone waits. */
    public static void warm() {
        OptionColumns options = new OptionColumns(BLOCK);
        GreekColumns greeks = new GreekColumns(BLOCK);
        double[] volsAnnual = new double[BLOCK];
        double[] prices = new double[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            volsAnnual[i] = 0.3 + 0.01 * i;
            options.set(
                    i,
                    i % 2 == 0 ? OptionType.CALL : OptionType.PUT,
                    100.0,
                    50.0 + i,
                    0.25,
                    volsAnnual[i],
                    0.99);
        }
        double[] deltas = new double[BLOCK];
        Black76Kernel kernel = new Black76Kernel();
        for (int call = 0; call < WARM_CALLS; call++) {
            kernel.greeks(options, greeks);
            kernel.price(options, prices);
            kernel.repriceWithDelta(
                    OptionType.PUT,
                    100.0,
                    0.25,
                    0.99,
                    options.forward,
                    volsAnnual,
                    BLOCK,
                    prices,
                    deltas);
        }
    }

    /** Discounted prices of all rows into the first rows of {@code prices}. */
    public void price(OptionColumns options, double[] prices) {
        requireRoom(options.size(), prices.length);
        for (int from = 0; from < options.size(); from += BLOCK) {
            priceBlock(options, from, Math.min(BLOCK, options.size() - from), prices);
        }
    }

    /** Price and five greeks of all rows into the first rows of {@code greeks}. */
    public void greeks(OptionColumns options, GreekColumns greeks) {
        requireRoom(options.size(), greeks.size());
        for (int from = 0; from < options.size(); from += BLOCK) {
            int count = Math.min(BLOCK, options.size() - from);
            int whole = priceBlock(options, from, count, greeks.price);
            derive(options, from, whole, greeks);
            for (int i = from; i < from + count; i++) {
                if (i >= from + whole || deviation[i - from] < PricingInputs.LEAST_DEVIATION) {
                    greeks.set(i, scalar(options, i));
                }
            }
        }
    }

    /**
     * One option in many scenarios, price only.
     *
     * @param forwards one per scenario
     * @param volsAnnual one per scenario
     * @param count scenarios, the first of the arrays
     * @param prices takes the discounted prices; changed only if every input is good
     */
    public void reprice(
            OptionType type,
            double strike,
            double years,
            double discount,
            double[] forwards,
            double[] volsAnnual,
            int count,
            double[] prices) {
        requireRoom(count, prices.length);
        load(type, strike, years, discount, forwards, volsAnnual, count);
        for (int from = 0; from < count; from += BLOCK) {
            int length = loadBlock(forwards, volsAnnual, from, count);
            priceBlock(scenario, 0, length, scenarioPrice);
            System.arraycopy(scenarioPrice, 0, prices, from, length);
        }
    }

    /**
     * One option in many scenarios, price and delta; parameters as of {@link #reprice}.
     *
     * @param deltas takes the derivatives of the price by the forward
     */
    public void repriceWithDelta(
            OptionType type,
            double strike,
            double years,
            double discount,
            double[] forwards,
            double[] volsAnnual,
            int count,
            double[] prices,
            double[] deltas) {
        requireRoom(count, Math.min(prices.length, deltas.length));
        load(type, strike, years, discount, forwards, volsAnnual, count);
        for (int from = 0; from < count; from += BLOCK) {
            int length = loadBlock(forwards, volsAnnual, from, count);
            int whole = priceBlock(scenario, 0, length, scenarioPrice);
            deltas(scenario, 0, whole, scenarioDelta);
            for (int i = 0; i < length; i++) {
                if (i >= whole || deviation[i] < PricingInputs.LEAST_DEVIATION) {
                    scenarioDelta[i] = scalar(scenario, i).delta();
                }
            }
            System.arraycopy(scenarioPrice, 0, prices, from, length);
            System.arraycopy(scenarioDelta, 0, deltas, from, length);
        }
    }

    /** Checks all scenarios before the first is priced, and fills the columns that are the same in each. */
    private void load(
            OptionType type,
            double strike,
            double years,
            double discount,
            double[] forwards,
            double[] volsAnnual,
            int count) {
        requireRoom(count, Math.min(forwards.length, volsAnnual.length));
        PricingInputs.check(PricingInputs.MOST, strike, years, 0.0, discount);
        if (!within(forwards, count, PricingInputs.LEAST) || !within(volsAnnual, count, 0.0)) {
            for (int i = 0; i < count; i++) {
                PricingInputs.check(forwards[i], strike, years, volsAnnual[i], discount);
            }
        }
        Arrays.fill(scenario.sign, type.sign());
        Arrays.fill(scenario.strike, strike);
        Arrays.fill(scenario.years, years);
        Arrays.fill(scenario.discount, discount);
    }

    private static boolean within(double[] values, int count, double least) {
        boolean all = true;
        int i = 0;
        for (; i <= count - LANES; i += LANES) {
            DoubleVector value = DoubleVector.fromArray(SPECIES, values, i);
            all &=
                    value.compare(VectorOperators.GE, least)
                            .and(value.compare(VectorOperators.LE, PricingInputs.MOST))
                            .allTrue();
        }
        for (; i < count; i++) {
            all &= values[i] >= least && values[i] <= PricingInputs.MOST;
        }
        return all;
    }

    private int loadBlock(double[] forwards, double[] volsAnnual, int from, int count) {
        int length = Math.min(BLOCK, count - from);
        System.arraycopy(forwards, from, scenario.forward, 0, length);
        System.arraycopy(volsAnnual, from, scenario.volAnnual, 0, length);
        return length;
    }

    /** Prices a block and leaves its intermediates in the scratch columns; says how many rows went through the lanes. */
    private int priceBlock(OptionColumns options, int from, int count, double[] prices) {
        int whole = count - count % LANES;
        arguments(options, from, whole);
        densities(whole);
        millsOfUpper(whole);
        millsOfLower(whole);
        combine(options, from, whole, prices);
        for (int i = 0; i < whole; i++) {
            if (deviation[i] < PricingInputs.LEAST_DEVIATION) {
                prices[from + i] = scalarPrice(options, from + i);
            }
        }
        for (int i = from + whole; i < from + count; i++) {
            prices[i] = scalarPrice(options, i);
        }
        return whole;
    }

    private void arguments(OptionColumns options, int from, int whole) {
        for (int i = 0; i < whole; i += LANES) {
            DoubleVector forward = DoubleVector.fromArray(SPECIES, options.forward, from + i);
            DoubleVector strike = DoubleVector.fromArray(SPECIES, options.strike, from + i);
            DoubleVector roots = DoubleVector.fromArray(SPECIES, options.years, from + i).sqrt();
            DoubleVector s =
                    DoubleVector.fromArray(SPECIES, options.volAnnual, from + i).mul(roots);
            DoubleVector ratio =
                    ElementaryLanes.logRatio(forward.max(strike), forward.min(strike)).div(s);
            DoubleVector half = s.mul(0.5);
            roots.intoArray(root, i);
            s.intoArray(deviation, i);
            half.sub(ratio).intoArray(u, i);
            half.add(ratio).intoArray(w, i);
        }
    }

    private void densities(int whole) {
        for (int i = 0; i < whole; i += LANES) {
            ElementaryLanes.normalPdf(DoubleVector.fromArray(SPECIES, u, i)).intoArray(density, i);
        }
    }

    private void millsOfUpper(int whole) {
        for (int i = 0; i < whole; i += LANES) {
            ElementaryLanes.mills(DoubleVector.fromArray(SPECIES, u, i).abs()).intoArray(upper, i);
        }
    }

    private void millsOfLower(int whole) {
        for (int i = 0; i < whole; i += LANES) {
            ElementaryLanes.mills(DoubleVector.fromArray(SPECIES, w, i)).intoArray(lower, i);
        }
    }

    private void combine(OptionColumns options, int from, int whole, double[] prices) {
        for (int i = 0; i < whole; i += LANES) {
            DoubleVector forward = DoubleVector.fromArray(SPECIES, options.forward, from + i);
            DoubleVector strike = DoubleVector.fromArray(SPECIES, options.strike, from + i);
            DoubleVector sign = DoubleVector.fromArray(SPECIES, options.sign, from + i);
            DoubleVector intrinsic = sign.mul(forward.sub(strike)).max(0.0);
            DoubleVector phi = DoubleVector.fromArray(SPECIES, density, i);
            DoubleVector up = DoubleVector.fromArray(SPECIES, upper, i);
            DoubleVector low = DoubleVector.fromArray(SPECIES, lower, i);
            VectorMask<Double> positive =
                    DoubleVector.fromArray(SPECIES, u, i).compare(VectorOperators.GT, 0.0);
            DoubleVector whenPositive =
                    phi.fma(up.neg().sub(low), DoubleVector.broadcast(SPECIES, 1.0));
            DoubleVector otm = phi.mul(up.sub(low)).blend(whenPositive, positive);
            DoubleVector bounded = otm.max(0.0).min(1.0);
            DoubleVector discount = DoubleVector.fromArray(SPECIES, options.discount, from + i);
            discount.mul(forward.min(strike).fma(bounded, intrinsic)).intoArray(prices, from + i);
        }
    }

    private void derive(OptionColumns options, int from, int whole, GreekColumns greeks) {
        for (int i = 0; i < whole; i += LANES) {
            DoubleVector forward = DoubleVector.fromArray(SPECIES, options.forward, from + i);
            DoubleVector strike = DoubleVector.fromArray(SPECIES, options.strike, from + i);
            DoubleVector years = DoubleVector.fromArray(SPECIES, options.years, from + i);
            DoubleVector discount = DoubleVector.fromArray(SPECIES, options.discount, from + i);
            DoubleVector price = DoubleVector.fromArray(SPECIES, greeks.price, from + i);
            DoubleVector roots = DoubleVector.fromArray(SPECIES, root, i);
            DoubleVector weight =
                    discount.mul(forward.min(strike))
                            .mul(DoubleVector.fromArray(SPECIES, density, i));
            weight.div(forward)
                    .div(forward.mul(DoubleVector.fromArray(SPECIES, deviation, i)))
                    .intoArray(greeks.gamma, from + i);
            weight.mul(roots).intoArray(greeks.vega, from + i);
            DoubleVector decay =
                    weight.mul(DoubleVector.fromArray(SPECIES, options.volAnnual, from + i))
                            .div(roots.mul(2.0));
            DoubleVector rate = ElementaryLanes.log(discount).neg().div(years);
            rate.fma(price, decay.neg()).intoArray(greeks.theta, from + i);
            years.neg().mul(price).intoArray(greeks.rho, from + i);
        }
        deltas(options, from, whole, greeks.delta);
    }

    private void deltas(OptionColumns options, int from, int whole, double[] deltas) {
        for (int i = 0; i < whole; i += LANES) {
            DoubleVector forward = DoubleVector.fromArray(SPECIES, options.forward, from + i);
            DoubleVector strike = DoubleVector.fromArray(SPECIES, options.strike, from + i);
            DoubleVector phi = DoubleVector.fromArray(SPECIES, density, i);
            VectorMask<Double> call =
                    DoubleVector.fromArray(SPECIES, options.sign, from + i)
                            .compare(VectorOperators.GT, 0.0);
            VectorMask<Double> positive =
                    DoubleVector.fromArray(SPECIES, u, i).compare(VectorOperators.GT, 0.0);
            DoubleVector one = DoubleVector.broadcast(SPECIES, 1.0);
            DoubleVector put =
                    phi.mul(forward.min(strike).div(forward.max(strike)))
                            .mul(DoubleVector.fromArray(SPECIES, lower, i));
            DoubleVector tail = phi.mul(DoubleVector.fromArray(SPECIES, upper, i));
            DoubleVector above = put.neg().blend(one.sub(put), call);
            DoubleVector far = tail.sub(one).blend(tail, call);
            DoubleVector near = tail.neg().blend(one.sub(tail), call);
            DoubleVector below = far.blend(near, positive);
            DoubleVector delta = below.blend(above, forward.compare(VectorOperators.GT, strike));
            DoubleVector.fromArray(SPECIES, options.discount, from + i)
                    .mul(delta)
                    .intoArray(deltas, from + i);
        }
    }

    private static double scalarPrice(OptionColumns options, int row) {
        return Black76.priceOf(
                options.sign[row],
                options.forward[row],
                options.strike[row],
                options.years[row],
                options.volAnnual[row],
                options.discount[row]);
    }

    private static Greeks scalar(OptionColumns options, int row) {
        return Black76.greeks(
                options.type(row),
                options.forward[row],
                options.strike[row],
                options.years[row],
                options.volAnnual[row],
                options.discount[row]);
    }

    private static void requireRoom(int rows, int room) {
        if (rows < 0 || rows > room) {
            throw new IllegalArgumentException(
                    "rows=" + rows + " room=" + room + " rule=room for every row");
        }
    }
}
