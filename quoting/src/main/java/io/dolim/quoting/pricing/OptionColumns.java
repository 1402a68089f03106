package io.dolim.quoting.pricing;

import io.dolim.quoting.instrument.OptionType;
import java.util.Arrays;
import java.util.Objects;

/** Options as columns, the input of {@link Black76Kernel}. What is set is checked here, once, as {@link Black76} would. */
public final class OptionColumns {
    /** +1 calls, -1 puts. */
    final double[] sign;

    final double[] forward;
    final double[] strike;
    final double[] years;
    final double[] volAnnual;
    final double[] discount;

    /** Every row starts as a call of no variance at 1 on 1. */
    public OptionColumns(int size) {
        sign = filled(size, 1.0);
        forward = filled(size, 1.0);
        strike = filled(size, 1.0);
        years = filled(size, 0.0);
        volAnnual = filled(size, 0.0);
        discount = filled(size, 1.0);
    }

    /** Puts one option in a row. Bad input is refused with name and value, and leaves the row as it was. */
    public void set(
            int row,
            OptionType type,
            double forward,
            double strike,
            double years,
            double volAnnual,
            double discount) {
        Objects.checkIndex(row, size());
        PricingInputs.check(forward, strike, years, volAnnual, discount);
        this.sign[row] = type.sign();
        this.forward[row] = forward;
        this.strike[row] = strike;
        this.years[row] = years;
        this.volAnnual[row] = volAnnual;
        this.discount[row] = discount;
    }

    /** Rows. */
    public int size() {
        return sign.length;
    }

    OptionType type(int row) {
        return sign[row] > 0.0 ? OptionType.CALL : OptionType.PUT;
    }

    private static double[] filled(int size, double value) {
        double[] column = new double[size];
        Arrays.fill(column, value);
        return column;
    }
}
