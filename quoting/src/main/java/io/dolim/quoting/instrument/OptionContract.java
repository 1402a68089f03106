package io.dolim.quoting.instrument;

import java.math.BigDecimal;
import java.util.Comparator;

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

    private static final String LINEAR = "_USDC-";
    private static final int MOST_WHOLE_DIGITS = 12;
    private static final int MOST_DECIMALS = 6;
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
        if (strike.scale() > MOST_DECIMALS
                || strike.precision() - strike.scale() > MOST_WHOLE_DIGITS) {
            throw new IllegalArgumentException(
                    "strike="
                            + strike
                            + " must have at most 12 digits before and 6 behind the point");
        }
    }

    /** @throws IllegalArgumentException when the name is not that of a linear option */
    public static OptionContract parse(String name) {
        int coin = name.indexOf(LINEAR);
        int day = coin + LINEAR.length();
        int strike = coin < 0 ? 0 : name.indexOf('-', day) + 1;
        int type = strike == 0 ? 0 : name.indexOf('-', strike) + 1;
        if (type == 0
                || name.length() != type + 1
                || (name.charAt(type) != 'C' && name.charAt(type) != 'P')
                || !Underlying.isCode(name.substring(0, coin))
                || !isStrike(name.substring(strike, type - 1))) {
            throw new IllegalArgumentException(
                    "instrument_name=" + name + " must read like ETH_USDC-25DEC26-4000-C");
        }
        OptionContract contract =
                new OptionContract(
                        new Underlying(name.substring(0, coin)),
                        Expiry.parse(name.substring(day, strike - 1)),
                        new BigDecimal(name.substring(strike, type - 1).replace('d', '.')),
                        name.charAt(type) == 'C' ? OptionType.CALL : OptionType.PUT);
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

    /** Up to twelve digits and, behind a {@code d}, up to six more. */
    private static boolean isStrike(String text) {
        int whole = Digits.run(text, 0);
        boolean isWhole = whole == text.length();
        int decimals = isWhole ? 0 : Digits.run(text, whole + 1);
        return whole >= 1
                && whole <= MOST_WHOLE_DIGITS
                && (isWhole
                        || (text.charAt(whole) == 'd'
                                && decimals >= 1
                                && decimals <= MOST_DECIMALS
                                && whole + 1 + decimals == text.length()));
    }

    private static BigDecimal canonical(BigDecimal strike) {
        BigDecimal stripped = strike.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
