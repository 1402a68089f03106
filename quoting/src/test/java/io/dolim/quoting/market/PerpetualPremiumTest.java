package io.dolim.quoting.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PerpetualPremiumTest {

    private static final long MINUTE = 60_000L;
    private static final long START = 29_000_000L * MINUTE;

    /** Four minutes, two samples at least. */
    private static final PremiumRules SHORT = new PremiumRules(4, 2, 0.00025, 0.01);

    @Test
    void aMeanPremiumOfOneTenthPercentLessTheDeadBandIsPaidThreeTimesADay() {
        // premiums 0.2 % and 0: 0.1 % - 0.025 % = 0.075 % for eight hours, 82.125 % a year
        PerpetualPremium premium = premium(60_120, 60_000);
        assertEquals(0.82125, premium.fundingAnnual(at(1)).getAsDouble(), 1e-12);
    }

    @Test
    void whatIsPaidToLongsIsTheMirror() {
        // premiums -0.2 % and 0
        PerpetualPremium premium = premium(59_880, 60_000);
        assertEquals(-0.82125, premium.fundingAnnual(at(1)).getAsDouble(), 1e-12);
    }

    @Test
    void aMeanWithinTheDeadBandPaysNothing() {
        // 0.02 % twice, and then on the other side
        assertEquals(OptionalDouble.of(0.0), premium(60_012, 60_012).fundingAnnual(at(1)));
        assertEquals(OptionalDouble.of(0.0), premium(59_988, 59_988).fundingAnnual(at(1)));
    }

    @Test
    void tooFewSamplesExpectNothingAndOldOnesAreGone() {
        assertEquals(OptionalDouble.empty(), premium(60_120).fundingAnnual(at(0)));
        PerpetualPremium two = premium(60_120, 60_060);
        assertEquals(1.095 * (1.5 - 0.25), two.fundingAnnual(at(3)).getAsDouble(), 1e-12);
        assertEquals(OptionalDouble.empty(), two.fundingAnnual(at(4)), "one of them is too old");
        // 0.2 % has left the four minutes: 0.1, 0.1, 0, 0 are left
        PerpetualPremium five = premium(60_120, 60_060, 60_060, 60_000, 60_000);
        assertEquals(4, five.samples().size());
        assertEquals(1.095 * (0.5 - 0.25), five.fundingAnnual(at(4)).getAsDouble(), 1e-12);
    }

    @Test
    void theFirstTickOfAMinuteCountsAndOneOfBeforeOrFarFromTheIndexDoesNot() {
        PerpetualPremium first = premium(60_060, 60_060);
        assertEquals(first, first.with(at(1) + 59_999, 60_120, 60_000));
        assertEquals(first, first.with(at(0), 60_120, 60_000));
        assertEquals(first, first.with(at(2), 60_601, 60_000));
        assertEquals(first, first.with(at(2), Double.NaN, 60_000));
        assertEquals(3, first.with(at(2), 60_599, 60_000).samples().size());
    }

    @Test
    void rulesOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PremiumRules(4, 5, 0.0, 0.01));
        assertThrows(IllegalArgumentException.class, () -> new PremiumRules(4, 0, 0.0, 0.01));
        assertThrows(IllegalArgumentException.class, () -> new PremiumRules(4, 2, -1e-9, 0.01));
        assertThrows(IllegalArgumentException.class, () -> new PremiumRules(4, 2, 0.0, 0.0));
        assertThrows(IllegalArgumentException.class, () -> new PremiumRules(1441, 2, 0.0, 0.01));
    }

    /** One tick a minute over an index of 60,000. */
    private static PerpetualPremium premium(double... perpetualUsdc) {
        PerpetualPremium premium = PerpetualPremium.none(SHORT);
        for (int i = 0; i < perpetualUsdc.length; i++) {
            premium = premium.with(at(i), perpetualUsdc[i], 60_000);
        }
        return premium;
    }

    private static long at(int minute) {
        return START + minute * MINUTE;
    }
}
