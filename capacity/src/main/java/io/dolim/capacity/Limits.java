package io.dolim.capacity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValue;
import io.dolim.quoting.instrument.Underlying;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The limits of admission by key, as {@code operator/set} names them. Every value is positive and
 * below its greatest: a zero never means off.
 */
public record Limits(SortedMap<String, Double> values) {

    static final String RAC_FLOOR = "rac_floor_share";
    static final String GAMMA = "gamma_share";
    static final String VEGA = "vega_share";
    static final String SHORT_NOTIONAL = "short_notional_share";
    static final String CONCENTRATION = "concentration_share";
    static final String UNHEDGED_DELTA = "unhedged_delta_coins.";
    static final String MMP_QUANTITY = "mmp_quantity_coins.";
    static final String MMP_DELTA = "mmp_delta_coins.";
    static final String MMP_VEGA = "mmp_vega_share";
    static final String MMP_LOSS = "mmp_loss_share";
    static final String ORDER = "order_coins.";
    static final String ACCOUNT = "account_coins.";
    static final String ACCOUNT_EXPIRY = "account_expiry_coins.";
    static final String ACCOUNT_SHORT = "account_short_notional_usdc";

    /** Prefixes of the limits that each underlying has of its own. */
    private static final List<String> OF_UNDERLYING =
            List.of(UNHEDGED_DELTA, MMP_QUANTITY, MMP_DELTA, ORDER, ACCOUNT, ACCOUNT_EXPIRY);

    private static final double MOST_COINS = 4_000_000;
    private static final SortedMap<String, Double> GREATEST =
            new TreeMap<>(
                    Map.of(
                            RAC_FLOOR, 0.95,
                            GAMMA, 10.0,
                            VEGA, 1.0,
                            SHORT_NOTIONAL, 100.0,
                            CONCENTRATION, 1.0,
                            MMP_VEGA, 1.0,
                            MMP_LOSS, 1.0,
                            ACCOUNT_SHORT, 1e10));

    /** Copies the values. @throws IllegalArgumentException when a key is unknown or missing, or a value out of range */
    public Limits {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        values.forEach(Limits::require);
        for (String key : GREATEST.keySet()) {
            if (!values.containsKey(key)) {
                throw new IllegalArgumentException("limit=" + key + " is missing");
            }
        }
    }

    /** Reads one number by key. */
    public static Limits of(Config config) {
        SortedMap<String, Double> values = new TreeMap<>();
        for (Map.Entry<String, ConfigValue> each : config.root().entrySet()) {
            if (!(each.getValue().unwrapped() instanceof Number number)) {
                throw new IllegalArgumentException("limit=" + each.getKey() + " must be a number");
            }
            values.put(each.getKey(), number.doubleValue());
        }
        return new Limits(values);
    }

    /** With one value changed. @throws IllegalArgumentException naming key, value and rule */
    public Limits with(String key, double value) {
        if (!values.containsKey(key)) {
            throw new IllegalArgumentException(
                    "limit=" + key + " must be one of " + values.keySet());
        }
        SortedMap<String, Double> changed = new TreeMap<>(values);
        changed.put(key, value);
        return new Limits(changed);
    }

    /** The value of a key. @throws IllegalArgumentException when there is none */
    public double value(String key) {
        Double value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("limit=" + key + " is missing");
        }
        return value;
    }

    /** The value of a limit of one underlying. @throws IllegalArgumentException when it has none */
    double value(String prefix, Underlying underlying) {
        return value(prefix + underlying.code());
    }

    /** @throws IllegalArgumentException naming the limit that an underlying lacks */
    void requireAll(Underlying underlying) {
        OF_UNDERLYING.forEach(prefix -> value(prefix, underlying));
    }

    private static void require(String key, double value) {
        double greatest =
                OF_UNDERLYING.stream().anyMatch(key::startsWith)
                        ? MOST_COINS
                        : GREATEST.getOrDefault(key, Double.NaN);
        if (!(value > 0 && value <= greatest)) {
            throw new IllegalArgumentException(
                    "limit="
                            + key
                            + " value="
                            + value
                            + " must be positive and at most "
                            + greatest);
        }
    }
}
