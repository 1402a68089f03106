package io.dolim.capacity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import io.dolim.capacity.scenario.ScenarioSet;
import io.dolim.capacity.scenario.SetVersion;
import io.dolim.capacity.vector.VectorPricer;
import io.dolim.quoting.money.Usdc;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** How much of the pool's cash counts as capital. */
class HaircutTest {

    private static final double CASH = 10_000_000;
    private static final VectorPricer DEPEGS = over("standard-2");
    private static final ScenarioSet NO_PEGS = over("standard-1").scenarios();

    private static VectorPricer over(String set) {
        return Pool.PARAMETERS.pricer(SetVersion.parse(set), new TreeSet<>(Pool.SPECS.keySet()));
    }

    @Test
    void usdcCountsByItsFloorOverBothSets() {
        assertEquals(0, NO_PEGS.cashVolAnnual());
        assertEquals(0.005, Pool.PARAMETERS.usdcHaircut().of(NO_PEGS));
        ScenarioSet depegs = DEPEGS.scenarios();
        // 0.12 lost, once in ten years of the families over the horizon
        assertEquals(0.12 * Math.sqrt(0.1 / 0.995), depegs.cashVolAnnual(), 1e-12);
        assertEquals(0.005, Pool.PARAMETERS.usdcHaircut().of(depegs));
    }

    @Test
    void theVolatilityOfItsPegsTakesOffMoreThanTheFloor() {
        Haircut fourDays = with("haircuts.USDC.days = 4").usdcHaircut();
        double expected = 2 * 0.12 * Math.sqrt(0.1 / 0.995) * Math.sqrt(4 / 365.0);
        assertTrue(expected > 0.005, "expected=" + expected);
        assertEquals(expected, fourDays.of(DEPEGS.scenarios()), 1e-15);
        assertEquals(0.005, fourDays.of(NO_PEGS), "no peg in this set");
        assertEquals(
                0.99,
                with("haircuts.USDC { implied-vol-annual = 5, deviations = 10 }")
                        .usdcHaircut()
                        .of(DEPEGS.scenarios()));
    }

    @Test
    void theGreaterOfHistoryAndImpliedIsTakenOffCapitalAndReplaysToTheBit() {
        CapacityParameters parameters = with("haircuts.USDC.implied-vol-annual = 0.5");
        double expected = 2 * 0.5 * Math.sqrt(1 / 365.0);
        assertEquals(expected, parameters.usdcHaircut().of(DEPEGS.scenarios()), 1e-15);
        Pool pool = new Pool();
        pool.desk = new Desk(parameters, Pool.SPECS, Pool.PRICER, Pool.START_MS);
        pool.openView();

        CapacityView view = pool.view();

        assertEquals((1 - expected) * CASH, view.inputs().capital(), 1e-6);
        assertEquals((1 - expected) * CASH, view.measures().capital(), 1e-6);
        assertEquals(expected, view.measures().cashHaircut(), 1e-15);
        CapacityView again =
                new RecordedPool(parameters, Pool.SPECS, parameters.limits())
                        .view(
                                Pool.PRICER,
                                new RecordedPool.Frozen(
                                        view.inputs(), view.markets(), view.strain()),
                                new RecordedPool.Held(
                                        new TreeMap<>(
                                                java.util.Map.of(
                                                        Pool.BTC, Pool.PRICER.none(),
                                                        Pool.ETH, Pool.PRICER.none())),
                                        Usdc.ofWhole((long) CASH),
                                        view.bookSequences(),
                                        Usdc.ZERO),
                                Mode.OPEN);
        assertEquals(view.measures(), again.measures());
    }

    @Test
    void aShareThatIsWrittenDownOutrightStaysWhatItWas() {
        Haircut earlier = with("usdc-haircut = 0.001").usdcHaircut();
        assertEquals(0.001, earlier.of(Pool.PRICER.scenarios()));
        assertEquals(0.001, earlier.of(DEPEGS.scenarios()));
    }

    private static CapacityParameters with(String line) {
        return CapacityParameters.of(
                ConfigFactory.parseString(line)
                        .withFallback(ConfigFactory.load().getConfig("dolim.capacity")));
    }
}
