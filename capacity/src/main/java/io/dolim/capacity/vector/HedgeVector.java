package io.dolim.capacity.vector;

import io.dolim.capacity.scenario.Conditions;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.quoting.instrument.Underlying;
import io.dolim.quoting.math.Elementary;
import java.util.function.IntPredicate;

/**
 * What a perpetual at one venue comes to in each scenario, and what margin the venue calls. The position
 * lies with its cash on an account of its own.
 *
 * <pre>
 *   mark   = coins S - cost                      e = posted + mark: the account's equity now
 *   g_s    = coins S (exp(m_s + basis_s) - 1)    less coins S funding_s h / 365 over a horizon
 *   e_s    = e + g_s                             after the move
 *   call_s = max(0, maintenance |coins| S exp(m_s + basis_s) - e_s)
 *   v_s    = (e_s > 0 ? r_s e_s : e_s) - e
 * </pre>
 *
 * <p>r_s is the venue's recovery, and 0 where a call is not met: a position that is closed at its
 * liquidation price leaves the maintenance margin, which the venue keeps. An account that is below
 * nothing stays owed, so a failure or a closing is never a gain.
 *
 * <p>One that is in doubt counts as far as it makes matters worse: a gain at mark and in any scenario
 * not at all.
 *
 * <p>Amounts are rounded to 2^-20 USDC once for the whole position, not for each lot: it enters no charge,
 * so nothing has to telescope, and the error is half a step however large it is. Their sums are exact.
 */
public final class HedgeVector {

    private final ScenarioSet scenarios;
    private final Underlying underlying;
    private final double spotUsdc;
    private final Position position;
    private final double markUsdc;
    private final double equityUsdc;
    private final double[] after;
    private final double[] calls;

    /**
     * The position and its terms.
     *
     * @param coins signed
     * @param costUsdc signed
     * @param maintenance share of notional
     */
    public record Position(
            String venue,
            double coins,
            double costUsdc,
            double postedUsdc,
            double maintenance,
            boolean standing) {}

    private HedgeVector(
            ScenarioSet scenarios,
            Underlying underlying,
            double spotUsdc,
            Position position,
            double markUsdc,
            double equityUsdc,
            double[] after,
            double[] calls) {
        this.scenarios = scenarios;
        this.underlying = underlying;
        this.spotUsdc = spotUsdc;
        this.position = position;
        this.markUsdc = markUsdc;
        this.equityUsdc = equityUsdc;
        this.after = after;
        this.calls = calls;
    }

    /** @throws IllegalArgumentException when an amount leaves the range that adds exactly, 2^32 USDC */
    public static HedgeVector of(
            ScenarioSet scenarios, Underlying underlying, double spotUsdc, Position position) {
        double notional = position.coins() * spotUsdc;
        double mark = Exact.usdc("mark", notional - position.costUsdc());
        double equity = Exact.usdc("posted", position.postedUsdc()) + mark;
        double[] after = new double[scenarios.size()];
        double[] calls = new double[scenarios.size()];
        for (int s = 0; s < after.length; s++) {
            Conditions conditions = scenarios.scenario(s).conditions();
            double move =
                    Elementary.expm1(scenarios.move(s, underlying).logSpot() + conditions.basis());
            double days = scenarios.instantaneous(s) ? 0 : scenarios.horizonDays();
            double funding = conditions.fundingAnnual() * days / 365;
            after[s] = equity + Exact.usdc("hedge", notional * (move - funding));
            boolean fails = scenarios.recovery(s, position.venue()) < 1;
            double margin = position.maintenance() * Math.abs(notional) * (1 + move);
            calls[s] = fails ? 0 : Math.max(0, Exact.usdc("margin", margin) - after[s]);
        }
        return new HedgeVector(
                scenarios, underlying, spotUsdc, position, mark, equity, after, calls);
    }

    /** The same with a share of the position closed at the spot, its cash left where it lies. */
    public HedgeVector closed(double share) {
        double coins = share * position.coins();
        return of(
                scenarios,
                underlying,
                spotUsdc,
                new Position(
                        position.venue(),
                        position.coins() - coins,
                        position.costUsdc() - coins * spotUsdc,
                        position.postedUsdc(),
                        position.maintenance(),
                        position.standing()));
    }

    /** The position. */
    public Position position() {
        return position;
    }

    /** Coins S less cost, USDC. */
    public double markUsdc() {
        return markUsdc;
    }

    /** The mark as far as it counts: a gain in doubt does not. */
    public double countedMarkUsdc() {
        return position.standing() ? markUsdc : Math.min(0, markUsdc);
    }

    /** The account's equity now, USDC. */
    public double equityUsdc() {
        return equityUsdc;
    }

    /** What the venue calls in a scenario, USDC; nothing where it fails. */
    public double callUsdc(int s) {
        return calls[s];
    }

    /** The signed position to 2^-30 coins. */
    public double coins() {
        return Exact.coins("coins", position.coins());
    }

    /**
     * v, USDC.
     *
     * @param met whether what venues call in a scenario can be there in time
     */
    public double[] values(IntPredicate met) {
        double counted = equityUsdc - markUsdc + countedMarkUsdc();
        double[] values = new double[after.length];
        for (int s = 0; s < values.length; s++) {
            double left = after[s];
            if (left > 0) {
                boolean closed = calls[s] > 0 && !met.test(s);
                double back = closed ? 0 : scenarios.recovery(s, position.venue());
                left = back == 1 ? left : Exact.usdc("recovery", back * left);
            }
            values[s] = left - counted;
            if (!position.standing()) {
                values[s] = Math.min(0, values[s]);
            }
        }
        return values;
    }
}
