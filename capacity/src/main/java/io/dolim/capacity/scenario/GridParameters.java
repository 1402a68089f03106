package io.dolim.capacity.scenario;

import com.typesafe.config.Config;
import java.util.List;

/**
 * The stress grid: instantaneous moves of all underlyings together.
 *
 * @param spotMoves relative moves, as -0.18; each with volatility down, same and up, each of these
 *     with the skew as it is and with every tilt
 * @param volUp relative shock of volatility at 30 days, as 0.5
 * @param volDown the same downwards, as -0.275
 * @param tilts shocks of the skew, see {@link Move}; none leaves it
 * @param tails far moves with volatility up, and how much of their loss counts
 * @param tailLiquidity factor on the impact of hedging in the tails, at least 1
 * @param weight share of the grid in expectations, at most 0.005
 * @param decay weights fall as e^(-decay |move|)
 */
public record GridParameters(
        List<Double> spotMoves,
        double volUp,
        double volDown,
        List<Double> tilts,
        List<Tail> tails,
        double tailLiquidity,
        double weight,
        double decay) {

    private static final int MAX_MOVES = 64;
    private static final int MAX_TILTS = 4;

    /** A far move, and the share of its loss that counts, in (0, 1]. */
    public record Tail(double spotMove, double damping) {
        /** @throws IllegalArgumentException when the move loses more than everything or the damping is out of range */
        public Tail {
            requireMove(spotMove);
            if (!(damping > 0 && damping <= 1)) {
                throw new IllegalArgumentException("damping=" + damping + " must lie in (0, 1]");
            }
        }
    }

    /** Copies the lists. @throws IllegalArgumentException when a figure is out of range */
    public GridParameters {
        spotMoves = List.copyOf(spotMoves);
        tilts = List.copyOf(tilts);
        tails = List.copyOf(tails);
        if (spotMoves.isEmpty() || spotMoves.size() + tails.size() > MAX_MOVES) {
            throw new IllegalArgumentException(
                    "moves=" + (spotMoves.size() + tails.size()) + " must be 1 to " + MAX_MOVES);
        }
        spotMoves.forEach(GridParameters::requireMove);
        if (tilts.size() > MAX_TILTS || tilts.contains(0.0)) {
            throw new IllegalArgumentException(
                    "tilts=" + tilts + " must be at most " + MAX_TILTS + ", none of them 0");
        }
        tilts.forEach(tilt -> new Move(0, 0, tilt));
        Conditions.illiquid(tailLiquidity);
        if (!(weight > 0 && weight <= 0.005)) {
            throw new IllegalArgumentException("weight=" + weight + " must lie in (0, 0.005]");
        }
        if (!(volUp >= 0 && volDown <= 0 && volDown > -1 && decay >= 0)) {
            throw new IllegalArgumentException(
                    "volUp=" + volUp + " volDown=" + volDown + " decay=" + decay);
        }
    }

    /**
     * Reads {@code spot-moves, vol-up, vol-down, tilts, tails [{ move, damping }], tail-liquidity,
     * weight, decay}; tilts and tail-liquidity, which earlier sets have not, are optional.
     */
    public static GridParameters of(Config config) {
        return new GridParameters(
                List.copyOf(config.getDoubleList("spot-moves")),
                config.getDouble("vol-up"),
                config.getDouble("vol-down"),
                config.hasPath("tilts") ? config.getDoubleList("tilts") : List.of(),
                config.getConfigList("tails").stream()
                        .map(tail -> new Tail(tail.getDouble("move"), tail.getDouble("damping")))
                        .toList(),
                config.hasPath("tail-liquidity") ? config.getDouble("tail-liquidity") : 1,
                config.getDouble("weight"),
                config.getDouble("decay"));
    }

    private static void requireMove(double move) {
        if (!(move > -0.99 && move <= 10)) {
            throw new IllegalArgumentException("spotMove=" + move + " must lie in (-0.99, 10]");
        }
    }
}
