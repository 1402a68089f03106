package io.dolim.quoting.instrument;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The day an option ends, always at 08:00 UTC.
 *
 * <p>Written as Deribit writes it, {@code 5FEB26}: no leading zero in the day.
 */
public record Expiry(LocalDate date) implements Comparable<Expiry> {

    private static final List<String> MONTHS =
            List.of(
                    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
                    "DEC");
    private static final int MOST_DAYS = 31;
    private static final int MONTH_LETTERS = 3;
    private static final int YEAR_DIGITS = 2;
    private static final LocalTime TIME_OF_DAY = LocalTime.of(8, 0);

    /** @throws IllegalArgumentException when the year is outside 2000 to 2099, which two digits hold */
    public Expiry {
        if (date.getYear() < 2000 || date.getYear() > 2099) {
            throw new IllegalArgumentException("expiry=" + date + " must lie in 2000 to 2099");
        }
    }

    /** @throws IllegalArgumentException when the text is not a day of the calendar as {@code 5FEB26} */
    public static Expiry parse(String code) {
        int digits = Digits.run(code, 0);
        int year = digits + MONTH_LETTERS;
        boolean reads =
                (digits == 1 || digits == 2)
                        && code.charAt(0) != '0'
                        && code.length() == year + YEAR_DIGITS
                        && Digits.run(code, year) == YEAR_DIGITS;
        int day = reads ? Integer.parseInt(code.substring(0, digits)) : 0;
        int month = reads ? MONTHS.indexOf(code.substring(digits, year)) : -1;
        if (month < 0 || day > MOST_DAYS) {
            throw new IllegalArgumentException("expiry=" + code + " must read like 5FEB26");
        }
        try {
            return new Expiry(
                    LocalDate.of(2000 + Integer.parseInt(code.substring(year)), month + 1, day));
        } catch (java.time.DateTimeException noSuchDay) {
            throw new IllegalArgumentException(
                    "expiry=" + code + " is not a day of the calendar", noSuchDay);
        }
    }

    /** The expiry of the day that contains this instant at 08:00 UTC of the same day. */
    public static Expiry ofEpochMs(long epochMs) {
        return new Expiry(LocalDate.ofEpochDay(Math.floorDiv(epochMs, 86_400_000L)));
    }

    /** The moment of expiry, 08:00 UTC, in milliseconds since 1970. */
    public long epochMs() {
        return date.toEpochSecond(TIME_OF_DAY, ZoneOffset.UTC) * 1000L;
    }

    /** Years from {@code nowMs} to expiry, ACT/365F; negative once expired. */
    public double yearsFrom(long nowMs) {
        return (epochMs() - nowMs) / DayCount.MILLIS_PER_YEAR;
    }

    @Override
    public int compareTo(Expiry other) {
        return date.compareTo(other.date);
    }

    @Override
    public String toString() {
        int year = date.getYear() % 100;
        return date.getDayOfMonth()
                + MONTHS.get(date.getMonthValue() - 1)
                + (year < 10 ? "0" : "")
                + year;
    }
}
