package io.dolim.quoting.pricing;

import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.math.Elementary;
import io.dolim.quoting.math.ElementaryLanes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * The bits of some 20,000 seeded options, as one hash: of the scalar path, of the lanes, and of repricing. Started on its own it prints the
 * three, so that a test can compare Java machines that were started differently.
 */
final class GoldenTape {
    private static final long SEED = 76;

    /** Not a multiple of any lane count or of the block, so the leftovers are on the tape too. */
    static final int ROWS = 20_011;

    private GoldenTape() {}

    public static void main(String[] args) {
        System.out.println(
                "bits="
                        + ElementaryLanes.SPECIES.vectorBitSize()
                        + " scalar="
                        + scalar()
                        + " lanes="
                        + lanes()
                        + " scenarios="
                        + scenarios()
                        + " volatility="
                        + volatilities());
    }

    static String scalar() {
        OptionColumns options = options();
        Tape tape = new Tape();
        for (int i = 0; i < ROWS; i++) {
            Greeks g =
                    Black76.greeks(
                            options.type(i),
                            options.forward[i],
                            options.strike[i],
                            options.years[i],
                            options.volAnnual[i],
                            options.discount[i]);
            tape.add(g.price(), g.delta(), g.gamma(), g.vega(), g.theta(), g.rho());
        }
        return tape.hash();
    }

    static String lanes() {
        OptionColumns options = options();
        GreekColumns g = new GreekColumns(ROWS);
        new Black76Kernel().greeks(options, g);
        Tape tape = new Tape();
        for (int i = 0; i < ROWS; i++) {
            tape.add(g.price(i), g.delta(i), g.gamma(i), g.vega(i), g.theta(i), g.rho(i));
        }
        return tape.hash();
    }

    static String scenarios() {
        OptionColumns options = options();
        double[] prices = new double[ROWS];
        new Black76Kernel()
                .reprice(
                        OptionType.PUT,
                        3.0,
                        0.25,
                        0.99,
                        options.forward,
                        options.volAnnual,
                        ROWS,
                        prices);
        return new Tape().add(prices).hash();
    }

    /** Vanna, volga and the volatility of the price: scalar only, on the tape because a trade's record carries them. */
    static String volatilities() {
        OptionColumns o = options();
        Tape tape = new Tape();
        for (int i = 0; i < ROWS; i += 5) {
            Greeks g =
                    Black76.greeks(
                            o.type(i),
                            o.forward[i],
                            o.strike[i],
                            o.years[i],
                            o.volAnnual[i],
                            o.discount[i]);
            tape.add(g.vanna(), g.volga());
            ImpliedVolatility implied =
                    ImpliedVolatility.of(
                            o.type(i),
                            o.forward[i],
                            o.strike[i],
                            o.years[i],
                            g.price(),
                            o.discount[i]);
            tape.add(
                    switch (implied) {
                        case ImpliedVolatility.Found(double vol) -> vol;
                        case ImpliedVolatility.Refused(
                                        ImpliedVolatility.Reason reason,
                                        String detail) ->
                                code(reason);
                    });
        }
        return tape.hash();
    }

    private static double code(ImpliedVolatility.Reason reason) {
        return switch (reason) {
            case PRICE_NOT_A_PRICE -> -1.0;
            case NO_TIME -> -2.0;
            case BELOW_INTRINSIC -> -3.0;
            case NO_TIME_VALUE -> -4.0;
            case AT_OR_ABOVE_BOUND -> -5.0;
        };
    }

    static OptionColumns options() {
        SplittableRandom random = new SplittableRandom(SEED);
        OptionColumns options = new OptionColumns(ROWS);
        for (int i = 0; i < ROWS; i++) {
            double forward = Math.scalb(random.nextDouble(1, 2), random.nextInt(-20, 20));
            double years =
                    i % 97 == 0 ? 0.0 : Math.scalb(random.nextDouble(1, 2), random.nextInt(-22, 3));
            double vol =
                    i % 89 == 0 ? 0.0 : Math.scalb(random.nextDouble(1, 2), random.nextInt(-8, 4));
            double reach = random.nextDouble(-12, 12) * vol * Math.sqrt(years);
            double strike =
                    i % 53 == 0 ? forward : forward * Elementary.exp(Math.clamp(reach, -100, 100));
            OptionType type = random.nextBoolean() ? OptionType.CALL : OptionType.PUT;
            options.set(i, type, forward, strike, years, vol, random.nextDouble(0.4, 1.2));
        }
        return options;
    }

    private static final class Tape {
        private final MessageDigest digest;

        Tape() {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        Tape add(double... values) {
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
            for (double value : values) {
                bytes.putLong(Double.doubleToLongBits(value));
            }
            digest.update(bytes.array());
            return this;
        }

        String hash() {
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        }
    }
}
