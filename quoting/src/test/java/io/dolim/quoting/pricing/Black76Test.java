package io.dolim.quoting.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.dolim.quoting.instrument.OptionType;
import io.dolim.quoting.math.Elementary;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class Black76Test {
    private static final double RELATIVE = 1e-11;

    @Test
    void fortyRowsOfTheReferenceAreMet() {
        meets(ReferenceTable.resource("black76_rows.csv"), 40);
    }

    @Test
    void allTwoThousandRowsOfTheReferenceAreMet() {
        meets(ReferenceTable.vectors("black76_reference.csv"), 2000);
    }

    @Test
    void haugsPricesAreMet() {
        ReferenceTable table = ReferenceTable.resource("haug1998_european_values.csv");
        assertEquals(43, table.size());
        for (int i = 0; i < table.size(); i++) {
            double price = spotGreeks(table, i).price();
            int row = i;
            assertEquals(
                    table.number(i, "value"), price, table.number(i, "tol"), () -> table.line(row));
        }
    }

    @Test
    void haugsGreeksAreMet() {
        ReferenceTable table = ReferenceTable.resource("haug1998_european_greeks.csv");
        assertEquals(11, table.size());
        for (int i = 0; i < table.size(); i++) {
            int row = i;
            assertEquals(
                    table.number(i, "value"), spotGreek(table, i), 1e-4, () -> table.line(row));
        }
    }

    @Test
    void quantLibsBlackCalculatorIsMet() {
        ReferenceTable table = ReferenceTable.resource("quantlib_blackcalculator_values.csv");
        assertEquals(8, table.size());
        for (int i = 0; i < table.size(); i++) {
            double price =
                    Black76.price(
                            type(table.text(i, "type")),
                            table.number(i, "forward"),
                            table.number(i, "strike"),
                            1.0,
                            table.number(i, "stddev"),
                            table.number(i, "discount"));
            int row = i;
            assertEquals(
                    table.number(i, "value"), price, table.number(i, "tol"), () -> table.line(row));
        }
    }

    @Test
    void theGreeksAreTheFiniteDifferencesOfThePrice() {
        long seed = 76;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            OptionType type = random.nextBoolean() ? OptionType.CALL : OptionType.PUT;
            double f = random.nextDouble(50, 150);
            double k = random.nextDouble(60, 140);
            double t = random.nextDouble(0.1, 1);
            double v = random.nextDouble(0.2, 1);
            double d = random.nextDouble(0.9, 1);
            Greeks g = Black76.greeks(type, f, k, t, v, d);
            double r = -Elementary.log(d) / t;
            String message = "seed=" + seed + " i=" + i;
            double b = 1e-4;
            assertEquals(
                    centred(x -> Black76.price(type, x, k, t, v, d), f, b),
                    g.delta(),
                    1e-6,
                    message);
            assertEquals(
                    centred(x -> Black76.greeks(type, x, k, t, v, d).delta(), f, b),
                    g.gamma(),
                    1e-6,
                    message);
            assertEquals(
                    centred(x -> Black76.price(type, f, k, t, x, d), v, b),
                    g.vega(),
                    1e-4,
                    message);
            assertEquals(
                    -centred(x -> Black76.price(type, f, k, x, v, Elementary.exp(-r * x)), t, b),
                    g.theta(),
                    1e-3,
                    message);
            assertEquals(
                    centred(x -> Black76.price(type, f, k, t, v, Elementary.exp(-x * t)), r, b),
                    g.rho(),
                    1e-5,
                    message);
            assertEquals(
                    centred(x -> Black76.greeks(type, f, k, t, x, d).delta(), v, b),
                    g.vanna(),
                    1e-5,
                    message);
            assertEquals(
                    centred(x -> Black76.greeks(type, f, k, t, x, d).vega(), v, b),
                    g.volga(),
                    1e-3,
                    message);
        }
    }

    @Test
    void withoutVarianceAnOptionIsWorthItsDiscountedIntrinsicValue() {
        for (double[] tv : new double[][] {{0, 0.5}, {0.5, 0}, {0, 0}, {1e-250, 1e-50}}) {
            assertEquals(0.9 * 20, Black76.price(OptionType.CALL, 120, 100, tv[0], tv[1], 0.9));
            assertEquals(0.0, Black76.price(OptionType.PUT, 120, 100, tv[0], tv[1], 0.9));
            assertEquals(0.0, Black76.price(OptionType.CALL, 100, 100, tv[0], tv[1], 0.9));
        }
        assertEquals(
                new Greeks(18, 0.9, 0, 0, 0, -0.0, 0, 0),
                Black76.greeks(OptionType.CALL, 120, 100, 0, 0.5, 0.9));
        Greeks still = Black76.greeks(OptionType.PUT, 100, 100, 1, 0, 1);
        assertEquals(-0.5, still.delta());
        assertEquals(100 * Elementary.normalPdf(0), still.vega());
    }

    @Test
    void extremesStayFiniteAndWithinTheirBounds() {
        double[] sizes = {1e-100, 1e-3, 1, 1e5, 1e100};
        double[] spreads = {0, 1e-101, 1e-99, 1e-12, 1, 1e3, 1e100};
        for (double f : sizes) {
            for (double k : sizes) {
                for (double t : spreads) {
                    for (double v : spreads) {
                        for (OptionType type : OptionType.values()) {
                            String at = type + " F=" + f + " K=" + k + " T=" + t + " vol=" + v;
                            double price = Black76.price(type, f, k, t, v, 1);
                            assertTrue(
                                    price >= Math.max(type.sign() * (f - k), 0)
                                            && price <= (type.sign() > 0 ? f : k),
                                    at);
                            Greeks g = Black76.greeks(type, f, k, t, v, 1);
                            assertTrue(
                                    Math.abs(g.delta()) <= 1 && g.gamma() >= 0 && g.vega() >= 0,
                                    at + " " + g);
                            assertTrue(
                                    !Double.isNaN(g.theta() + g.vanna() + g.volga()), at + " " + g);
                        }
                    }
                }
            }
        }
    }

    @Test
    void badInputIsRefusedWithNameAndValue() {
        double[] good = {100, 100, 1, 0.5, 1};
        String[] names = {"forward", "strike", "years", "volAnnual", "discount"};
        for (int i = 0; i < 5; i++) {
            for (double bad :
                    new double[] {
                        Double.NaN, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e101
                    }) {
                double[] in = good.clone();
                in[i] = bad;
                String expected = names[i] + "=" + bad;
                IllegalArgumentException refusal =
                        assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        Black76.price(
                                                OptionType.CALL,
                                                in[0],
                                                in[1],
                                                in[2],
                                                in[3],
                                                in[4]));
                String price = String.valueOf(refusal.getMessage());
                assertTrue(price.startsWith(expected), price);
                assertThrows(
                        IllegalArgumentException.class,
                        () -> Black76.greeks(OptionType.PUT, in[0], in[1], in[2], in[3], in[4]));
            }
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> Black76.price(OptionType.CALL, 0, 1, 1, 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> Black76.price(OptionType.CALL, 1, 0, 1, 1, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> Black76.price(OptionType.CALL, 1, 1, 1, 1, 0));
    }

    interface Curve {
        double at(double x);
    }

    private static double centred(Curve curve, double x, double step) {
        return (curve.at(x + step) - curve.at(x - step)) / (2 * step);
    }

    /** Price relative to max(F,K); delta, gamma, vega relative; the others relative to the size of the terms they are sums of. */
    private static void meets(ReferenceTable table, int rows) {
        assertEquals(rows, table.size());
        Map<String, Double> worst = new TreeMap<>();
        for (int i = 0; i < rows; i++) {
            double f = table.number(i, "F");
            double k = table.number(i, "K");
            double t = table.number(i, "T");
            double v = table.number(i, "sigma");
            double d = table.number(i, "df");
            OptionType type = table.number(i, "cp") > 0 ? OptionType.CALL : OptionType.PUT;
            Greeks g = Black76.greeks(type, f, k, t, v, d);
            assertEquals(g.price(), Black76.price(type, f, k, t, v, d));
            String regime = table.text(i, "regime");
            double vega = table.number(i, "vega");
            double s = v * Math.sqrt(t);
            double decay =
                    Math.abs(table.number(i, "theta0"))
                            + Math.abs(Elementary.log(d) / t * table.number(i, "price"));
            // vanna and volga pass through zero: their scale is the size where d2, or d1 d2, is
            // what it is up to one s
            double x = Math.abs(Elementary.logRatio(f, k)) / s;
            note(
                    worst,
                    regime,
                    "price",
                    Math.abs(g.price() - table.number(i, "price")) / Math.max(f, k),
                    1e-14);
            note(worst, regime, "delta", relative(g.delta(), table.number(i, "delta")), RELATIVE);
            note(worst, regime, "gamma", relative(g.gamma(), table.number(i, "gamma")), RELATIVE);
            note(worst, regime, "vega", relative(g.vega(), vega), RELATIVE);
            note(
                    worst,
                    regime,
                    "theta",
                    Math.abs(g.theta() - table.number(i, "theta")) / decay,
                    RELATIVE);
            note(
                    worst,
                    regime,
                    "vanna",
                    Math.abs(g.vanna() - table.number(i, "vanna"))
                            / (vega / (f * s) * (x + s / 2) + Double.MIN_NORMAL),
                    RELATIVE);
            note(
                    worst,
                    regime,
                    "volga",
                    Math.abs(g.volga() - table.number(i, "volga"))
                            / (vega / v * (x + s / 2) * (x + s / 2) + Double.MIN_NORMAL),
                    RELATIVE);
        }
        worst.forEach((name, error) -> System.out.printf("%-14s %.2e%n", name, error));
    }

    private static void note(
            Map<String, Double> worst, String regime, String column, double error, double bound) {
        worst.merge(regime + " " + column, error, Math::max);
        assertTrue(
                error <= bound,
                () -> regime + " " + column + " error " + error + " bound " + bound);
    }

    private static double relative(double got, double exact) {
        return exact == 0 ? Math.abs(got) : Math.abs(got - exact) / Math.abs(exact);
    }

    private static Greeks spotGreeks(ReferenceTable table, int i) {
        double t = table.number(i, "t");
        double r = table.number(i, "r");
        double f = table.number(i, "spot") * Elementary.exp((r - table.number(i, "q")) * t);
        return Black76.greeks(
                type(table.text(i, "type")),
                f,
                table.number(i, "strike"),
                t,
                table.number(i, "vol"),
                Elementary.exp(-r * t));
    }

    /** Haug's greeks hold the spot, ours the forward: the chain rule between them with F = S exp((r - q) T). */
    private static double spotGreek(ReferenceTable table, int i) {
        Greeks g = spotGreeks(table, i);
        double t = table.number(i, "t");
        double carry = table.number(i, "r") - table.number(i, "q");
        double spot = table.number(i, "spot");
        double growth = Elementary.exp(carry * t);
        double delta = g.delta() * growth;
        double theta = g.theta() - carry * spot * delta;
        return switch (table.text(i, "greek")) {
            case "delta" -> delta;
            case "elasticity" -> delta * spot / g.price();
            case "gamma" -> g.gamma() * growth * growth;
            case "vega" -> g.vega();
            case "theta" -> theta;
            case "thetaPerDay" -> theta / 365;
            case "rho" -> g.rho() + t * spot * delta;
            case "dividendRho" -> -t * spot * delta;
            default -> throw new IllegalStateException("unknown greek in " + table.line(i));
        };
    }

    private static OptionType type(String name) {
        return name.equals("call") ? OptionType.CALL : OptionType.PUT;
    }
}
