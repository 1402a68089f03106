package io.dolim.api.rpc.json;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * The one door through which text becomes a decimal. The text is matched by JSON's own grammar first, because
 * {@link BigDecimal} reads more than JSON does and takes seconds over an exponent of a billion.
 *
 * <pre>  -? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]{1,2})?     at most 40 characters</pre>
 */
public final class Decimals {

    /** The longest number that is read, in characters. */
    public static final int MAX_LENGTH = 40;

    private static final int MAX_EXPONENT_DIGITS = 2;

    private Decimals() {}

    /** The decimal, exactly as written, or nothing where the text is not one. */
    public static Optional<BigDecimal> parse(String text) {
        return matches(text) ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** The whole number, or nothing where the text is not one or does not fit 64 bits. */
    public static Optional<Long> parseWhole(String text) {
        boolean whole =
                matches(text)
                        && text.chars().allMatch(c -> c == '-' || isDigit(c))
                        && text.length() <= 20;
        try {
            return whole ? Optional.of(Long.parseLong(text)) : Optional.empty();
        } catch (NumberFormatException beyond64Bits) {
            return Optional.empty();
        }
    }

    static boolean matches(String text) {
        int length = text.length();
        if (length == 0 || length > MAX_LENGTH) {
            return false;
        }
        int at = text.charAt(0) == '-' ? 1 : 0;
        int integer = digits(text, at);
        if (integer == 0 || (integer > 1 && text.charAt(at) == '0')) {
            return false;
        }
        at += integer;
        if (at < length && text.charAt(at) == '.') {
            int fraction = digits(text, at + 1);
            if (fraction == 0) {
                return false;
            }
            at += 1 + fraction;
        }
        return at == length || exponent(text, at);
    }

    private static boolean exponent(String text, int from) {
        if (text.charAt(from) != 'e' && text.charAt(from) != 'E') {
            return false;
        }
        int at = from + 1;
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            at++;
        }
        int digits = digits(text, at);
        return digits >= 1 && digits <= MAX_EXPONENT_DIGITS && at + digits == text.length();
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at - from;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
