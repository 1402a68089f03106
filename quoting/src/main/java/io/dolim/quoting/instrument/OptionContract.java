package io.dolim.quoting.instrument;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A linear European option on one coin, settled in USDC against the 30-minute average of the index.
 *
 * <p>Its name is Deribit's: {@code ETH_USDC-25DEC26-4000-C}; a decimal point in the strike is
 * written {@code d}, as in {@code 0d45}.
 *
 * @param strike USDC per coin; positive, at most 12 digits before and 6 behind the point
 */
public record OptionContract(
        Underlying underlying, Expiry expiry, BigDecimal strike, OptionType type)
        implements Comparable<OptionContract> {

    private static final Pattern NAME =
            Pattern.compile(
                    "([A-Z][A-Z0-9]{1,9})_USDC-(\\d{1,2}[A-Z]{3}\\d{2})-(\\d{1,12}(?:d\\d{1,6})?)-([CP])");
    private static final Comparator<OptionContract> ORDER =
            Comparator.comparing(OptionContract::underlying)
                    .thenComparing(OptionContract::expiry)
                    .thenComparing(OptionContract::strike)
                    .thenComparing(OptionContract::type);

    /** @throws IllegalArgumentException when the strike is not positive or has too many digits */
    public OptionContract {
        strike = canonical(strike);
        if (strike.signum() <= 0) {
            throw new IllegalArgumentException("strike=" + strike + " must be positive");
        }
        if (strike.scale() > 6 || strike.precision() - strike.scale() > 12) {
            throw new IllegalArgumentException(
                    "strike="
                            + strike
                            + " must have at most 12 digits before and 6 behind the point");
        }
    }

    /** @throws IllegalArgumentException when the name is not that of a linear option */
    public static OptionContract parse(String name) {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "instrument_name=" + name + " must read like ETH_USDC-25DEC26-4000-C");
        }
        OptionContract contract =
                new OptionContract(
                        new Underlying(parts.group(1)),
                        Expiry.parse(parts.group(2)),
                        new BigDecimal(parts.group(3).replace('d', '.')),
                        parts.group(4).equals("C") ? OptionType.CALL : OptionType.PUT);
        if (!contract.name().equals(name)) {
            throw new IllegalArgumentException(
                    "instrument_name=" + name + " is written " + contract.name());
        }
        return contract;
    }

    /** The name, as in {@code ETH_USDC-25DEC26-4000-C}. */
    public String name() {
        return underlying.code()
                + "_USDC-"
                + expiry
                + "-"
                + strike.toPlainString().replace('.', 'd')
                + (type == OptionType.CALL ? "-C" : "-P");
    }

    /** USDC per coin that one option on one coin is worth at expiry. */
    public BigDecimal payoff(BigDecimal deliveryPrice) {
        BigDecimal inTheMoney =
                type == OptionType.CALL
                        ? deliveryPrice.subtract(strike)
                        : strike.subtract(deliveryPrice);
        return inTheMoney.max(BigDecimal.ZERO);
    }

    @Override
    public int compareTo(OptionContract other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return name();
    }

    private static BigDecimal canonical(BigDecimal strike) {
        BigDecimal stripped = strike.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
