package io.dolim.quoting.instrument;

import java.util.regex.Pattern;

/** The asset an option is written on, by its ticker in upper case, as in {@code BTC}. */
public record Underlying(String code) implements Comparable<Underlying> {

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]{1,9}");

    /** @throws IllegalArgumentException when the code is not 2 to 10 upper-case letters or digits */
    public Underlying {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException(
                    "underlying=" + code + " must be 2 to 10 upper-case letters or digits");
        }
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
