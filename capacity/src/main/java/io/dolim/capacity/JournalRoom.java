package io.dolim.capacity;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much may still be written before the journal keeps what is left for settlement and halt. Known
 * before a trade is granted, so that none is attempted that could not be written.
 *
 * @param leftBytes what ordinary writes may still add; negative when they have taken more
 * @param riskBytes with less left, nothing that adds risk is granted
 * @param leastBytes with less left, nothing ordinary is written at all
 */
public record JournalRoom(long leftBytes, long riskBytes, long leastBytes) {

    /** The refusal's name. */
    public static final String RULE = "journal_full";

    /** Room without end. */
    public static final JournalRoom AMPLE = new JournalRoom(Long.MAX_VALUE, 0, 0);

    /** @throws IllegalArgumentException when trades that reduce risk would be refused before others */
    public JournalRoom {
        if (leastBytes < 0 || riskBytes < leastBytes) {
            throw new IllegalArgumentException(
                    "risk_bytes=" + riskBytes + " must be at least least_bytes=" + leastBytes);
        }
    }

    /** Whether there is room for what adds risk. */
    public boolean takesRisk() {
        return leftBytes >= riskBytes;
    }

    /** Whether there is room for anything that is not essential. */
    public boolean takesOrdinary() {
        return leftBytes >= leastBytes;
    }

    /** What an operator reads. */
    @Override
    public String toString() {
        return RULE + " left_bytes=" + leftBytes;
    }

    /** The figures behind a refusal. */
    public SortedMap<String, Double> numbers() {
        SortedMap<String, Double> numbers = new TreeMap<>();
        numbers.put("left_bytes", (double) leftBytes);
        numbers.put("risk_bytes", (double) riskBytes);
        numbers.put("least_bytes", (double) leastBytes);
        return numbers;
    }
}
