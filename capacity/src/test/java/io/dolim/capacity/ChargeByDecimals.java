package io.dolim.capacity;

import io.dolim.capacity.vector.BookVectors;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** A charge of the reference setting by {@link DecimalPotential}. */
final class ChargeByDecimals {

    private static final Map<String, BigDecimal> BEFORE = new TreeMap<>();

    private ChargeByDecimals() {}

    static double of(int g, String book, String instrument, long lots) {
        BookVectors before = BookVectors.none(Samples.SCENARIOS);
        for (String position : book.isEmpty() ? new String[0] : book.split(" \\+ ", -1)) {
            String[] parts = position.split(" x ", -1);
            before = before.plus(Samples.instrument(parts[1]), Long.parseLong(parts[0]));
        }
        BookVectors after = before.plus(Samples.instrument(instrument), -lots);
        BookVectors held = before;
        BigDecimal phiBefore = BEFORE.computeIfAbsent(g + book, key -> phi(g, held));
        return phi(g, after).subtract(phiBefore).doubleValue();
    }

    private static BigDecimal phi(int g, BookVectors inventory) {
        return new DecimalPotential(
                        Samples.SCENARIOS,
                        Samples.CAPITAL,
                        new double[Samples.SCENARIOS.size()],
                        g,
                        "0.25")
                .phi(PotentialTest.hedged(inventory), PotentialTest.gridHedged(inventory));
    }
}
