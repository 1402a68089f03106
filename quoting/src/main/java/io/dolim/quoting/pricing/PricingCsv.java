package io.dolim.quoting.pricing;

import io.dolim.quoting.instrument.OptionType;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * Tables of options priced, for anyone who wants to hold our numbers against his own.
 *
 * <p>Input: CSV without quotes, a header, further columns ignored, {@code #} lines skipped. Output: one line per row, 17 significant digits,
 * so that the double can be read back. The first bad row ends the run by {@link IllegalArgumentException} with line, column, value and
 * rule; the lines before it are written.
 */
public final class PricingCsv {
    private PricingCsv() {}

    private static final MathContext DIGITS = new MathContext(17);
    private static final List<String> OPTION = List.of("F", "K", "T", "sigma", "df", "cp");
    private static final List<String> QUOTED = List.of("F", "K", "T", "cp", "price");

    /**
     * Black-76 price and greeks.
     *
     * @param in columns F, K, T (years), sigma, df, cp (1 call, -1 put)
     * @param out columns price, delta, gamma, vega, theta, vanna, volga as in {@link Greeks}
     */
    public static void price(Reader in, Appendable out) throws IOException {
        CsvRows rows = new CsvRows(in, OPTION);
        out.append("price,delta,gamma,vega,theta,vanna,volga\n");
        for (double[] r = rows.next(); r.length > 0; r = rows.next()) {
            OptionType type = type(rows, r[5]);
            Greeks g = greeks(rows, type, r);
            double[] values = {
                g.price(), g.delta(), g.gamma(), g.vega(), g.theta(), g.vanna(), g.volga()
            };
            for (int i = 0; i < values.length; i++) {
                out.append(i == 0 ? "" : ",").append(digits(rows, values[i]));
            }
            out.append('\n');
        }
    }

    /**
     * Implied volatility of undiscounted prices.
     *
     * @param in columns F, K, T (years), cp (1 call, -1 put), price
     * @param out column sigma
     */
    public static void impliedVolatility(Reader in, Appendable out) throws IOException {
        CsvRows rows = new CsvRows(in, QUOTED);
        out.append("sigma\n");
        for (double[] r = rows.next(); r.length > 0; r = rows.next()) {
            OptionType type = type(rows, r[3]);
            out.append(digits(rows, volatility(rows, type, r))).append('\n');
        }
    }

    private static double volatility(CsvRows rows, OptionType type, double[] r) {
        check(rows, QUOTED, new double[] {r[0], r[1], r[2]});
        return switch (ImpliedVolatility.of(type, r[0], r[1], r[2], r[4], 1.0)) {
            case ImpliedVolatility.Found(double vol) -> vol;
            case ImpliedVolatility.Refused(ImpliedVolatility.Reason reason, String detail) ->
                    throw rows.refused(
                            "price", Double.toString(r[4]), reason + " (" + detail + ")");
        };
    }

    private static Greeks greeks(CsvRows rows, OptionType type, double[] r) {
        check(rows, OPTION, new double[] {r[0], r[1], r[2], r[3], r[4]});
        return Black76.greeks(type, r[0], r[1], r[2], r[3], r[4]);
    }

    /** Columns in the order F, K, T, sigma, df. */
    private static void check(CsvRows rows, List<String> names, double[] values) {
        for (int i = 0; i < values.length; i++) {
            boolean mayBeZero = i == 2 || i == 3;
            double least = mayBeZero ? 0.0 : PricingInputs.LEAST;
            if (!(values[i] >= least && values[i] <= PricingInputs.MOST)) {
                throw rows.refused(
                        names.get(i), Double.toString(values[i]), "within " + least + " to 1e100");
            }
        }
    }

    private static OptionType type(CsvRows rows, double cp) {
        if (cp == 1.0) {
            return OptionType.CALL;
        }
        if (cp == -1.0) {
            return OptionType.PUT;
        }
        throw rows.refused("cp", Double.toString(cp), "1 for a call, -1 for a put");
    }

    /** d.dddddddddddddddde+dd: always 17 digits, whatever the locale. */
    private static String digits(CsvRows rows, double value) {
        if (!Double.isFinite(value)) {
            throw rows.refused("result", Double.toString(value), "a finite result");
        }
        BigDecimal rounded = new BigDecimal(value).round(DIGITS);
        if (rounded.signum() == 0) {
            return "0.0000000000000000e+00";
        }
        StringBuilder all = new StringBuilder(rounded.unscaledValue().abs().toString());
        int exponent = rounded.precision() - rounded.scale() - 1;
        while (all.length() < DIGITS.getPrecision()) {
            all.append('0');
        }
        all.insert(1, '.');
        String size = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return (value < 0.0 ? "-" : "") + all + (exponent < 0 ? "e-" : "e+") + size;
    }
}
