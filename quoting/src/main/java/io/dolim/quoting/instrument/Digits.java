package io.dolim.quoting.instrument;

/** Decimal digits of names, 0 to 9 and no others. Read by hand: names are parsed with every trade. */
final class Digits {

    private Digits() {}

    static boolean isDigit(char sign) {
        return sign >= '0' && sign <= '9';
    }

    /** How many digits stand in a text from a place on, before anything else. */
    static int run(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end - from;
    }
}
