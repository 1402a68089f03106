package io.dolim.quoting.instrument;

/** The asset an option is written on, by its ticker in upper case, as in {@code BTC}. */
public record Underlying(String code) implements Comparable<Underlying> {

    private static final int LEAST_LETTERS = 2;
    private static final int MOST_LETTERS = 10;

    /** @throws IllegalArgumentException when the code is not 2 to 10 upper-case letters or digits */
    public Underlying {
        if (!isCode(code)) {
            throw new IllegalArgumentException(
                    "underlying=" + code + " must be 2 to 10 upper-case letters or digits");
        }
    }

    /** Whether an underlying may be called so: an upper-case letter, then such letters and digits. */
    static boolean isCode(String code) {
        for (int i = 0; i < code.length(); i++) {
            char sign = code.charAt(i);
            if (!(sign >= 'A' && sign <= 'Z') && (i == 0 || !Digits.isDigit(sign))) {
                return false;
            }
        }
        return code.length() >= LEAST_LETTERS && code.length() <= MOST_LETTERS;
    }

    /** The name of its USDC-margined perpetual, as in {@code BTC_USDC-PERPETUAL}. */
    public String perpetualName() {
        return code + "_USDC-PERPETUAL";
    }

    /** The name of its price index, as in {@code btc_usdc}. */
    public String indexName() {
        return code.toLowerCase(java.util.Locale.ROOT) + "_usdc";
    }

    @Override
    public int compareTo(Underlying other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }
}
