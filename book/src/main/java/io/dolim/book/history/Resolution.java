package io.dolim.book.history;

import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a candle is: a second, or one of Deribit's resolutions; whole parts of the UTC day. */
public record Resolution(Duration length) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,3})([smD]?)");
    private static final Set<Integer> MINUTES = Set.of(1, 3, 5, 10, 15, 30, 60, 120, 180, 360, 720);

    /**
     * Reads {@code 1s}, a number of minutes as Deribit writes it ({@code 15}, or {@code 15m}), or {@code
     * 1D}.
     *
     * @throws IllegalArgumentException when it is none of those
     */
    public static Resolution parse(String text) {
        Matcher read = TEXT.matcher(text);
        if (read.matches()) {
            int number = Integer.parseInt(read.group(1));
            String unit = read.group(2);
            if (unit.equals("s") && number == 1) {
                return new Resolution(Duration.ofSeconds(1));
            }
            if (unit.equals("D") && number == 1) {
                return new Resolution(Duration.ofDays(1));
            }
            if ((unit.isEmpty() || unit.equals("m")) && MINUTES.contains(number)) {
                return new Resolution(Duration.ofMinutes(number));
            }
        }
        throw new IllegalArgumentException(
                "resolution="
                        + text
                        + " must be 1s, minutes of 1, 3, 5, 10, 15, 30, 60, 120, 180, 360, 720, or 1D");
    }

    /** The begin of the candle that a moment is in. */
    public long begin(long epochMs) {
        return epochMs - Math.floorMod(epochMs, length.toMillis());
    }
}
