package io.dolim.quoting.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class UsdcTest {

    private static final Usdc CENT = Usdc.of(new BigDecimal("0.01"));

    @Test
    void whatIsDueIsRoundedAgainstTheTaker() {
        assertEquals(Usdc.of(new BigDecimal("1.01")), Usdc.dueFromTaker(1.001, CENT));
        assertEquals(Usdc.of(new BigDecimal("-1.00")), Usdc.dueFromTaker(-1.001, CENT));
        assertEquals(Usdc.of(new BigDecimal("0.50")), Usdc.dueFromTaker(0.5, CENT));
    }

    @Test
    void whatIsNoNumberNeverBecomesMoney() {
        assertThrows(IllegalArgumentException.class, () -> Usdc.dueFromTaker(Double.NaN, CENT));
        assertThrows(
                IllegalArgumentException.class,
                () -> Usdc.dueFromTaker(Double.POSITIVE_INFINITY, CENT));
        assertThrows(IllegalArgumentException.class, () -> Usdc.nearest(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Usdc.of(new BigDecimal("0.0000001")));
    }

    @Test
    void overflowThrows() {
        assertThrows(ArithmeticException.class, () -> new Usdc(Long.MAX_VALUE).plus(new Usdc(1)));
    }
}
