package io.dolim.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.dolim.quoting.instrument.OptionContract;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NeutralStepsTest {

    private static final OptionContract CALL = OptionContract.parse("BTC_USDC-27FEB26-70000-C");
    private static final OptionContract PUT = OptionContract.parse("BTC_USDC-27FEB26-70000-P");
    private static final OptionContract DEEP_PUT = OptionContract.parse("BTC_USDC-27FEB26-90000-P");

    private static final Map<OptionContract, Double> DELTAS =
            Map.of(CALL, 0.5, PUT, -0.5, DEEP_PUT, -0.75);

    @Test
    void callsAndPutsAreMixedSoThatThePoolIsLeftWithoutDelta() {
        NeutralSteps steps = steps(Map.of(), 2);
        steps.buy(10, CALL, PUT);

        // 7 calls take 3.5 coins from the pool, 3 puts give it 1.5
        assertEquals(Map.of(CALL, 7L, PUT, 3L), steps.legs());
        assertEquals(0, steps.poolDelta());
    }

    @Test
    void aDeltaBeyondWhatIsBoughtIsMetByCallsAlone() {
        NeutralSteps steps = steps(Map.of(), 100);
        steps.buy(10, CALL, PUT);

        assertEquals(Map.of(CALL, 10L), steps.legs());
        assertEquals(95, steps.poolDelta());
    }

    @Test
    void whatIsSoldLeavesNoDeltaEitherAndIsHeld() {
        NeutralSteps steps = steps(Map.of(CALL, 8L, PUT, 8L), 0);
        steps.sell(8);
        assertEquals(Map.of(CALL, -4L, PUT, -4L), steps.legs());
        assertEquals(0, steps.poolDelta());

        NeutralSteps all = steps(Map.of(CALL, 3L), 0);
        all.sell(8);
        assertEquals(Map.of(CALL, -3L), all.legs());
    }

    @Test
    void putsThatWeighTooMuchAreTurnedIntoCalls() {
        NeutralSteps steps = steps(Map.of(CALL, 1L, DEEP_PUT, 8L), 5.0);
        steps.turn(0.5, CALL, PUT);

        // each turned takes 1.25 coins from the pool
        assertEquals(Map.of(CALL, 4L, DEEP_PUT, -4L), steps.legs());
        assertEquals(0, steps.poolDelta());

        NeutralSteps within = steps(Map.of(CALL, 1L, DEEP_PUT, 8L), 2.5);
        within.turn(2.5, CALL, PUT);
        assertEquals(Map.of(), within.legs());
    }

    private static NeutralSteps steps(Map<OptionContract, Long> held, double poolDelta) {
        SortedMap<OptionContract, Long> sorted = new TreeMap<>(held);
        return new NeutralSteps(
                contract -> java.util.Objects.requireNonNull(DELTAS.get(contract)),
                sorted,
                poolDelta);
    }
}
