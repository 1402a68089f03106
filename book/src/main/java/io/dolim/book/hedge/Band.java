package io.dolim.book.hedge;

/**
 * Where the net delta may be, and where it is brought when it is outside.
 *
 * @param lowCoins least net delta that is left alone
 * @param highCoins most net delta that is left alone
 * @param fromBelowCoins where it is brought from below {@code lowCoins}
 * @param fromAboveCoins where it is brought from above {@code highCoins}
 * @param rule which rule made it, with its figures
 */
public record Band(
        double lowCoins,
        double highCoins,
        double fromBelowCoins,
        double fromAboveCoins,
        String rule) {

    /** @throws IllegalArgumentException when it is not in order */
    public Band {
        if (!(lowCoins <= fromBelowCoins
                && fromBelowCoins <= fromAboveCoins
                && fromAboveCoins <= highCoins)) {
            throw new IllegalArgumentException(
                    "band="
                            + lowCoins
                            + ", "
                            + fromBelowCoins
                            + ", "
                            + fromAboveCoins
                            + ", "
                            + highCoins
                            + " must rise");
        }
    }

    /** Nothing is traded, wherever the delta is. */
    static Band none(String rule) {
        return new Band(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 0, rule);
    }

    /** Whether a net delta is left alone. */
    public boolean contains(double netCoins) {
        return netCoins >= lowCoins && netCoins <= highCoins;
    }

    /** Coins to trade from a net delta; 0 inside. */
    public double tradeCoins(double netCoins) {
        if (netCoins < lowCoins) {
            return fromBelowCoins - netCoins;
        }
        return netCoins > highCoins ? fromAboveCoins - netCoins : 0;
    }

    /** Half of its width, coins. */
    public double halfWidthCoins() {
        return (highCoins - lowCoins) / 2;
    }
}
