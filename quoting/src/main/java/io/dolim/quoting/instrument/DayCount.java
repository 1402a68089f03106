package io.dolim.quoting.instrument;

/** The one day count of the engine: ACT/365F, a year is 365 days of 86,400 seconds. */
public final class DayCount {

    /** Milliseconds in a year of 365 days. */
    public static final double MILLIS_PER_YEAR = 365.0 * 86_400_000.0;

    /** Milliseconds in a day. */
    public static final long MILLIS_PER_DAY = 86_400_000L;

    private DayCount() {}

    /** Years from one instant to another; negative when the second is earlier. */
    public static double years(long fromMs, long toMs) {
        return (toMs - fromMs) / MILLIS_PER_YEAR;
    }
}
